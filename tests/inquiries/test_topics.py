"""Topics: the form's choices, due times and assignees, all maintained by managers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from clinic.models import ClinicSettings
from inquiries.models import Inquiry, Topic
from inquiries.public.form.offer import current_offer
from tests.inquiries.desk.helpers import clinic_date, receive, seen

CONTACT = reverse("inquiries:contact")
URGENT = "My groin went numb and I can't pee since last night."
MONDAY = datetime(2026, 11, 30, 15, tzinfo=UTC)  # 10 AM in New York


@pytest.fixture
def billing():
    return Topic.objects.get(code="billing")


def change(topic, **values):
    Topic.objects.filter(pk=topic.pk).update(**values)
    topic.refresh_from_db()
    return topic


def topic_options(client):
    page = BeautifulSoup(client.get(CONTACT).content, "html.parser")
    return {option["value"]: option.text for option in page.select("[name=topic] option")}


def test_the_topic_list_shows_the_defaults_of_empty_fields(as_user, superuser, billing):
    change(billing, response_hours=4, daily_capacity=9, is_retired=True)
    page = BeautifulSoup(as_user(superuser).get(reverse("topics:index")).content, "html.parser")
    rows = page.select("table tbody tr")
    cells = {row.a.text.strip(): [cell.text.strip() for cell in row("td")[-4:]] for row in rows}
    assert cells["Insurance or a bill"] == ["4 opening hours", "9", "–", "Yes"]
    assert cells["A treatment"] == ["Clinic default", "No limit", "–", "No"]


def test_the_form_shows_changed_topics_immediately(client, billing):
    codes = list(topic_options(client))
    assert codes == ["article", "condition", "treatment", "appointment", "referral", "billing", "other"]
    change(billing, label="Bills")
    Topic.objects.create(label="Medical records", position=65)
    Topic.objects.filter(code="treatment").update(is_retired=True)
    options = topic_options(client)
    assert [*options] == [*codes[:2], *codes[3:6], "medical-records", "other"]
    assert (options["billing"], options["medical-records"]) == ("Bills", "Medical records")


def test_topic_codes_are_permanent_and_unique(billing):
    billing.label = "Bills"
    billing.save()
    assert billing.code == "billing"
    codes = [Topic.objects.create(label=label).code for label in ["Billing", "Été", "病歴"]]
    assert codes == ["billing-2", "ete", "topic"]


def test_a_form_rendered_before_a_topic_was_retired_is_accepted(client, answers, billing):
    change(billing, is_retired=True)
    assert client.post(CONTACT, answers | {"topic": "billing", "message": ""}).status_code == 200
    again = client.post(CONTACT, answers | {"topic": "billing", "name": ""}).content.decode()
    assert '<option value="billing" selected>' in again
    assert client.post(CONTACT, answers | {"topic": "billing"}).status_code == 302
    assert Inquiry.objects.get().get_topic_display() == "Insurance or a bill"


def test_a_topic_added_a_moment_ago_is_accepted(client, answers, within_a_second):
    client.post(CONTACT, answers | {"name": "First"})
    Topic.objects.create(label="Records")
    assert client.post(CONTACT, answers | {"topic": "records"}).status_code == 302


def test_a_retired_topic_is_never_the_default(client, answers):
    Topic.objects.filter(code="condition").update(is_retired=True)
    assert current_offer(None).first_topic("condition") == "article"
    client.post(CONTACT, {name: value for name, value in answers.items() if name != "topic"})
    assert Inquiry.objects.get().topic == "article"


def test_only_unused_topics_can_be_deleted(as_user, manager, billing):
    receive(topic="billing")
    for code in ["billing", "treatment"]:
        as_user(manager).post(reverse("topics:delete", args=[Topic.objects.get(code=code).pk]))
    assert not Topic.objects.filter(code="treatment").exists()
    with pytest.raises(ProtectedError, match="Hide it instead"):
        billing.delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM inquiries_topic WHERE code = 'billing'")
    assert Topic.objects.filter(code="billing").exists()


def test_the_last_topic_cant_be_deleted_or_retired(as_user, manager, billing):
    Topic.objects.exclude(pk=billing.pk).delete()
    with pytest.raises(ProtectedError):
        billing.delete()
    retired = {"label": "Bills", "position": 1, "is_retired": "on"}
    html = as_user(manager).post(reverse("topics:edit", args=[billing.pk]), retired).content.decode()
    assert "Patients need at least one topic" in html


def test_only_managers_can_edit_topics(as_user, manager, front_desk, editor, billing):
    edit = reverse("topics:edit", args=[billing.pk])
    data = {"label": "Bills", "position": 3, "response_hours": 2, "assignees": [front_desk.pk]}
    assert as_user(manager).post(edit, data).status_code == 302
    for user in [front_desk, editor]:
        assert as_user(user).get(edit).status_code == 302
        assert as_user(user).post(edit, data | {"label": "Mine"}).status_code in {302, 403}
    billing.refresh_from_db()
    assert (billing.label, billing.response_hours) == ("Bills", 2)
    assert list(billing.assignees.all()) == [front_desk]


def test_invalid_topics_are_refused(as_user, manager, billing):
    for values, error in [
        ({"away_from": date(2026, 12, 1)}, "Enter both days"),
        ({"away_from": date(2026, 12, 2), "away_until": date(2026, 12, 1)}, "isn't before the first"),
        ({"away_from": date(2026, 12, 2), "away_until": date(2028, 12, 1)}, "within half a year"),
        ({"daily_capacity": 0}, "greater than or equal to 1"),
    ]:
        with pytest.raises(ValidationError) as refused:
            Topic(label="Bills", code="bills", position=1, **values).full_clean()
        assert error in str(refused.value)
    url = reverse("topics:edit", args=[billing.pk])
    both = {"label": "Reviewed by a physician", "position": 1, "away_from": "2026-12-01"}
    html = as_user(manager).post(url, both).content.decode()
    assert "Take out" in html
    assert "Enter both days" in html


def local(moment):
    return moment.astimezone(ClinicSettings.current().hours.time_zone).strftime("%a %H:%M")


def test_due_times_follow_the_topics_hours_vacation_and_full_days(billing):
    assert local(billing.answer_by(MONDAY)) == "Tue 10:00"
    assert local(change(billing, response_hours=2).answer_by(MONDAY)) == "Mon 12:00"
    change(billing, response_hours=None, away_from=date(2026, 12, 1), away_until=date(2026, 12, 2))
    assert local(billing.answer_by(MONDAY)) == "Thu 10:00"
    assert local(billing.answer_by(MONDAY, {date(2026, 12, 3)})) == "Fri 10:00"
    assert local(billing.urgent_by(MONDAY)) == "Tue 10:00"


def test_a_full_day_moves_answers_to_the_next_day_and_the_patient_is_informed(client, answers, billing):
    change(billing, daily_capacity=1)
    first, second, third = (receive(topic="billing", message=f"Bill {n}") for n in range(3))
    assert first.due_at.date() < second.due_at.date() < third.due_at.date()
    html = client.post(CONTACT, answers | {"topic": "billing"}, follow=True).content.decode()
    assert "later than usual for this topic" in html
    assert "later than usual" not in client.post(CONTACT, answers, follow=True).content.decode()


def test_probable_spam_doesnt_use_up_the_daily_capacity(billing):
    change(billing, daily_capacity=1)
    for n in range(3):
        pitch = receive(topic="billing", message=f"SEO and backlinks, page {n}: https://rank.example")
        assert pitch.probably_spam
    genuine = receive(topic="billing")
    assert genuine.due_at == ClinicSettings.current().answer_by(genuine.received_at)


def test_vacation_and_capacity_never_delay_urgent_inquiries(billing, front_desk):
    today = clinic_date()
    change(billing, daily_capacity=1, away_from=today, away_until=today + timedelta(days=90))
    calm, urgent = receive(topic="billing"), receive(topic="billing", message=URGENT)
    added = receive(topic="billing", message="Number three")
    usual = ClinicSettings.current().answer_by
    assert calm.due_at > usual(calm.received_at)
    assert urgent.due_at == usual(urgent.received_at)
    calm.set_urgent(True, by=front_desk, seen=seen(calm))
    assert calm.due_at == usual(calm.received_at)
    added.patient_wrote(URGENT)
    assert added.due_at <= usual(timezone.now())
    assert not urgent.is_delayed()


def test_new_inquiries_go_to_the_assignee_with_the_fewest_open(billing, front_desk, colleague, editor):
    billing.assignees.set([front_desk, colleague, editor])
    receive().take(by=front_desk, seen=10**9)
    inquiries = [receive(topic="billing", message=f"Bill {n}") for n in range(3)]
    assert [inquiry.assignee for inquiry in inquiries] == [colleague, front_desk, colleague]
    assert {inquiry.status for inquiry in inquiries} == {"new"}
    assert inquiries[0].events.last().describe() == "Assigned automatically, by topic"
    assert Inquiry.objects.filter(topic="condition", assignee=None).count() == 0


def test_urgent_inquiries_spam_and_those_of_absent_assignees_stay_unassigned(billing, front_desk):
    billing.assignees.set([front_desk])
    assert receive(topic="billing", message=URGENT).assignee is None
    assert receive(topic="billing", trap=True).assignee is None
    later, marked = receive(topic="billing"), receive(topic="billing", message="Mine")
    assert later.assignee == marked.assignee == front_desk
    later.patient_wrote(URGENT)
    marked.set_urgent(True, by=front_desk, seen=seen(marked))
    assert (later.assignee, marked.assignee) == (None, None)
    change(billing, away_from=clinic_date(), away_until=clinic_date())
    assert receive(topic="billing", message="Another").assignee is None
