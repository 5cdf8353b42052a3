"""The front desk's screens in the Wagtail admin. The rules are the models'; these only show and ask."""
