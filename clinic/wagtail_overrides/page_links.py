"""Reject links whose page ID isn't a number: once stored, they'd make the page respond with a 500.

Written for: Wagtail 7.4. Replaced by: validation in Wagtail's rich text fields.
"""

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text.converters.contentstate import link_entity

from clinic.text.numbers import parse_number


def checked_link(props):
    """Validate a link, then convert it as Wagtail does."""
    if props.get("id") is not None and parse_number(str(props["id"])) is None:
        raise BadRequest("The page ID of a link isn't a number.")
    return link_entity(props)


def register(features) -> None:
    """Replace the converter; for the hook `register_rich_text_features`, after Wagtail's."""
    rule = features.converter_rules_by_converter["contentstate"]["link"]
    rule["to_database_format"]["entity_decorators"]["LINK"] = checked_link
