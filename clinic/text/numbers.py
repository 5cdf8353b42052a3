def number_in(text):
    """A whole number, not negative, that PostgreSQL's bigint can hold; None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
