from inquiries.models.access import AccessEntry, AccessHead, AccessKind
from inquiries.models.bulk import BulkAction
from inquiries.models.canned import CannedText
from inquiries.models.event import InquiryEvent
from inquiries.models.handling import StaleInquiry
from inquiries.models.inquiry import ANSWERS, Inquiry
from inquiries.models.names import shown_name
from inquiries.models.presence import Presence
from inquiries.models.repeats import SAME_MESSAGE
from inquiries.models.retention import RetentionSettings
from inquiries.models.sending import Sending
from inquiries.models.warning import Advice, WarningPhrase

__all__ = [
    "ANSWERS",
    "SAME_MESSAGE",
    "AccessEntry",
    "AccessHead",
    "AccessKind",
    "Advice",
    "BulkAction",
    "CannedText",
    "Inquiry",
    "InquiryEvent",
    "Presence",
    "RetentionSettings",
    "Sending",
    "StaleInquiry",
    "WarningPhrase",
    "shown_name",
]
