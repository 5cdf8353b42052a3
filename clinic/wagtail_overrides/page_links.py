"""Answer 400 to a link whose page id is no number. Stored, it would be a 500 to whoever reads the page.

Written for: Wagtail 7.4. Replaced by: validation in Wagtail's rich text fields.
"""

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text.converters.contentstate import link_entity

from clinic.text.numbers import parse_number


def checked_link(props):
    """Wagtail's converter of what the editor sends."""
    if props.get("id") is not None and parse_number(str(props["id"])) is None:
        raise BadRequest("The page id of a link is no number.")
    return link_entity(props)


def register(features) -> None:
    """Receives `register_rich_text_features`, after Wagtail's own."""
    rule = features.converter_rules_by_converter["contentstate"]["link"]
    rule["to_database_format"]["entity_decorators"]["LINK"] = checked_link
