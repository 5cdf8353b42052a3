"""Forms for settings and lists detect conflicting changes."""

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic.accounts import roles
from clinic.models import NavigationSettings
from education.models import SearchSynonym, WordToAvoid
from education.review.models import ReviewSettings
from inquiries.models import CannedText, RetentionSettings, Topic, UrgencySettings, WarningPhrase


def link(label):
    value = {"page": "", "url": "https://example.org/", "label": label}
    return nested_form_data({"header": streamfield([("link", value)]), "footer": streamfield([])})


def opened_with(html):
    """Return the hidden field that identifies the version that the form was opened with."""
    return {"opened_with": BeautifulSoup(html, "html.parser").find(attrs={"name": "opened_with"})["value"]}


def labels():
    return [block.value["label"] for block in NavigationSettings.objects.get().header]


def test_a_conflicting_change_needs_a_second_submission(as_user, editor, manager, article):
    url = reverse("wagtailsettings:edit", args=["clinic", "navigationsettings", article.get_site().pk])
    mine, theirs = as_user(editor), as_user(manager)
    opened = opened_with(mine.get(url).content)
    assert theirs.post(url, {**link("Theirs"), **opened_with(theirs.get(url).content)}).status_code == 302
    rejected = mine.post(url, {**link("Mine"), **opened}).content
    assert "Someone else has changed this: Menu in the header" in rejected.decode()
    assert b"Mine" in rejected
    assert labels() == ["Theirs"]
    assert mine.post(url, {**link("Mine"), **opened_with(rejected)}).status_code == 302
    assert labels() == ["Mine"]


CHANGES = {
    Topic: {"label": "Changed"},
    CannedText: {"text": "Changed"},
    WarningPhrase: {"patterns": "leg numb"},
    WordToAvoid: {"instead": "changed"},
    SearchSynonym: {"searched": "changed"},
    RetentionSettings: {"spam_days": 99},
    UrgencySettings: {"uses_score": False},
    ReviewSettings: {"months_valid": 3},
}


def test_all_lists_and_settings_detect_conflicts(as_user, superuser):
    client = as_user(superuser)
    names = {Topic: "topics", CannedText: "saved-texts", WarningPhrase: "warning-phrases"}
    for model, changed in CHANGES.items():
        row = model.objects.first() or model.objects.create()
        meta = model._meta
        if hasattr(model, "load"):
            url = reverse("wagtailsettings:edit", args=[meta.app_label, meta.model_name, row.pk])
        else:
            url = reverse(f"{names.get(model, meta.model_name)}:edit", args=[row.pk])
        opened = opened_with(client.get(url).content)
        model.objects.filter(pk=row.pk).update(**changed)
        assert "Someone else has changed this" in client.post(url, opened).content.decode(), model


def test_a_stale_account_form_doesnt_restore_a_removed_role(as_user, manager, front_desk):
    url = reverse("wagtailusers_users:edit", args=[front_desk.pk])
    client = as_user(manager)
    fields = {"username": "amara", "email": front_desk.email, "first_name": "Amara", "last_name": "Okafor"}
    role = Group.objects.get(name=roles.FRONT_DESK).pk
    opened = {**fields, "is_active": "on", "groups": [role], **opened_with(client.get(url).content)}
    assert client.post(url, {**fields, **opened_with(client.get(url).content)}).status_code == 302
    assert "Someone else has changed this: Active and " in client.post(url, opened).content.decode()
    front_desk.refresh_from_db()
    assert (front_desk.is_active, front_desk.groups.exists()) == (False, False)
