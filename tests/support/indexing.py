"""Search and reference index, written when something asks for them: most tests save pages and never do.

Only within a test's own transaction: what is committed, or made for a whole file, is indexed at once.
"""

from django.db import connection
from django.db.backends.signals import connection_created
from django_tasks.backends.immediate import ImmediateBackend

LATER = ["modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task"]
INDEXES = ("wagtailsearch_indexentry", "wagtailcore_referenceindex")
WRITES = ("INSERT", "UPDATE", "DELETE")

waiting: dict = {}  # in the order of the saves, each once


class Backend(ImmediateBackend):
    def enqueue(self, task, args, kwargs):
        if task.module_path in LATER and any(map(_is_of_one_test, connection.atomic_blocks)):
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


def _is_of_one_test(block):
    return getattr(block, "_from_testcase", False) and not hasattr(block, "is_lasting")


def _watch(connection, **kwargs):
    if _execute not in connection.execute_wrappers:
        connection.execute_wrappers.append(_execute)


def _execute(execute, sql, *args):
    if waiting and _asks(str(sql)):
        write()
    return execute(sql, *args)


def _asks(sql):
    return any(index in sql for index in INDEXES) and not sql.lstrip().startswith(WRITES)
