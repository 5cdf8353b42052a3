from typing import Any

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection").
BEGINS_FORMULA = set("=+-@\t\r\n＝＋－＠")


def plain_cell(text: str) -> str:
    """Return `text` with an apostrophe in front if it begins like a formula, as phone numbers do."""
    return f"'{text}" if text[:1] in BEGINS_FORMULA else text


class PlainCells:
    """For a report of Wagtail: no cell of a download begins like a formula. The screen shows it as it is."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return plain_cell(value) if isinstance(value, str) else value
