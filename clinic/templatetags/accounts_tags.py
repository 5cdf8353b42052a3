from django import template
from django.conf import settings

from clinic.accounts.names import shown_name

register = template.Library()

register.filter(shown_name)


@register.simple_tag
def demo():
    """Whether this is `make run` on somebody's own machine, where a password alone is enough."""
    return settings.DEMO
