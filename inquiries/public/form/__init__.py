"""The patients' inquiry form: its fields, choices and layout."""
