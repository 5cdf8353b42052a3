"""Migrations that improve the starter phrases keep what managers changed."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from inquiries.models import UrgencySettings, WarningPhrase

migration = import_module("inquiries.migrations.0014_better_phrases")
CHEST = "chest-pain-or-trouble-breathing"


def restore_old_phrases():
    """Restore the phrases as they were before migration 0014."""
    for change in migration.json.loads(migration.CHANGES.read_text(encoding="utf-8")):
        phrase = WarningPhrase.objects.get(code=change["code"])
        lines = [line for line in phrase.patterns.splitlines() if line not in change["add"]]
        phrase.patterns = "\n".join([*lines, *change["remove"]])
        phrase.advice = change["advice_before"] or phrase.advice
        phrase.save()
        if change["advice_before"] is None:
            phrase.delete()


def test_an_untouched_site_gets_all_improvements():
    before = set(WarningPhrase.objects.values_list("code", "advice"))
    restore_old_phrases()
    migration.improve(apps, None)
    assert set(WarningPhrase.objects.values_list("code", "advice")) == before


def test_improved_phrases_keep_managers_changes(capsys):
    restore_old_phrases()
    chest = WarningPhrase.objects.get(code=CHEST)
    added, deleted = "our own words", chest.patterns.splitlines()[0]
    chest.patterns = "\n".join([added, *chest.patterns.splitlines()[1:]])
    chest.advice = "crisis"
    chest.save()
    WarningPhrase.objects.get(code="bleeding").delete()
    migration.improve(apps, None)
    chest.refresh_from_db()
    assert (added in chest.patterns.splitlines(), deleted in chest.patterns.splitlines()) == (True, False)
    assert chest.advice == "crisis"
    assert "was changed on this site and stays" in capsys.readouterr().out
    assert not WarningPhrase.objects.filter(code="bleeding").exists()


def test_a_site_that_disabled_the_score_keeps_it_disabled():
    UrgencySettings.objects.all().delete()  # didn't exist before the migration
    WarningPhrase.objects.create(label="Reads like an emergency", patterns="?emergency", is_active=False)
    mixed = WarningPhrase.objects.create(label="Mixed", patterns="?crisis\nblue toes")
    migration.retire_question_marks(apps, None)
    mixed.refresh_from_db()
    assert mixed.patterns == "blue toes"
    assert not UrgencySettings.load().uses_score


def test_later_phrases_are_added_once_next_to_managers_own():
    for name in ["0021_veiled_crises", "0031_more_red_flags"]:
        later = import_module(f"inquiries.migrations.{name}")
        changes = json.loads(Path(later.__file__).with_suffix(".json").read_text(encoding="utf-8"))
        change = changes if isinstance(changes, dict) else changes[0]
        phrases = WarningPhrase.objects.filter(code=change["code"])
        phrases.update(patterns="\n".join(["our own words", *change.get("remove", [])]))
        for _again in range(2):
            later.improve(apps, None)
        assert phrases.get().patterns.splitlines() == ["our own words", *change["add"]]


@pytest.mark.parametrize("own", [[], ["our own words"]])
def test_hints_at_suicide_are_added_and_changed_phrases_are_reported(own, capsys):
    names = ("0040_hints_at_suicide", "0043_more_hints_at_suicide")
    improvements = [import_module(f"inquiries.migrations.{name}") for name in names]
    changes = [c for one in improvements for c in one.json.loads(one.CHANGES.read_text(encoding="utf-8"))]
    added = {line for change in changes for line in change["add"]}
    phrases = WarningPhrase.objects.filter(code__in={change["code"] for change in changes})
    shipped = {phrase.pk: {*phrase.patterns.splitlines(), *own} for phrase in phrases}
    for phrase in phrases:
        removed = [line for c in changes if c["code"] == phrase.code for line in c.get("remove", [])]
        lines = [line for line in phrase.patterns.splitlines() if line not in added]
        phrase.patterns = "\n".join([*lines, *removed, *own])
        phrase.save()
    for one in improvements:
        one.improve(apps, None)
    assert {p.pk: set(p.patterns.splitlines()) for p in phrases.all()} == shipped
    assert ("changed on this site" in capsys.readouterr().out) == bool(own)


MOVES = [
    ("0021_veiled_crises", {"look_first_from": 5, "crisis_from": 60}, {"look_first_from": 10}),
    (
        "0031_more_red_flags",
        {"look_first_from": 10, "crisis_from": 30},
        {"look_first_from": 2, "crisis_from": 20},
    ),
    ("0031_more_red_flags", {"first_tier_from": 80}, {}),
    ("0043_more_hints_at_suicide", {"crisis_from": 20}, {"crisis_from": 12}),
    ("0043_more_hints_at_suicide", {"crisis_from": 35}, {}),
    ("0045_surer_emergencies", {"first_tier_from": 55}, {"first_tier_from": 70}),
    ("0045_surer_emergencies", {"first_tier_from": 60}, {}),
    ("0049_988_from_ten_percent", {"crisis_from": 12}, {"crisis_from": 10}),
    ("0049_988_from_ten_percent", {"crisis_from": 20}, {}),
]


def test_migrations_move_only_default_thresholds():
    for name, before, moved in MOVES:
        UrgencySettings.objects.update(**before)
        later = import_module(f"inquiries.migrations.{name}")
        move = getattr(later, "move_thresholds", None) or later.move_threshold
        move(apps, None)
        assert UrgencySettings.objects.values(*before).get() == before | moved, (name, before)
