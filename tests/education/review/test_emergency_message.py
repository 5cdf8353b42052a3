"""The emergency message is drafted by editors and shown to patients once a reviewer approves it."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Site

from clinic.models import ClinicSettings
from education.models import SafetyNotice
from education.review.due import snippets_to_review
from education.review.models import PublicationRefused
from tests.education.review.editor_form import messages_in
from tests.support.publishing import publish_reviewed, submit

NEW = "Dial 911 at once."


@pytest.fixture
def notice(db):
    return SafetyNotice.objects.get()


def edit(client, notice, **fields):
    data = {name: getattr(notice, name) for name in SafetyNotice.CLINIC_FIELDS}
    return client.post(
        reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk]), {**data, **fields}
    )


def live_sentence():
    return ClinicSettings.current().emergency_sentence


def test_a_new_site_starts_with_the_approved_message(notice, editor, reviewer, article):
    notice.emergency_sentence = NEW
    publish_reviewed(notice, editor, reviewer)
    other = Site.objects.create(hostname="other.example", root_page=article.get_site().root_page)
    assert ClinicSettings.for_site(other).emergency_sentence == NEW


@pytest.mark.parametrize("who", ["editor", "manager", "reviewer", "superuser"])
def test_no_one_can_publish_the_message_without_a_review_and_the_draft_is_kept(notice, as_user, request, who):
    before, client = live_sentence(), as_user(request.getfixturevalue(who))
    new = {"emergency_sentence": NEW, "after_hours_phone": "(202) 555-0177"}
    response = edit(client, notice, **new, **{"action-publish": "1"})
    is_explained = "needs a clinical review before readers can see it" in messages_in(response)
    assert is_explained is (who in {"reviewer", "superuser"})  # others can't request publication
    notice.refresh_from_db()
    draft = notice.get_latest_revision_as_object()
    assert (draft.emergency_sentence, draft.after_hours_phone) == (NEW, "(202) 555-0177")
    assert live_sentence() == before
    assert ClinicSettings.current().after_hours_phone == ""
    assert NEW not in client.get("/contact/").content.decode()


def test_the_editor_shows_requested_changes_and_the_missing_review(as_user, notice, editor, reviewer):
    notice.emergency_sentence = NEW
    submit(notice, editor).reject(user=reviewer, comment="Name the number twice.")
    url = reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])
    html = as_user(editor).get(url).content.decode()
    assert "Dan Hashimoto asked for changes" in html
    assert "Name the number twice." in html
    assert "No clinician has reviewed this version yet." in html


def test_submitting_the_message_shows_the_next_step(notice, as_user, editor):
    response = edit(as_user(editor), notice, emergency_sentence=NEW, **{"action-submit": "1"})
    assert "Readers will see it once a reviewer approves it" in messages_in(response)


def test_code_cannot_publish_the_message_without_a_review(notice):
    notice.emergency_sentence = NEW
    with pytest.raises(PublicationRefused):
        notice.save_revision().publish()


def test_clinic_settings_dont_include_the_emergency_message(notice, as_user, editor):
    clinic = ClinicSettings.current()
    page = as_user(editor).get(
        reverse("wagtailsettings:edit", args=["clinic", "clinicsettings", clinic.site_id])
    )
    assert 'name="emergency_sentence"' not in page.content.decode()
    assert 'name="after_hours' not in page.content.decode()


def test_the_preview_shows_the_draft_as_patients_would_see_it(notice, as_user, editor, rf):
    notice.after_hours_phone, notice.emergency_sentence = "202-555-0177", NEW
    html = notice.make_preview_request(rf.get("/")).content.decode()
    assert "at once." in html
    assert "While we're closed, call" in html.replace("&#x27;", "'")


def test_a_message_without_a_number_to_call_is_refused():
    for fields in [{"emergency_sentence": "Go to a hospital."}, {"after_hours_phone": "the doctor"}]:
        with pytest.raises(ValidationError) as refusal:
            SafetyNotice(**fields).clean()
        assert list(refusal.value.message_dict) == list(fields)
    SafetyNotice(after_hours_phone="").clean()


def test_the_menu_opens_the_editor_of_the_only_message(notice, as_user, editor):
    response = as_user(editor).get(reverse("wagtailsnippets_education_safetynotice:list"))
    assert response["Location"] == reverse("wagtailsnippets_education_safetynotice:edit", args=[notice.pk])


def test_the_message_can_neither_be_deleted_nor_added_twice(notice, as_user, superuser):
    client, screens = as_user(superuser), "wagtailsnippets_education_safetynotice:"
    assert client.post(reverse(f"{screens}add")).status_code == 302
    assert client.post(reverse(f"{screens}delete", args=[notice.pk])).status_code == 302
    bulk = reverse("wagtail_bulk_action", args=["education", "safetynotice", "delete"])
    html = client.post(f"{bulk}?id={notice.pk}", follow=True).content.decode()
    assert "the record of what patients were told" in html
    assert SafetyNotice.objects.get() == notice
    with pytest.raises(ProtectedError):
        SafetyNotice.objects.all().delete()


def test_patients_see_the_approved_message_and_the_default_after_unpublishing(
    notice, as_user, editor, reviewer, client
):
    notice.emergency_sentence, notice.crisis_sentence = NEW, "In a crisis, call or text 988."
    notice.after_hours_phone = "202-555-0177"
    publish_reviewed(notice, editor, reviewer)
    html = client.get("/contact/").content.decode()
    assert "at once." in html
    assert '<a href="tel:988">988</a>' in html
    assert ClinicSettings.current().after_hours_phone_display == "(202) 555-0177"
    url = reverse("wagtailsnippets_education_safetynotice:unpublish", args=[notice.pk])
    staff = as_user(reviewer)
    html = staff.get(url).content.decode()
    assert "Patients will see only the built-in short emergency sentence" in html
    staff.post(url)
    assert live_sentence() == SafetyNotice().emergency_sentence
    assert notice in snippets_to_review()
    assert "In a crisis" not in client.get("/contact/").content.decode()
