"""Provides nginx for the tests, or explains how to install it.

Unpacks Debian's package into the data folder, which needs no root access and starts no server.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(os.environ.get("DATA_DIR") or Path(__file__).resolve().parents[2] / "var") / "nginx"
DOWNLOAD = ["apt-get", "download", "-qq", "nginx"]


def path():
    """Return the path of the system's nginx or of the unpacked one, or None."""
    system = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    unpacked = FOLDER / "usr" / "sbin" / "nginx"
    return system or (str(unpacked) if unpacked.exists() else None)


def unpack():
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    if subprocess.run(DOWNLOAD, cwd=FOLDER, check=False, capture_output=True).returncode:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(DOWNLOAD, cwd=FOLDER, check=False)
    for package in FOLDER.glob("nginx_*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, FOLDER], check=False)


if __name__ == "__main__":
    if not path():
        unpack()
    if not path():
        sys.exit("The tests need nginx and it could not be fetched. Install nginx, then run make test.")
