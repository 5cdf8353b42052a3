from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def demo():
    """Whether this is `make run` on somebody's own machine, where a password alone is enough."""
    return settings.DEMO
