from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from wagtail.contrib.frontend_cache.utils import purge_url_from_cache


class Command(BaseCommand):
    help = "Makes the shared caches fetch every page again. Run it after they start, and after each upgrade."

    def handle(self, **options):
        if not settings.SHARED_CACHES:
            raise CommandError("SHARED_CACHES is not set: there is no cache to refresh.")
        purge_url_from_cache(f"{settings.BASE_URL}/*")
        self.stdout.write("Queued. The worker runs it next.")
