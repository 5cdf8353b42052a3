"""The inquiry: fields, intake, queries and automatic triage. The work of staff is in `models.workflow`."""

from inquiries.models.inquiry.model import ANSWERS, Inquiry
