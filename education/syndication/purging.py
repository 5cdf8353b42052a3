"""Purge other pages that change with a page from shared caches; Wagtail purges the page itself.

Articles aren't purged when the list of newest articles at their end changes: they expire within a minute.
"""

from django.conf import settings
from django.urls import reverse
from wagtail.contrib.frontend_cache.utils import PurgeBatch, purge_pages_from_cache

from clinic.structured_data import HOME_DEPTH
from education.models import LocationPage, TopicPage


def purge_linking_pages(instance, **kwargs):
    """Purge pages that link to the page, on `page_published`, `page_unpublished` and `post_page_move`."""
    batch = PurgeBatch(settings.BASE_URL + reverse(f"education:{name}") for name in ("feed", "sitemap"))
    batch.add_pages(instance.get_ancestors().filter(depth__gte=HOME_DEPTH))
    batch.add_pages(TopicPage.objects.live().filter(topic_articles__article=instance.pk))
    if instance.show_in_menus or instance.specific_class is LocationPage:
        batch.add_url(f"{settings.BASE_URL}/*")  # linked in the header or footer of every page
    batch.purge()


def purge_moved_pages(instance, instance_before=None, url_path_before=None, **kwargs):
    """Purge old and new URLs of a page and its descendants, on `page_slug_changed` and `post_page_move`."""
    url_path_before = url_path_before or instance_before.url_path
    batch = PurgeBatch()
    for page in instance.get_descendants(inclusive=True):
        batch.add_page(page)
        page.url_path = url_path_before + page.url_path.removeprefix(instance.url_path)
        batch.add_page(page)
    batch.purge()


def purge_old_parent(parent_page_before, **kwargs):
    """Purge the previous parent, on `post_page_move`."""
    purge_pages_from_cache([parent_page_before])


def purge_restricted(instance, **kwargs):
    """Purge pages whose PageViewRestriction was saved or deleted, so that no private page stays cached."""
    purge_pages_from_cache(instance.page.get_descendants(inclusive=True))
    purge_linking_pages(instance.page)
