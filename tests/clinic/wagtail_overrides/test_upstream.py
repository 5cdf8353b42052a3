"""Patches are reviewed when the patched code changes.

After an upgrade, read the change, adjust or remove the patch, then enter the new digest here.
"""

import hashlib
import inspect

import psycopg
import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.utils import formats
from wagtail.admin import compare, localization
from wagtail.admin.rich_text.converters.contentstate import link_entity
from wagtail.admin.search import Search
from wagtail.admin.views.account import AccountView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowAction
from wagtail.admin.widgets import BaseChooser
from wagtail.models import ReferenceIndex


def original(patched):
    """Return the function that a patch wraps, from its closure."""
    return next(cell.cell_contents for cell in patched.__closure__ if callable(cell.cell_contents))


UPSTREAM = {
    "psycopg's wait for a response": (lambda: psycopg.Connection.wait, "602ce5e47fca"),
    "chooser's script": (lambda: original(BaseChooser.render), "810cfc10654a"),
    "admin's time zone": (lambda: inspect.getsource(localization), "cd9bd5e24c3e"),
    "comparison of versions": (lambda: inspect.getsource(compare), "0f7c207415cc"),
    "input formats of a language": (lambda: original(formats.get_format_modules), "67d8a4ad1265"),
    "panels of the account settings": (lambda: AccountView.get_panels, "72427437f47b"),
    "page editor's workflow action": (lambda: EditView.perform_workflow_action, "c5d7e31d91d3"),
    "page editor's validation of it": (lambda: EditView.workflow_action_is_valid, "77e8d37ae9a0"),
    "links that the editor sends": (lambda: link_entity, "fb410f7ce824"),
    "search in the sidebar": (lambda: original(Search.search_items_for_request), "b6408877faf2"),
    "workflow action": (lambda: WorkflowAction.post, "684d1cf06f5a"),
    "on_delete of references": (lambda: original(ReferenceIndex.on_delete.fget), "f8d35c81363b"),
    "key that counts sign-in attempts": (
        lambda: DefaultAccountAdapter._get_login_attempts_cache_key,
        "58a617b43455",
    ),
}


@pytest.mark.parametrize("name", UPSTREAM)
def test_the_patched_code_has_not_changed(name):
    get_code, digest = UPSTREAM[name]
    source = code if isinstance(code := get_code(), str) else inspect.getsource(code)
    assert hashlib.sha256(source.encode()).hexdigest()[:12] == digest
