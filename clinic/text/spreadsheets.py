from typing import Any

# Characters that start a formula in spreadsheets (OWASP, "CSV Injection").
FORMULA_STARTS = set("=+-@\t\r\n＝＋－＠")


def escape_cell(text: str) -> str:
    """Prefix text that spreadsheets would read as a formula, such as +1202…, with an apostrophe."""
    return f"'{text}" if text[:1] in FORMULA_STARTS else text


class EscapeCellsMixin:
    """Escapes formulas in the downloads of a Wagtail report."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return escape_cell(value) if isinstance(value, str) else value
