"""Import rules between apps and between layers."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {"clinic": {"education", "inquiries"}, "education": {"inquiries"}, "inquiries": {"education"}}
# Within an app, lower layers must not import upper layers.
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


@pytest.mark.parametrize("app", FORBIDDEN)
def test_apps_dont_import_forbidden_apps(app):
    violations = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in modules(app)
        for module in imported_modules(file)
        if module.split(".")[0] in FORBIDDEN[app]
    ]
    assert violations == []


@pytest.mark.parametrize("app", FORBIDDEN)
def test_lower_layers_dont_import_upper_layers(app):
    violations = [
        f"{file.relative_to(ROOT)} imports {module}"
        for file in modules(app)
        if LOWER & set(file.relative_to(ROOT).with_suffix("").parts)
        for module in imported_modules(file)
        if module.split(".")[0] == app and set(module.split(".")[1:]) & UPPER
    ]
    assert violations == []


def test_migrations_dont_import_application_code():
    """Exempt `import x.y`, which Django generates for field classes and callable defaults."""
    violations = [
        f"{file.relative_to(ROOT)} imports from {node.module}"
        for file in ROOT.glob("*/migrations/*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] in FORBIDDEN
    ]
    assert violations == []
