"""The emergency message: drafted by editors, approved by reviewers, and only then seen by patients."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Site

from clinic.models import ClinicSettings
from education.models import SafetyNotice
from education.review.models import PublicationRefused
from education.review.work import snippets_to_review
from tests.education.review.editor_form import said
from tests.support.publishing import publish_reviewed, submit

NEW = "Dial 911 at once."


@pytest.fixture
def notice(db):
    return SafetyNotice.objects.get()


def edit(client, notice, **fields):
    words = {name: getattr(notice, name) for name in SafetyNotice.WORDS}
    return client.post(
        reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk]), {**words, **fields}
    )


def live_sentence():
    return ClinicSettings.current().emergency_sentence


def test_another_site_begins_with_the_reviewed_words(notice, editor, reviewer, article):
    notice.emergency_sentence = NEW
    publish_reviewed(notice, editor, reviewer)
    other = Site.objects.create(hostname="other.example", root_page=article.get_site().root_page)
    assert ClinicSettings.for_site(other).emergency_sentence == NEW


@pytest.mark.parametrize("who", ["editor", "manager", "reviewer", "superuser"])
def test_nobody_publishes_it_without_a_review_and_the_refusal_keeps_the_words(notice, as_user, request, who):
    before, client = live_sentence(), as_user(request.getfixturevalue(who))
    new = {"emergency_sentence": NEW, "after_hours_phone": "(202) 555-0177"}
    answer = edit(client, notice, **new, **{"action-publish": "1"})
    says_why = "needs a clinical review before readers can see it" in said(answer)
    assert says_why is (who in {"reviewer", "superuser"})  # the others' menu has no such button
    notice.refresh_from_db()
    draft = notice.get_latest_revision_as_object()
    assert (draft.emergency_sentence, draft.after_hours_phone) == (NEW, "(202) 555-0177")
    assert live_sentence() == before
    assert ClinicSettings.current().after_hours_phone == ""
    assert NEW not in client.get("/contact/").content.decode()


def test_the_screen_says_who_asked_for_what_and_that_nobody_has_reviewed_it(
    as_user, notice, editor, reviewer
):
    notice.emergency_sentence = NEW
    submit(notice, editor).reject(user=reviewer, comment="Name the number twice.")
    address = reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    html = as_user(editor).get(address).content.decode()
    assert "Dan Hashimoto asked for changes" in html
    assert "Name the number twice." in html
    assert "No clinician has reviewed this version yet." in html


def test_readers_see_the_approved_emergency_sentence(notice, editor, reviewer, client):
    notice.emergency_sentence, notice.crisis_sentence = NEW, "In a crisis, call or text 988."
    notice.after_hours_phone = "202-555-0177"
    publish_reviewed(notice, editor, reviewer)
    html = client.get("/contact/").content.decode()
    assert "at once." in html
    assert '<a href="tel:988">988</a>' in html
    assert ClinicSettings.current().after_hours_phone_display == "(202) 555-0177"


def test_a_submitted_message_says_what_happens_next(notice, as_user, editor):
    answer = edit(as_user(editor), notice, emergency_sentence=NEW, **{"action-submit": "1"})
    assert "Readers see the new words once a reviewer approves them" in said(answer)


def test_code_cannot_change_it_either(notice):
    notice.emergency_sentence = NEW
    with pytest.raises(PublicationRefused):
        notice.save_revision().publish()


def test_the_emergency_sentence_is_not_among_the_clinic_settings(notice, as_user, editor):
    clinic = ClinicSettings.current()
    page = as_user(editor).get(
        reverse("wagtailsettings:edit", args=["clinic", "clinicsettings", clinic.site_id])
    )
    assert 'name="emergency_sentence"' not in page.content.decode()
    assert 'name="after_hours' not in page.content.decode()


def test_the_preview_shows_the_draft_as_patients_would_read_it(notice, as_user, editor, rf):
    notice.after_hours_phone, notice.emergency_sentence = "202-555-0177", NEW
    html = notice.make_preview_request(rf.get("/")).content.decode()
    assert "at once." in html
    assert "While we're closed, call" in html.replace("&#x27;", "'")


def test_a_message_without_a_number_to_call_is_refused():
    for words in [{"emergency_sentence": "Go to a hospital."}, {"after_hours_phone": "the doctor"}]:
        with pytest.raises(ValidationError) as refusal:
            SafetyNotice(**words).clean()
        assert list(refusal.value.message_dict) == list(words)
    SafetyNotice(after_hours_phone="").clean()


def test_the_menu_leads_to_the_editor_of_the_one_message(notice, as_user, editor):
    answer = as_user(editor).get(reverse("wagtailsnippets_education_safetynotice:list"))
    assert answer["Location"] == reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    html = as_user(editor).get(answer["Location"]).content.decode()
    assert "Emergency message" in html
    assert "mergency words" not in html


def test_nobody_deletes_the_record_of_what_patients_were_told_or_adds_another(notice, as_user, superuser):
    client, screens = as_user(superuser), "wagtailsnippets_education_safetynotice:"
    assert client.post(reverse(f"{screens}add")).status_code == 302
    assert client.post(reverse(f"{screens}delete", args=[notice.pk])).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["education", "safetynotice", "delete"])
    html = client.post(f"{bulk}?id={notice.pk}", follow=True).content.decode()
    assert "the record of what patients were told" in html
    assert SafetyNotice.objects.get() == notice
    with pytest.raises(ProtectedError):
        SafetyNotice.objects.all().delete()


def test_once_it_is_unpublished_patients_read_what_the_software_comes_with(
    notice, as_user, editor, reviewer, client
):
    notice.emergency_sentence, notice.crisis_sentence = NEW, "In a crisis, call or text 988."
    publish_reviewed(notice, editor, reviewer)
    assert live_sentence() == NEW
    address = reverse("wagtailsnippets_education_safetynotice:unpublish", args=[notice.pk])
    staff = as_user(reviewer)
    assert "Patients will read the short emergency sentence" in staff.get(address).content.decode()
    staff.post(address)
    assert live_sentence() == SafetyNotice().emergency_sentence
    assert notice in snippets_to_review()
    assert "In a crisis" not in client.get("/contact/").content.decode()
