"""The site check that sends a test inquiry through the real form, from the network to the front desk's queue.

The site at BASE_URL gets answers that this very site signed a moment ago. Its view fills in the form with
them, stores the inquiry, looks for it in the queue and among the emails, and takes all of it back in the same
transaction: nobody can see it, no email leaves, nothing counts it. A site that can't check the signature (an
older version, another site) finds an empty form and stores nothing.
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
ARRIVED = "X-Probe-Arrived"
signer = TimestampSigner(salt="inquiries.public.probe")


class NotInQueue(Exception):
    """The test inquiry was stored, but the front desk would not have learned of it."""


def answers_in(request: HttpRequest) -> QueryDict | None:
    """The test inquiry's answers, or None: it's a patient's."""
    if FIELD not in request.POST:
        return None
    try:
        return QueryDict(signer.unsign(request.POST[FIELD], max_age=timedelta(seconds=30)))
    except BadSignature:
        return None


def store_and_take_back(form: InquiryForm, origin: Origin) -> Inquiry:
    """Store the inquiry as if a patient had sent it, look for it, and roll all of that back."""
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
        "message": f"The website tests its own form ({get_random_string(12)}). Nobody has to answer.",
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
    if not response.headers.get(ARRIVED):
        raise Problem(
            _("The test inquiry was answered by another site, or by an older version of this one."),
            _("Restart the web server, so it runs the same version and settings as this command."),
        )
