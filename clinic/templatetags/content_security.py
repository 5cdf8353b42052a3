"""A builtin of all templates: see clinic.content_security.NonceLoader."""

from django import template

from clinic.content_security import script_tag

register = template.Library()
register.simple_tag(script_tag)
