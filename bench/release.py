"""Build a release (`make release`): source, bill of materials (CycloneDX), licenses and release notes.

Uses a clean environment with only the production dependencies.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from bench.paths import ROOT

OUT = ROOT / "var" / "release"


def licenses_of(component: dict[str, Any]) -> str:
    names = [
        entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
        for entry in component.get("licenses", [])
    ]
    return ", ".join(dict.fromkeys(name.strip().splitlines()[0][:60] for name in names)) or "not specified"


def notes_of(changelog: str, version: str) -> str:
    """Return the changelog's section for this version, or the unreleased section."""
    for title in (version, "Unreleased"):
        if match := re.search(
            rf"^## \[?{re.escape(title)}\]?.*?\n(.*?)(?=^## |\Z)", changelog, re.DOTALL | re.MULTILINE
        ):
            return match[1].strip() + "\n"
    return ""


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    environment = OUT.parent / "release-environment"
    python = environment / "bin" / "python"
    uv = str(Path(sys.executable).parent / "uv")
    subprocess.run([uv, "venv", "-q", "--clear", environment], check=True)
    install = [uv, "pip", "install", "-q", "--python", python, "--require-hashes"]
    subprocess.run([*install, "-r", ROOT / "requirements.txt"], check=True)
    archive = ["git", "archive", "--format=tar.gz", f"--prefix=clinic-{version}/", "-o"]
    subprocess.run([*archive, OUT / f"clinic-{version}.tar.gz", "HEAD"], cwd=ROOT, check=True)
    sbom = [sys.executable, "-m", "cyclonedx_py", "environment", python]
    sbom += ["--pyproject", ROOT / "pyproject.toml", "--output-file", OUT / "sbom.cdx.json"]
    subprocess.run(sbom, check=True)
    components = json.loads((OUT / "sbom.cdx.json").read_text())["components"]
    lines = sorted(f"{part['name']} {part['version']}: {licenses_of(part)}" for part in components)
    (OUT / "licences.txt").write_text("\n".join(lines) + "\n")
    (OUT / "notes.md").write_text(notes_of((ROOT / "CHANGELOG.md").read_text(), version))
    print(f"{OUT}: source, {len(components)} components with their licenses, notes")


if __name__ == "__main__":
    main()
