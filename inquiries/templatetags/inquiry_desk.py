from datetime import datetime

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from inquiries.desk.actions import Action
from inquiries.models import Inquiry

register = template.Library()


@register.simple_tag
def action_url(action: Action, inquiry: Inquiry) -> str:
    return reverse(f"inquiry:{action.name}", args=[inquiry.pk])


@register.filter
def stamp(when: datetime) -> str:
    """Format a date and time for the front desk's pages."""
    when = timezone.localtime(when)
    this_year = when.year == timezone.localdate().year
    return date_format(when, "D, M j, g:i A" if this_year else "D, M j, Y, g:i A")
