"""Load the starter site into an empty database, once."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Site

from clinic.models import ClinicSettings
from education import starter
from education.models import HomePage

CHECKLIST = """
Finish setting up your clinic (sign in at {admin}):
1. Settings > Clinic: name, phone, address, hours, logo, color.
2. Pages: finish the drafts about your clinic and the privacy notices with your counsel, then publish them.
3. Add your people and your locations below the home page, and your topics below “What we help with”.
4. Have a clinical reviewer approve the first article.
5. Reports > Site checks: what is left before you go live."""


class Command(BaseCommand):
    help = "Loads the starter site once: home, first article, pages about the clinic. Overwrites nothing."

    @transaction.atomic
    def handle(self, *, verbosity, **options):
        site = Site.objects.select_for_update().get(is_default_site=True)
        _set_address(site)
        if HomePage.objects.exists():
            self.stdout.write(f"The starter site was loaded before. It is at {site.root_url}.")
            return
        home = starter.add_home(site)
        starter.add_education(home)
        starter.add_standard_pages(home, ClinicSettings.for_site(site))
        if verbosity:
            self.stdout.write(f"The starter site is loaded: {home.full_url}")
            self.stdout.write(CHECKLIST.format(admin=f"{settings.BASE_URL}/admin/"))


def _set_address(site):
    """Set the site's host and port from BASE_URL, for links in emails, the sitemap and the feed."""
    url = urlsplit(settings.BASE_URL)
    port = url.port or (443 if url.scheme == "https" else 80)
    if (site.hostname, site.port) != (url.hostname, port):
        site.hostname, site.port = url.hostname, port
        site.save()
