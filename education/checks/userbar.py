"""Our checks in Wagtail's checks panel.

axe looks for problems in the preview's page. Ours are found on the server, while that page is made: each
becomes an axe rule whose selector is where the problem stands. So no script of ours has to look for it.
"""

from functools import cached_property

from django.http import HttpRequest
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from education.checks.rules import CHECKS, Examination

NOWHERE = ":not(*)"
# One of axe's own functions, asked for an attribute that nothing has: it finds fault wherever it looks.
FOUND = {
    "id": "found-on-the-server",
    "evaluate": "attr-non-space-content-evaluate",
    "options": {"attribute": "data-no-fault"},
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
        *[ALT_TEXT, FOUND],
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
            # The editor's own page has no content: there the rules only have to exist.
            places = [] if self.in_editor or not self.examined else list(check.places(self.examined))
            rules.append(
                {
                    "id": name,
                    "impact": "moderate",
                    "selector": ", ".join(places) or NOWHERE,
                    "tags": ["best-practice"],
                    "any": [FOUND["id"]],
                    "enabled": True,
                }
            )
        return [*super().get_axe_custom_rules(request), *rules]

    def get_axe_messages(self, request: HttpRequest) -> dict:
        ours = {name: {"error_name": check.name, "help_text": check.fix} for name, check in CHECKS.items()}
        return {**super().get_axe_messages(request), **ours}


def add_checks(request: HttpRequest, items: list, page: Page | None) -> None:
    """Receives `construct_wagtail_userbar`: ours in the place of Wagtail's."""
    items[:] = [
        ContentChecks(page, item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]
