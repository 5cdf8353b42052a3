"""robots.txt and sitemaps."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {reverse('education:search')}?",
        "Disallow: /feedback/",
        "",
        f"Sitemap: {settings.BASE_URL}{reverse('education:sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class StaticViewSitemap(Sitemap):
    def items(self):
        return ["inquiries:contact"]

    def _urls(self, page, protocol, domain):
        # Wagtail's version expects pages.
        return [
            {"item": name, "location": settings.BASE_URL + reverse(name), "alternates": []}
            for name in self.items()
        ]


SITEMAPS = {"pages": Sitemap, "fixed": StaticViewSitemap}
