"""Built into all templates, for clinic.wagtail_overrides.script_nonces.NonceLoader."""

from django import template

from clinic.security.csp import script_tag

register = template.Library()
register.simple_tag(script_tag)
