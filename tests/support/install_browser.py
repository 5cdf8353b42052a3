"""Installs a browser for the tests, or explains how to.

Prefers chromium-headless-shell, which needs a third of the CPU time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHELL = "chromium-headless-shell"
APT_INSTALL = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]


def path():
    """Return the path of the system's Chromium or of Playwright's, or None."""
    if system := shutil.which(SHELL) or shutil.which("chromium"):
        return system
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    return downloaded if Path(downloaded).exists() else None


def _install():
    if Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        if not path():
            _run("apt-get", "update", "-qq")
        # Installs the shell only if Chromium can stay at its version.
        _run(*APT_INSTALL, "--no-upgrade", "chromium-common", SHELL, stderr=subprocess.DEVNULL)
        if not path():
            _run(*APT_INSTALL, "chromium")
    if not path():
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def _run(*command, **options):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, env=environment, **options)


if __name__ == "__main__":
    if not shutil.which(SHELL):
        _install()
    if not path():
        sys.exit(
            "The tests need a browser and none could be installed. Install Chromium, then run make test."
        )
