"""The front desk's actions on an inquiry, each a declaration.

The page of an inquiry and the bulk actions of the queue are made from these tables. A new action is a method
of the model, a declaration here, and its test.
"""

from inquiries.desk.actions.action import Action, Many
from inquiries.desk.actions.conversation import CONVERSATION
from inquiries.desk.actions.labels import LABELS
from inquiries.desk.actions.status import STATUS
from inquiries.models import BulkAction

ALL = [*STATUS, *CONVERSATION, *LABELS]
ACTIONS = {action.name: action for action in ALL}


def done_text(bulk: BulkAction) -> str:
    """Return what a bulk action did, as in "20 inquiries closed"."""
    action = ACTIONS.get(bulk.name)  # none where a version before this one did it
    return action.many.done % {"number": bulk.changed} if action and action.many else bulk.name
