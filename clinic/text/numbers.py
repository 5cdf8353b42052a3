def parse_number(text):
    """Return a non-negative integer that fits PostgreSQL's bigint, or None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
