"""Print docs/settings.md: `python -m clinic.environment > docs/settings.md`."""

from clinic.environment.page import as_page

print(as_page(), end="")
