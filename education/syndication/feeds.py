import re
from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from clinic.models import ClinicSettings
from education.models import ArticlePage
from education.models.base import has_review

ARTICLES_IN_FEED = 20
# A single one of these would make the whole feed invalid.
INVALID_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xml_text(text):
    return INVALID_IN_XML.sub("", text)


class MultilingualAtomFeed(Atom1Feed):
    """Marks the language of entries that differ from the feed's."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]} if item["language"] else {}


class ArticleFeed(Feed):
    feed_type = MultilingualAtomFeed

    def get_object(self, request):
        return request

    def title(self, request):
        name = ClinicSettings.for_request(request).name
        return xml_text(_("%(clinic)s: articles") % {"clinic": name})

    def author_name(self, request):
        return xml_text(ClinicSettings.for_request(request).name)

    def link(self, request):
        return "/"

    def items(self, request):
        articles = list(ArticlePage.objects.published().annotate(is_reviewed=has_review())[:ARTICLES_IN_FEED])
        time_zone = ClinicSettings.for_request(request).hours.time_zone
        for article in articles:
            article.published_at = datetime.combine(article.published_on, time(), time_zone)
        return articles

    def item_title(self, article):
        return xml_text(article.title)

    def item_description(self, article):
        unreviewed = "" if article.is_reviewed else _("Not yet medically reviewed by this clinic.")
        return xml_text(f"{unreviewed} {article.summary}".strip())

    def item_link(self, article):
        return article.full_url

    def item_pubdate(self, article):
        return article.published_at

    def item_extra_kwargs(self, article):
        return {"language": article.language}

    def item_updateddate(self, article):
        return article.last_published_at
