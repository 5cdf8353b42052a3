"""The house's doors: which room may import from which."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHUT = {"clinic": {"education", "inquiries"}, "education": {"inquiries"}, "inquiries": {"education"}}
# Inside an app: what is below must not know what is above.
LOWER = {"models", "choices", "references", "blocks"}
UPPER = {"desk", "email", "forms", "jobs", "urls", "views", "wagtail_hooks"}


@cache
def imported_modules(file):
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def modules(app):
    return [file for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts]


@pytest.mark.parametrize("app", SHUT)
def test_apps_only_use_the_doors_of_the_house(app):
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in modules(app)
        for module in imported_modules(file)
        if module.split(".")[0] in SHUT[app]
    ]
    assert wrong == []


@pytest.mark.parametrize("app", SHUT)
def test_lower_layers_do_not_import_upper_layers(app):
    wrong = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in modules(app)
        if LOWER & set(file.relative_to(ROOT).with_suffix("").parts)
        for module in imported_modules(file)
        if module.split(".")[0] == app and set(module.split(".")[1:]) & UPPER
    ]
    assert wrong == []


def test_migrations_import_no_live_code():
    """Django writes `import x.y` for field classes and callable defaults; nothing else may come from us."""
    wrong = [
        f"{file.relative_to(ROOT)} imports from {node.module}"
        for file in ROOT.glob("*/migrations/*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in SHUT
    ]
    assert wrong == []


def test_the_check_finds_a_forbidden_import(tmp_path):
    file = tmp_path / "models.py"
    file.write_text("from inquiries.models import Inquiry\n")
    assert "inquiries.models" in set(imported_modules(file))
