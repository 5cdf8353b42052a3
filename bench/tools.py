"""wrk and nginx: the machine's, else Debian's; None if there's no way to get it."""

import os
import shutil
import subprocess
from functools import cache

from tests.support import install_nginx


@cache  # each group of measurements asks
def wrk():
    """Only root can install it; the package starts no service."""
    if not shutil.which("wrk") and os.geteuid() == 0 and shutil.which("apt-get"):
        quietly("apt-get", "update", "-qq")
        quietly("apt-get", "install", "-y", "-qq", "--no-install-recommends", "wrk")
    return shutil.which("wrk")


def nginx():
    if not install_nginx.path():
        install_nginx.unpack()
    return install_nginx.path()


def quietly(*command):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, capture_output=True, env=environment)  # noqa: S603
