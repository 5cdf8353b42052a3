"""The settings that an operator makes, as environment variables, declared in settings.toml.

A missing or wrong one stops the start with one sentence that names it.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
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


GROUPS = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
TABLE = {
    title: [Setting(name, **facts | {"kind": getattr(kinds, facts["kind"])}) for name, facts in group.items()]
    for title, group in GROUPS.items()
}
TRY = "To try the project out, use `make run` instead."


class Environment:
    """Values of the table's settings: `environment("BASE_URL")`."""

    def __init__(self, variables: Mapping[str, str] = os.environ):
        self.variables = variables
        self.settings = {setting.name: setting for group in TABLE.values() for setting in group}
        self.debug = False
        self.debug = self("DEBUG")
        for setting in self.settings.values():
            if setting.default is None:
                self(setting.name)  # stops where it's missing, the first of the table first

    def __call__(self, name: str) -> Any:
        setting = self.settings[name]
        given = self.variables.get(name, "").strip()
        if not given:
            given = setting.default or ""
            if self.debug and setting.in_debug is not None:
                given = setting.in_debug
            if not given and setting.default is None:
                raise SystemExit(f"{name} is not set: {setting.help[0].lower()}{setting.help[1:]} {TRY}")
        if given and setting.pattern and not re.fullmatch(setting.pattern, given):
            raise SystemExit(f"{name} {setting.wrong}.")
        try:
            return setting.kind(given)
        except kinds.WrongValue as wrong:
            raise SystemExit(f"{name} {wrong}.") from None
