"""Task names are pinned: jobs queued by an earlier release run after an upgrade."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from tests.inquiries.desk.desk_cast import receive

# Names that the release of November 2026 left in the queue.
EARLIER_NAMES = {
    *["clinic.jobs.refresh", "clinic.jobs.refresh_everything", "clinic.jobs.remove_old_jobs"],
    *["clinic.jobs.sweep_stalled_jobs", "clinic.sign_in.jobs.send_account_letter"],
    *["education.jobs.make_pictures", "education.jobs.publish_scheduled"],
    *["inquiries.jobs.bring_back_waiting", "inquiries.jobs.erase_expired", "inquiries.jobs.forget_sendings"],
    *["inquiries.jobs.free_left_behind", "inquiries.jobs.note_access_head", "inquiries.jobs.send_letter"],
}


def test_a_job_queued_under_an_earlier_name_still_has_its_task():
    assert EARLIER_NAMES - {*app.tasks} == set()


@pytest.mark.usefixtures("committed_db")
def test_emails_that_an_earlier_release_queued_are_sent(run_worker, mailoutbox):
    receive()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET task_name = 'inquiries.jobs.send_letter'")
    run_worker()
    assert len(mailoutbox) == 2


def test_no_task_is_named_after_its_module():
    ours = [task for task in app.tasks.values() if task.func.__module__.split(".")[0] in APPS]
    assert ours
    assert [task.name for task in ours if task.name.startswith(task.func.__module__)] == []


APPS = {"clinic", "education", "inquiries"}
