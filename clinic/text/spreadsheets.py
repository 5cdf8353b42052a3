"""Cells of spreadsheet exports."""

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
BEGINS_FORMULA = set("=+-@\t\r\n＝＋－＠")


def plain_cell(text: str) -> str:
    """Return `text` with an apostrophe in front if it begins like a formula, as phone numbers do."""
    return f"'{text}" if text[:1] in BEGINS_FORMULA else text
