"""Reads settings.toml: all settings that an operator makes, in groups."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clinic.environment import kinds


@dataclass(frozen=True)
class Setting:
    name: str
    kind: Callable[[str], Any]
    help: str
    default: str | None = None
    in_debug: str | None = None
    shown_default: str = ""
    pattern: str = ""
    wrong: str = ""


def setting(name: str, kind: str, **facts: str) -> Setting:
    return Setting(name, getattr(kinds, kind), **facts)


GROUPS = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
TABLE = {title: [setting(name, **facts) for name, facts in group.items()] for title, group in GROUPS.items()}
