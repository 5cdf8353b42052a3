"""An inquiry: its fields, how it's received, found and triaged. What staff do is in `models.workflow`."""

from inquiries.models.inquiry.model import ANSWERS, Inquiry
