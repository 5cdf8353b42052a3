from typing import Any

from django import template
from django.template import RequestContext

from clinic.accounts.names import display_name
from clinic.email import failed
from clinic.models import ClinicSettings

register = template.Library()
register.filter(display_name)
TOLD = ["inquiries.view_inquiry", "auth.change_user"]  # who waits for emails from this site


@register.inclusion_tag("wagtailadmin/late_emails.html", takes_context=True)
def late_emails(context: RequestContext) -> dict[str, Any]:
    """A banner for those who would otherwise wait for emails that don't come."""
    user = context["request"].user
    if not any(user.has_perm(permission) for permission in TOLD) or not (late := failed.late()):
        return {}
    return {"late": late, "time_zone": ClinicSettings.recent().time_zone}
