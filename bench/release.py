"""Build a release (`make release`): source, bill of materials (CycloneDX), licenses and release notes.

From a clean environment that holds only what production installs.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import Distribution, distributions
from pathlib import Path

from bench.paths import ROOT

OUT = ROOT / "var" / "release"


def license_of(package: Distribution) -> str:
    classifiers = [
        text for text in package.metadata.get_all("Classifier", []) if text.startswith("License ::")
    ]
    said = package.metadata.get("License-Expression") or package.metadata.get("License") or ""
    short = said.strip().splitlines()[0][:60] if said.strip() else ""
    return short or ", ".join(text.rpartition(" :: ")[2] for text in classifiers) or "not said"


def notes_of(changelog: str, version: str) -> str:
    """The changelog's part about this version, or what is unreleased."""
    for title in (version, "Unreleased"):
        if found := re.search(
            rf"^## \[?{re.escape(title)}\]?.*?\n(.*?)(?=^## |\Z)", changelog, re.DOTALL | re.MULTILINE
        ):
            return found[1].strip() + "\n"
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
    site = next(environment.glob("lib/python*/site-packages"))
    packages = sorted(distributions(path=[str(site)]), key=lambda package: package.metadata["Name"].lower())
    lines = [f"{package.metadata['Name']} {package.version}: {license_of(package)}" for package in packages]
    (OUT / "licences.txt").write_text("\n".join(lines) + "\n")
    (OUT / "notes.md").write_text(notes_of((ROOT / "CHANGELOG.md").read_text(), version))
    components = json.loads((OUT / "sbom.cdx.json").read_text())["components"]
    print(f"{OUT}: source, {len(components)} components, {len(lines)} licences, notes")


if __name__ == "__main__":
    main()
