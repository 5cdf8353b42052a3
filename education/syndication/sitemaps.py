from django.conf import settings
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap


class FixedAddresses(Sitemap):
    """Public addresses outside the page tree."""

    def items(self):
        return ["inquiries:contact"]

    def _urls(self, page, protocol, domain):
        # Wagtail's own version asks each item for the addresses of a page.
        return [
            {"item": name, "location": settings.BASE_URL + reverse(name), "alternates": []}
            for name in self.items()
        ]


SITEMAPS = {"pages": Sitemap, "fixed": FixedAddresses}
