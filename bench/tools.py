"""Finds or installs wrk and nginx. Each function returns a path, or None if that isn't possible."""

import os
import shutil
import subprocess
from functools import cache

from tests.support import install_nginx


@cache
def wrk():
    """Return the path of wrk. As root on Debian, install it if it's missing."""
    if not shutil.which("wrk") and os.geteuid() == 0 and shutil.which("apt-get"):
        run_quietly("apt-get", "update", "-qq")
        run_quietly("apt-get", "install", "-y", "-qq", "--no-install-recommends", "wrk")
    return shutil.which("wrk")


def nginx():
    if not install_nginx.path():
        install_nginx.unpack()
    return install_nginx.path()


def run_quietly(*command):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, capture_output=True, env=environment)  # noqa: S603
