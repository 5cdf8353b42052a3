"""Makes sure that there is a browser for the tests, or says clearly that there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright


def path():
    """The browser's executable, or None: the system's Chromium, else the one that Playwright downloaded."""
    if system := shutil.which("chromium"):
        return system
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    return downloaded if Path(downloaded).exists() else None


def _install():
    if Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        if (
            subprocess.run(
                command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            ).returncode
            == 0
        ):
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if not path():
        _install()
    if not path():
        sys.exit(
            "The tests need a browser and none could be installed. Install Chromium, then run make test."
        )
