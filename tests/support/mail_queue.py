"""Helpers for the queue of emails."""

from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from inquiries import jobs


def email_job():
    return ProcrastinateJob.objects.get(task_name=jobs.send_email.name)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def let_time_pass(interval="2 days"):
    """Move the queue's timestamps into the past."""
    sql("UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - %s::interval", interval)
    sql("UPDATE procrastinate_events SET at = at - %s::interval", interval)
    sql("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - %s::interval", interval)


def give_up():
    sql("UPDATE procrastinate_jobs SET status = 'doing'")
    sql("UPDATE procrastinate_jobs SET status = 'failed'")
