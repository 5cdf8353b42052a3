"""Task names are stable, so jobs queued by an earlier release run after an upgrade."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from tests.inquiries.desk.helpers import receive

APPS = {"clinic", "education", "inquiries"}
# Task names that the release of November 2026 used.
EARLIER_NAMES = {
    *["clinic.jobs.refresh", "clinic.jobs.refresh_everything", "clinic.jobs.remove_old_jobs"],
    *["clinic.jobs.sweep_stalled_jobs", "clinic.sign_in.jobs.send_account_letter"],
    *["education.jobs.make_pictures", "education.jobs.publish_scheduled"],
    *["inquiries.jobs.bring_back_waiting", "inquiries.jobs.erase_expired", "inquiries.jobs.forget_sendings"],
    *["inquiries.jobs.free_left_behind", "inquiries.jobs.note_access_head", "inquiries.jobs.send_letter"],
}


def test_earlier_task_names_still_work():
    assert EARLIER_NAMES - {*app.tasks} == set()


@pytest.mark.usefixtures("committed_db")
def test_emails_queued_by_an_earlier_release_are_sent(run_worker, mailoutbox):
    receive()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET task_name = 'inquiries.jobs.send_letter'")
    run_worker()
    assert len(mailoutbox) == 2


def test_task_names_dont_depend_on_modules():
    ours = [task for task in app.tasks.values() if task.func.__module__.split(".")[0] in APPS]
    assert ours
    assert [task.name for task in ours if task.name.startswith(task.func.__module__)] == []
