from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from wagtail.contrib.frontend_cache.utils import purge_url_from_cache


class Command(BaseCommand):
    help = "Has the shared caches fetch every page again: after their start, and after each new version."

    def handle(self, **options):
        if not settings.SHARED_CACHES:
            raise CommandError("SHARED_CACHES is not set: there is no cache to refresh.")
        purge_url_from_cache(f"{settings.BASE_URL}/*")
        self.stdout.write("The worker will see to it.")
