"""Settings from environment variables, declared in settings.toml.

If one is missing or invalid, the process exits with a one-sentence message that names it.
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
    error: str = ""


DECLARATIONS = tomllib.loads(Path(__file__).with_name("settings.toml").read_text(encoding="utf-8"))
GROUPS = {
    title: [Setting(name, **facts | {"kind": getattr(kinds, facts["kind"])}) for name, facts in group.items()]
    for title, group in DECLARATIONS.items()
}
DEMO_HINT = "To try the project out, use `make run` instead."


class Environment:
    """Reads declared settings: `environment("BASE_URL")`."""

    def __init__(self, variables: Mapping[str, str] = os.environ):
        self.variables = variables
        self.settings = {setting.name: setting for group in GROUPS.values() for setting in group}
        self.debug = False
        self.debug = self("DEBUG")
        for setting in self.settings.values():
            if setting.default is None:
                self(setting.name)  # report missing settings in the order of the file

    def __call__(self, name: str) -> Any:
        setting = self.settings[name]
        value = self.variables.get(name, "").strip()
        if not value:
            value = setting.default or ""
            if self.debug and setting.in_debug is not None:
                value = setting.in_debug
            if not value and setting.default is None:
                raise SystemExit(
                    f"{name} is not set: {setting.help[0].lower()}{setting.help[1:]} {DEMO_HINT}"
                )
        if value and setting.pattern and not re.fullmatch(setting.pattern, value):
            raise SystemExit(f"{name} {setting.error}.")
        try:
            return setting.kind(value)
        except kinds.InvalidValue as error:
            raise SystemExit(f"{name} {error}.") from None
