"""The front desk's screens in the Wagtail admin. Business rules are in the models."""
