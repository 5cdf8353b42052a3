"""One inquiry for the patient's chart: a plain-text summary and a one-page PDF, each logged as an export."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import View

from clinic.accounts.names import display_name
from inquiries.choices import EventKind
from inquiries.desk.detail.view import with_corrections
from inquiries.models import AccessKind, Inquiry, InquiryEvent
from inquiries.privacy.logged_views import LoggedViewMixin

# Events of clinical interest. The rest of the timeline is the front desk's own work.
CHART_EVENT_KINDS = [
    EventKind.CALL,
    EventKind.NOTE,
    EventKind.NO_CALL,
    EventKind.REPLIED,
    EventKind.OPENED,
    EventKind.WROTE,
    EventKind.WITHDRAWN,
    EventKind.ASKED,
    EventKind.ADVISED,
    EventKind.CONSENT,
]


class ChartView(LoggedViewMixin, View):
    """Base view. Available to everyone who handles inquiries, since they can read and print them anyway."""

    http_method_names = ["get", "options"]
    any_permission_required = ["handle"]
    access = AccessKind.EXPORTED

    @cached_property
    def inquiry(self) -> Inquiry:
        return get_object_or_404(Inquiry, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.shown = [self.inquiry.pk]
        return self.render_file(self.get_heading(), list(facts(self.inquiry)), list(entries(self.inquiry)))

    def get_heading(self) -> str:
        return _("%(clinic)s: inquiry %(reference)s, copied for the chart by %(name)s, %(when)s") % {
            "clinic": self.clinic.name,
            "reference": self.inquiry.reference,
            "name": display_name(self.user),
            "when": format_datetime(timezone.now()),
        }

    def render_file(self, heading: str, facts: list[str], entries: list[str]) -> HttpResponse:
        raise NotImplementedError


class ChartText(ChartView):
    def render_file(self, heading: str, facts: list[str], entries: list[str]) -> HttpResponse:
        message = self.inquiry.get_message_display()
        text = "\n\n".join(["\n".join([heading, *facts]), message, *entries])
        return HttpResponse(text + "\n", content_type="text/plain; charset=utf-8")


class ChartPDF(ChartView):
    def render_file(self, heading: str, facts: list[str], entries: list[str]) -> HttpResponse:
        # Imported here because fpdf2 takes a sixth of a process's startup time, and 20 MB.
        from inquiries.desk.detail.chart_pdf import render_one_page

        reference, message = self.inquiry.reference, self.inquiry.get_message_display()
        pdf = render_one_page(reference, heading, "\n".join(facts), message, entries)
        name = f'attachment; filename="{reference}.pdf"'
        return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


def format_datetime(when: datetime) -> str:
    return date_format(timezone.localtime(when), "M j, Y, g:i A")


def facts(inquiry: Inquiry) -> Iterator[str]:
    voicemail = _("OK to leave voicemail") if inquiry.voicemail_ok else _("No voicemail")
    status = ": ".join(filter(None, [str(inquiry.get_status_display()), str(inquiry.outcome_text)]))
    values = {
        _("Name"): inquiry.name,
        _("Contact type"): inquiry.get_asker_display(),
        _("For the patient"): inquiry.get_patient_name_display(),
        _("Practice"): inquiry.get_practice_display(),
        _("NPI"): inquiry.npi,
        _("Phone"): f"{inquiry.phone_display} ({voicemail})" if inquiry.phone else "",
        _("Note with the number"): inquiry.get_phone_note_display(),
        _("Email"): inquiry.email,
        _("About"): inquiry.get_topic_display(),
        _("Also asked"): "; ".join(f"{question} {answer}" for question, answer in inquiry.details_shown),
        _("Office"): inquiry.location_name,
        _("Page read"): inquiry.page_title,
        _("Received"): format_datetime(inquiry.received_at),
        _("Urgent"): inquiry.urgent_because.replace("\n", "; ") if inquiry.urgent else "",
        _("Status"): status,
        _("Appointment"): inquiry.appointment_at and format_datetime(inquiry.appointment_at),
    }
    first = inquiry.original_contact
    values[_("Before it was corrected")] = "; ".join(value or "–" for value in first.values())
    return (f"{label}: {value}" for label, value in values.items() if value)


def entries(inquiry: Inquiry) -> Iterator[str]:
    """Yield the timeline, oldest first, without events entered in error."""
    for event in with_corrections(inquiry.events.all()):
        if event.kind in CHART_EVENT_KINDS and not event.correction:
            yield entry(event)


def entry(event: InquiryEvent) -> str:
    text = event.get_text_display()
    return f"{format_datetime(event.at)}: {event.describe()}" + (f"\n{text}" if text else "")
