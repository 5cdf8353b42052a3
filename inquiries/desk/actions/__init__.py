"""The front desk's actions on inquiries, declared in tables.

The inquiry page and the queue's bulk actions are built from these tables. To add an action, add a model
method, a declaration here, and a test.
"""

from inquiries.desk.actions.action import Action, BulkOptions
from inquiries.desk.actions.conversation import CONVERSATION
from inquiries.desk.actions.labels import LABELS
from inquiries.desk.actions.status import STATUS
from inquiries.models import BulkAction

ALL = [*STATUS, *CONVERSATION, *LABELS]
ACTIONS = {action.name: action for action in ALL}


def bulk_summary(bulk: BulkAction) -> str:
    """Return a summary such as "20 inquiries closed"."""
    action = ACTIONS.get(bulk.name)  # None if an older release recorded an action that no longer exists
    return action.bulk.summary % {"number": bulk.changed} if action and action.bulk else bulk.name
