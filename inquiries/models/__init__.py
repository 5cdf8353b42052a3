from inquiries.models.access_log import AccessEntry, AccessHead, AccessKind
from inquiries.models.daily_figure import DailyFigure, Measure
from inquiries.models.event import InquiryEvent
from inquiries.models.inquiry.model import ANSWERS, Inquiry
from inquiries.models.inquiry.sent_before import REPEAT_WINDOW
from inquiries.models.question import Question
from inquiries.models.rate_limit import Sending
from inquiries.models.reply import Reply
from inquiries.models.retention import RetentionSettings
from inquiries.models.staff.bulk_action import BulkAction
from inquiries.models.staff.canned_text import CannedText
from inquiries.models.staff.draft import Draft
from inquiries.models.staff.presence import Presence
from inquiries.models.staff.saved_view import SavedView
from inquiries.models.topic import Topic
from inquiries.models.urgency_settings import UrgencySettings
from inquiries.models.warning_phrase import WarningPhrase
from inquiries.models.workflow import StaleInquiry
