"""The content checks in Wagtail's checks panel.

The panel runs axe in the preview. The content checks run on the server when the preview is rendered; each
is passed on as an axe rule that always fails, with a selector that matches the problems found.
"""

from functools import cached_property

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from education.checks.rules import CHECKS, Examination

MATCHES_NOTHING = ":not(*)"
# A built-in axe evaluation that requires an attribute that no element has.
ALWAYS_FAILS = {
    "id": "found-on-the-server",
    "evaluate": "attr-non-space-content-evaluate",
    "options": {"attribute": "data-no-problem"},
}
ALT_TEXT = {
    "id": "check-image-alt-text",
    "options": {
        "pattern": r"\.(avif|gif|jpe?g|png|svg|webp)$|_|^\s*(an? |the )?(image|picture|photo|graphic)( of|$)"
    },
}


class ContentChecks(ContentCheckerItem):
    template_name = "education/checks/item.html"
    axe_exclude = [".ask"]
    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", *CHECKS]
    axe_custom_checks = [
        *(check for check in ContentCheckerItem.axe_custom_checks if check["id"] != ALT_TEXT["id"]),
        *[ALT_TEXT, ALWAYS_FAILS],
    ]

    def __init__(self, page: Page | None, in_editor: bool = False):
        super().__init__(in_editor)
        self.page = page

    def get_context_data(self, parent_context):
        self.request = parent_context["request"]
        context = super().get_context_data(parent_context)
        return {**context, "examined": self.examined}

    @cached_property
    def examined(self) -> Examination | None:
        return Examination(self.page, self.request) if self.page else None

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict]:
        rules = []
        for name, check in CHECKS.items():
            # The editor itself only needs the rules to exist; the preview has the content.
            selectors = [] if self.in_editor or not self.examined else list(check.find(self.examined))
            rules.append(
                {
                    "id": name,
                    "impact": "moderate",
                    "selector": ", ".join(selectors) or MATCHES_NOTHING,
                    "tags": ["best-practice"],
                    "any": [ALWAYS_FAILS["id"]],
                    "enabled": True,
                }
            )
        return [*super().get_axe_custom_rules(request), *rules]

    def get_axe_messages(self, request: HttpRequest) -> dict:
        texts = {name: {"error_name": check.name, "help_text": check.fix} for name, check in CHECKS.items()}
        return {**super().get_axe_messages(request), **texts}


def add_checks(request: HttpRequest, items: list, page: Page | None) -> None:
    """Replace Wagtail's content checker (`construct_wagtail_userbar`)."""
    items[:] = [
        ContentChecks(page, item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
