"""What the public pages say about the clinic: whether it is open, and the facts for search engines."""

from django import template

register = template.Library()
