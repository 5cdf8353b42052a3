"""What an approval publishes (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail imports this while its own models are being made: nothing here may import them.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def publish_approved(workflow_state, user):
    """Publish what was submitted, with what the approver wrote into it; PermissionDenied where others did."""
    newest = workflow_state.content_object.get_latest_revision()
    task_state = workflow_state.current_task_state
    if newest != task_state.revision:
        if newest.user != user:
            raise PermissionDenied(
                _("Somebody has changed the words since they were submitted. Read them here, then approve.")
            )
        task_state.revision = newest
        task_state.save(update_fields=["revision"])
    newest.publish(user=user)
