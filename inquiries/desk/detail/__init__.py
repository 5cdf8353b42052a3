"""The inquiry page: details, composer, actions, and copies for the patient's chart."""
