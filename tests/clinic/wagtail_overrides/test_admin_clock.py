"""Everyone in the admin reads and plans by the clinic's clock."""

import re
from datetime import UTC, datetime

import pytest
from wagtail.users.models import UserProfile

from clinic.models import ClinicSettings
from tests.education.review.editor_form import post

WHEN = datetime(2026, 11, 26, 14, 26, tzinfo=UTC)  # 9:26 in the morning in New York


@pytest.fixture
def edit(article):
    return f"/admin/pages/{article.pk}/edit/"


def test_the_editor_shows_the_clinics_time_and_names_its_zone(as_user, editor, article, edit):
    article.go_live_at = WHEN.replace(year=2036)
    article.save_revision()
    html = as_user(editor).get(edit).content.decode()
    assert re.search(r'name="go_live_at" value="2036-11-26 09:26"', html)
    assert "the clinic’s time zone, America/New_York." in html


def test_scheduled_times_are_in_the_clinics_time_zone(as_user, reviewer, article):
    post(as_user(reviewer), article, "A", go_live_at="2036-01-02 08:00")
    article.refresh_from_db()
    assert article.get_latest_revision_as_object().go_live_at == datetime(2036, 1, 2, 13, tzinfo=UTC)


def test_the_clock_follows_the_setting_for_everyone(as_user, editor, article, edit):
    """Also for who chose another one while that was possible."""
    UserProfile.objects.create(user=editor, current_time_zone="Asia/Tokyo")
    clinic = ClinicSettings.current()
    clinic.time_zone = "America/Denver"
    clinic.save()
    client = as_user(editor)
    assert "the clinic’s time zone, America/Denver." in client.get(edit).content.decode()
    assert "time zone" not in client.get("/admin/account/").content.decode().lower()
