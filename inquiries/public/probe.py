"""The site check that sends a test inquiry through the real form, from the network to the front desk's queue.

It posts freshly signed answers to the site at BASE_URL. The contact view submits the form with them, stores
the inquiry, verifies that the queue and the emails have it, and rolls everything back, so it's never visible,
emailed or counted. A site that can't verify the signature (another one, or an older version) gets an empty
form, which it doesn't store.
"""

from datetime import timedelta
from http.client import HTTPResponse
from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _, gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.operations.checks import Problem, check
from clinic.operations.checks.network import connect
from inquiries.models import Inquiry
from inquiries.models.rate_limit import Origin
from inquiries.public.form.inquiry_form import InquiryForm

FIELD = "probe"
ARRIVED_HEADER = "X-Probe-Arrived"
signer = TimestampSigner(salt="inquiries.public.probe")


class NotInQueue(Exception):
    """The test inquiry was stored, but the front desk wouldn't have been notified of it."""


def test_answers(request: HttpRequest) -> QueryDict | None:
    """Return the test inquiry's answers, or None if the request is a patient's."""
    if FIELD not in request.POST:
        return None
    try:
        return QueryDict(signer.unsign(request.POST[FIELD], max_age=timedelta(seconds=30)))
    except BadSignature:
        return None


def store_and_roll_back(form: InquiryForm, origin: Origin) -> Inquiry:
    """Store the inquiry like a patient's, verify it, and roll back; raise NotInQueue if it's missing."""
    with transaction.atomic():
        inquiry = form.save(origin=origin)
        in_queue = Inquiry.objects.to_do().filter(pk=inquiry.pk, probably_spam=False).first()
        notices = ProcrastinateJob.objects.filter(
            queue_name="mail", args__inquiry_id=inquiry.pk, args__letter="front_desk_notice"
        )
        if not in_queue or in_queue.message != form.cleaned_data["message"] or not notices.exists():
            raise NotInQueue
        transaction.set_rollback(True)
    return inquiry


def signed_answers() -> str:
    answers = {
        "name": "Site check",
        "phone": "(202) 555-0100",
        "message": f"This is a test of the website's form ({get_random_string(12)}). No answer is needed.",
    }
    return signer.sign(urlencode(answers))


def _send() -> HTTPResponse:
    connection = connect()
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request(
            "POST", reverse("inquiries:contact"), urlencode({FIELD: signed_answers()}), headers
        )
        response = connection.getresponse()
        response.read()
        return response
    finally:
        connection.close()


@check(gettext_lazy("Inquiries arrive"))
def test_inquiry() -> None:
    response = _send()
    if response.status != 302:
        raise Problem(
            _("A test inquiry through the website's form got a %(status)d: patients' inquiries may be lost.")
            % {"status": response.status},
            _("Send one yourself, and check the web server's log (`clinicctl status` names it)."),
        )
    if not response.headers.get(ARRIVED_HEADER):
        raise Problem(
            _("The test inquiry was answered by another site, or by an older version of this one."),
            _("Restart the web server, so it runs the same version and settings as this command."),
        )
