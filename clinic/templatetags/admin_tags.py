from typing import Any

from django import template
from django.template import RequestContext

from clinic.accounts.names import display_name
from clinic.email import failed
from clinic.models import ClinicSettings

register = template.Library()
register.filter(display_name)
PERMISSIONS = ["inquiries.view_inquiry", "auth.change_user"]  # of staff who receive emails from the site


@register.inclusion_tag("wagtailadmin/late_emails.html", takes_context=True)
def late_emails(context: RequestContext) -> dict[str, Any]:
    """Show a banner about late emails to staff who receive them."""
    user = context["request"].user
    if not any(user.has_perm(permission) for permission in PERMISSIONS) or not (late := failed.late()):
        return {}
    return {"late": late, "time_zone": ClinicSettings.recent().time_zone}
