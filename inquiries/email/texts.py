"""Texts about inquiries. They contain the clinic's name, the reference and a link, or a code."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from clinic.email import texts
from clinic.models import ClinicSettings
from clinic.text import phones
from inquiries.email.emails import staff_link
from inquiries.lookup import reading_codes
from inquiries.models import Inquiry, Reply


def send_answer_ready(reply: Reply) -> None:
    """Text the patient a link to the reply. Never twice, even if the provider's response gets lost."""
    if not reply.mark_handed_over() and texts.was_accepted(reply.inquiry.phone, reply.link):
        return
    facts = {"clinic": clinic_name(), "reference": reply.inquiry.reference, "link": reply.link}
    text = _("%(clinic)s: we've answered your message %(reference)s. %(link)s") % facts
    report_to = settings.BASE_URL + reverse("inquiries:text-events", args=[reply.uuid])
    texts.send(reply.inquiry.phone, text, report_to=report_to)


def send_code(reply: Reply) -> None:
    """Text the patient a code that opens the reply. It's created here, so that no job contains it."""
    facts = {"clinic": clinic_name(), "code": reading_codes.formatted(reply.new_texted_code())}
    text = _("%(clinic)s: your code is %(code)s. It works for 10 minutes. Don't share it.") % facts
    texts.send(reply.inquiry.phone, text)


def send_escalation(inquiry: Inquiry) -> None:
    """Text the on-call phone that no one has opened this inquiry."""
    phone = phones.parse(ClinicSettings.current().on_call_phone)
    texts.send(phone.e164, escalation_text(inquiry))


def call_on_call_webhook(inquiry: Inquiry) -> None:
    facts = {"reference": inquiry.reference, "urgent": inquiry.urgent, "link": staff_link(inquiry)}
    texts.call_webhook(settings.ON_CALL_WEBHOOK, {"text": escalation_text(inquiry), **facts})


def escalation_text(inquiry: Inquiry) -> str:
    facts = {"clinic": clinic_name(), "reference": inquiry.reference, "link": staff_link(inquiry)}
    if inquiry.urgent:
        return _("%(clinic)s: URGENT inquiry %(reference)s, not opened yet. %(link)s") % facts
    return _("%(clinic)s: inquiry %(reference)s, not opened yet. %(link)s") % facts


def clinic_name() -> str:
    return ClinicSettings.current().name
