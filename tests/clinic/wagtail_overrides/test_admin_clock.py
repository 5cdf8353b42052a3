"""The admin uses the clinic's time zone for everyone, and American dates and times."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.utils import translation
from wagtail.users.models import UserProfile

from clinic.models import ClinicSettings
from tests.education.review.editor_form import post


def test_scheduled_times_are_in_the_clinics_time_zone(as_user, reviewer, article):
    post(as_user(reviewer), article, "A", go_live_at="2036-01-02 08:00")
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().go_live_at == datetime(2036, 1, 2, 13, tzinfo=UTC)


def test_the_editor_shows_times_in_the_clinics_time_zone(as_user, editor, article):
    """Even to a user who once chose another time zone."""
    UserProfile.objects.create(user=editor, current_time_zone="Asia/Tokyo")
    clinic = ClinicSettings.current()
    clinic.time_zone = "America/Denver"
    clinic.save()
    article.go_live_at = datetime(2036, 11, 26, 14, 26, tzinfo=UTC)
    article.save_revision()
    client = as_user(editor)
    html = client.get(f"/admin/pages/{article.pk}/edit/").text
    assert 'name="go_live_at" value="11/26/2036 07:26 AM"' in html
    assert "the clinic’s time zone, America/Denver." in html
    assert "time zone" not in client.get("/admin/account/").text.lower()


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_dates_and_times_are_read_the_american_way_in_every_language(language):
    with translation.override(language):
        for text in ["5:00 PM", "05:00pm", "5 pm", "5PM", "17:00"]:
            assert forms.TimeField().clean(text) == time(17), text
        for text in ["11/03/2026 5:00 PM", "11/03/2026 5pm", "2026-11-03 17:00"]:
            assert forms.DateTimeField().clean(text).replace(tzinfo=None) == datetime(2026, 11, 3, 17), text
        assert forms.DateField().clean("11/03/2026") == date(2026, 11, 3)
