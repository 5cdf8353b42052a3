"""The form that patients send: its fields, its choices, and how it's drawn."""
