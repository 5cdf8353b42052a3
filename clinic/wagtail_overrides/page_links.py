"""A link in rich text whose page id is no number is a broken link, not a 500.

Written for: Wagtail 7.4. Replaced by: link handlers of Wagtail's own that take any stored id.
"""

from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from clinic.text.numbers import number_in


def with_number(attrs: dict) -> dict:
    """The attributes of a link, with 0 for an id that no row can have."""
    return {**attrs, "id": number_in(str(attrs.get("id", ""))) or 0}


class WithNumber:
    """For a link handler: an id that is no number leads nowhere."""

    @classmethod
    def get_many(cls, attrs_list):
        return super().get_many([with_number(attrs) for attrs in attrs_list])

    @classmethod
    def extract_references(cls, attrs):
        if with_number(attrs)["id"]:
            yield from super().extract_references(attrs)


class PageLinks(WithNumber, PageLinkHandler):
    pass


class DocumentLinks(WithNumber, DocumentLinkHandler):
    pass


class PageLinksInEditor(PageLinkElementHandler):
    def get_attribute_data(self, attrs):
        return super().get_attribute_data(with_number(attrs))


def register(features) -> None:
    """Receives `register_rich_text_features`, after Wagtail's own."""
    features.register_link_type(PageLinks)
    features.register_link_type(DocumentLinks)
    rule = features.converter_rules_by_converter["contentstate"]["link"]
    rule["from_database_format"]['a[linktype="page"]'] = PageLinksInEditor("LINK")
