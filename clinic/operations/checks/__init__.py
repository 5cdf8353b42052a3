"""Checks of a running site, for `manage.py doctor`, the admin's site checks, `/readyz` and the monitor.

A check is a function that raises Problem if something is wrong. Apps register theirs in a module that their
AppConfig imports in ready().
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clinic.models import ClinicSettings
from clinic.models.operations import CheckResult

logger = logging.getLogger(__name__)


class Problem(Exception):
    """One sentence about the problem and one on how to fix it."""

    def __init__(self, sentence: str, solution: str):
        super().__init__(sentence)
        self.sentence, self.solution = sentence, solution


@dataclass(frozen=True)
class Check:
    name: str
    title: str | Promise
    function: Callable[[], None]
    ready: bool  # included in /readyz
    url_name: str  # admin page where the problem can be fixed

    def problem(self) -> Problem | None:
        try:
            self.function()
        except Problem as problem:
            return problem
        except Exception as error:  # a check that can't run is a problem too
            logger.warning("site check %s could not run: %s", self.name, type(error).__qualname__)
            return Problem(
                _("“%(title)s” could not be checked: %(error)s.")
                % {"title": self.title, "error": type(error).__name__},
                _("Fix the other problems first, then check the server's log."),
            )
        return None


registered: dict[str, Check] = {}


def check(title: str | Promise, *, ready: bool = False, url_name: str = "") -> Callable:
    """Register the decorated function as a check of the same name."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        registered[function.__name__] = Check(function.__name__, title, function, ready, url_name)
        return function

    return register


def run(names: Iterable[str] | None = None) -> dict[str, Problem | None]:
    """Run the named checks, or all of them."""
    return {name: registered[name].problem() for name in (registered if names is None else names)}


def names_for_readiness() -> list[str]:
    return [check.name for check in registered.values() if check.ready]


def run_and_save() -> dict[str, Problem | None]:
    """Run all checks and store their results. The first time that all pass, launch the site."""
    found = run()
    if found["database"] or found["migrations"]:
        return found  # results can't be stored
    with transaction.atomic():
        for name, problem in found.items():
            _save_result(name, problem)
        CheckResult.objects.exclude(name__in=found).delete()
        if not any(found.values()):
            _launch()
    return found


def _save_result(name: str, problem: Problem | None) -> None:
    now = timezone.now()
    sentence, solution = (problem.sentence, problem.solution) if problem else ("", "")
    before = CheckResult.objects.filter(pk=name).first()
    if before is None or bool(before.problem) != bool(sentence):
        (logger.error if sentence else logger.info)("site check %s: %s", name, sentence or "fine")
    since = before.since if before and bool(before.problem) == bool(sentence) else now
    CheckResult.objects.update_or_create(
        pk=name, defaults={"problem": sentence, "solution": solution, "checked_at": now, "since": since}
    )


def _launch() -> None:
    """Let search engines list the site, permanently: a later problem shouldn't remove it from their index."""
    clinic = ClinicSettings.current()
    if clinic.launched_at is None and not settings.DEMO:
        clinic.launched_at = timezone.now()
        clinic.save()  # purges the cached pages, which say noindex
        logger.info("the go-live checklist is complete: search engines may list the site")
