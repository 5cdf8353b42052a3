"""What the public pages say about the clinic: whether it is open, and the facts for search engines."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = template.Library()

# The drawings that an article may show beside its steps, each a template in includes/illustrations/.
DRAWINGS = ["fracture", "balloon", "restored", "filled"]


@register.simple_tag
def illustration(name):
    """One of our own drawings with its caption and its text alternative; nothing for a name not known."""
    if name not in DRAWINGS:
        return ""
    return mark_safe(render_to_string(f"includes/illustrations/{name}.html"))  # noqa: S308 (our own template)
