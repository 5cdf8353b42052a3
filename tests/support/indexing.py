"""Postpones updates of the search and reference indexes until a query needs them, which few tests do.

Applies only within a test's own transaction; committed and shared data is indexed immediately.
"""

from django.db import connection
from django.db.backends.signals import connection_created
from django_tasks.backends.immediate import ImmediateBackend

POSTPONED = ["modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task"]
INDEXES = ("wagtailsearch_indexentry", "wagtailcore_referenceindex")
WRITES = ("INSERT", "UPDATE", "DELETE")

waiting: dict = {}  # deduplicated, in order


class Backend(ImmediateBackend):
    def enqueue(self, task, args, kwargs):
        if task.module_path in POSTPONED and any(map(_belongs_to_one_test, connection.atomic_blocks)):
            waiting[task.module_path, *args] = lambda: super(Backend, self).enqueue(task, args, kwargs)
            return None
        return super().enqueue(task, args, kwargs)


def start():
    connection_created.connect(_watch, dispatch_uid="tests.support.indexing")


def write():
    jobs = [*waiting.values()]
    waiting.clear()
    for job in jobs:
        job()


def _belongs_to_one_test(block):
    return getattr(block, "_from_testcase", False) and not hasattr(block, "is_shared")


def _watch(connection, **kwargs):
    if _execute not in connection.execute_wrappers:
        connection.execute_wrappers.append(_execute)


def _execute(execute, sql, *args):
    if waiting and _reads_index(str(sql)):
        write()
    return execute(sql, *args)


def _reads_index(sql):
    return any(index in sql for index in INDEXES) and not sql.lstrip().startswith(WRITES)
