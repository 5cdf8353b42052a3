"""Managers and reviewers change the emergency sentence: confirmed, kept in a history, told to both roles."""

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic.jobs import tell_of_emergency_sentence
from clinic.models import ClinicSettings

NEW = "Call 911 right now."
CHANGED = {"emergency_sentence": NEW, "confirmed": "on"}


@pytest.fixture
def change(as_user):
    return lambda user, data: as_user(user).post(reverse("emergency_sentence"), data, follow=True)


@pytest.mark.parametrize("who", ["manager", "reviewer", "superuser"])
def test_managers_and_reviewers_change_it(request, client, change, who):
    html = change(request.getfixturevalue(who), CHANGED).content.decode()
    assert f"became “{NEW}”" in html
    assert "right now." in client.get("/contact/").content.decode()


@pytest.mark.parametrize("who", ["editor", "front_desk"])
def test_nobody_else_does_on_either_screen(request, as_user, change, who):
    user = request.getfixturevalue(who)
    change(user, CHANGED)
    clinic = ClinicSettings.current()
    settings = reverse("wagtailsettings:edit", args=["clinic", "clinicsettings", clinic.site_id])
    html = as_user(user).get(settings, follow=True).content.decode()
    assert 'name="emergency_sentence"' not in html
    assert ClinicSettings.current().emergency_sentence != NEW


def test_without_the_confirmation_nothing_changes(change, manager):
    html = change(manager, {"emergency_sentence": NEW}).content.decode()
    assert "Read the sentence once more" in html
    assert NEW in html
    assert ClinicSettings.current().emergency_sentence != NEW


def test_both_roles_are_told(change, manager, reviewer, mailoutbox):
    change(manager, CHANGED)
    [job] = ProcrastinateJob.objects.filter(task_name=tell_of_emergency_sentence.name)
    tell_of_emergency_sentence(**job.args)
    [message] = mailoutbox
    assert message.to == [reviewer.email, manager.email]
    assert f"Now: {NEW}" in message.body
    assert "Elif Demir changed" in message.body


def test_the_same_sentence_again_is_no_change(change, manager):
    change(manager, {**CHANGED, "emergency_sentence": ClinicSettings.current().emergency_sentence})
    assert not ProcrastinateJob.objects.exists()
