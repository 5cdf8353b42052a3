"""A minimal Debian that boots in a systemd-nspawn container with a private network.

The first start downloads Debian packages and wheels into var/rehearsal. Later ones need no network.
"""

import contextlib
import fcntl
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from packaging.requirements import Requirement

from bench.paths import ROOT

WORK = ROOT / "var" / "rehearsal"
MACHINE_ROOT = WORK / "machine"
HOST = "www.clinic.example"
PYTHON_VERSIONS = {"bookworm": "3.11.2", "trixie": "3.13.5"}
PACKAGES = ["python3-venv", "postgresql", "nginx", "openssl", "curl", "ca-certificates"]
ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
TAR_EXCLUDES = ["--exclude=./.venv", "--exclude=./var", "--exclude=./.git", "--exclude=./bench/peer"]
CREATE_CERTIFICATE = f"""
exec 2>/dev/null
openssl req -newkey rsa:2048 -nodes -x509 -days 30 -subj /CN=Rehearsal -addext keyUsage=keyCertSign \\
    -keyout ca.key -out ca.pem
openssl req -newkey rsa:2048 -nodes -subj /CN={HOST} -keyout key.pem -out request.pem
printf 'subjectAltName=DNS:{HOST}\\nauthorityKeyIdentifier=keyid' >extensions
openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 \\
    -extfile extensions -out cert.pem
"""
# --wait fails until systemd's bus is up, so this is repeated.
HAS_BOOTED = "systemctl is-system-running --wait 2>&1 | grep -qE 'running|degraded'"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, text=True, **options)


def build_base_system(suite):
    """Build a minimal Debian that has the required packages in apt's cache, but not installed."""
    base_system = WORK / f"base-{suite}"
    if not (base_system / "complete").exists():
        shutil.rmtree(base_system, ignore_errors=True)
        include = "--include=systemd-sysv,dbus,ca-certificates,iproute2"
        run("debootstrap", "--variant=minbase", include, suite, base_system, stdout=subprocess.DEVNULL)
        shutil.copyfile("/etc/resolv.conf", base_system / "etc/resolv.conf")
        chroot = ["chroot", base_system, "env", "DEBIAN_FRONTEND=noninteractive"]
        run(*chroot, "apt-get", "update", "-qq")
        run(*chroot, "apt-get", "install", "-yqq", "--no-install-recommends", "--download-only", *PACKAGES)
        (base_system / "complete").touch()
    return base_system


def download_wheels(suite):
    """Download the packages of requirements.txt for this Debian's Python."""
    wheels = WORK / f"wheels-{suite}"
    downloaded = wheels / "requirements.txt"
    requirements = (ROOT / "requirements.txt").read_text()
    if not downloaded.exists() or downloaded.read_text() != requirements:
        version = {
            "python_version": PYTHON_VERSIONS[suite][:4],
            "python_full_version": PYTHON_VERSIONS[suite],
        }
        pins = [Requirement(pin) for pin in re.findall(r"^(\S+==[^\\\n]+)", requirements, re.MULTILINE)]
        needed = [
            f"{pin.name}{pin.specifier}" for pin in pins if not pin.marker or pin.marker.evaluate(version)
        ]
        options = ["-q", "--no-deps", "--only-binary=:all:", f"--python-version={PYTHON_VERSIONS[suite]}"]
        run(sys.executable, "-m", "pip", "download", *options, f"--dest={wheels}", *needed)
        downloaded.write_text(requirements)
    return wheels


def _exit_if_running():
    """Exit if a machine still runs. systemd-nspawn locks this file as long as it does."""
    WORK.mkdir(parents=True, exist_ok=True)
    with (WORK / f".#{MACHINE_ROOT.name}.lck").open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit(f"A machine is still running in {MACHINE_ROOT}. Stop its systemd-nspawn first.")


class Machine:
    def __init__(self, suite):
        _exit_if_running()
        if MACHINE_ROOT.exists():
            shutil.rmtree(MACHINE_ROOT)
        run("cp", "-a", build_base_system(suite), MACHINE_ROOT)
        run("cp", "-a", download_wheels(suite), MACHINE_ROOT / "root/wheels")
        (MACHINE_ROOT / "etc/pip.conf").write_text("[global]\nfind-links = /root/wheels\nno-index = true\n")
        (MACHINE_ROOT / "etc/hosts").write_text(f"127.0.0.1 localhost {HOST}\n")
        run(
            "bash", "-ec", CREATE_CERTIFICATE, cwd=MACHINE_ROOT / "root"
        )  # signed by a CA that the machine trusts
        shutil.copy(
            MACHINE_ROOT / "root/ca.pem", MACHINE_ROOT / "usr/local/share/ca-certificates/rehearsal.crt"
        )

    def boot(self):
        options = ["-q", "-D", MACHINE_ROOT, "--boot", "--private-network", "--register=no", "--keep-unit"]
        self.log = (WORK / "console.log").open("w")
        self.nspawn = subprocess.Popen(
            [str(part) for part in ["systemd-nspawn", *options, "--machine=clinic-rehearsal"]],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        self.leader = self._leader()
        self.do(f"until {HAS_BOOTED}; do sleep 0.2; done")
        self.do("update-ca-certificates 2>&1")

    def _leader(self):
        """Wait for the machine's init process and return its PID."""
        children = Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children")
        while True:
            assert self.nspawn.poll() is None, (WORK / "console.log").read_text()
            for pid in children.read_text().split():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    if Path(f"/proc/{pid}/comm").read_text().strip() in {"systemd", "init"}:
                        return pid
            time.sleep(0.1)

    def do(self, script, check=True):
        """Run a script as root on the machine and return its output."""
        command = ["nsenter", "-t", self.leader, "-a", "--wdns=/root", "--", "bash", "-c", script]
        result = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if check and result.returncode:
            sys.exit(f"{script}\nended with {result.returncode}:\n{result.stdout}{result.stderr}")
        return result.stdout + result.stderr

    @contextlib.contextmanager
    def load(self, result):
        """Send requests through nginx during the block. `result` is filled at its end."""
        inside = ["nsenter", "-t", self.leader, "-n", "--"]
        command = [*inside, sys.executable, "-m", "bench.rehearsal.load", str(MACHINE_ROOT / "root/ca.pem")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, cwd=ROOT, **pipes)
        try:
            yield
        finally:
            output, _ = process.communicate("stop")
            result.update(json.loads(output))

    def put_release(self, folder, version, change=None):
        """Copy the working tree to /root/`folder` as a release; `change` is (file, text to append)."""
        target = MACHINE_ROOT / "root" / folder
        target.mkdir()
        tree = subprocess.Popen(["tar", *TAR_EXCLUDES, "-cf", "-", "."], cwd=ROOT, stdout=subprocess.PIPE)
        run("tar", "-C", target, "-xf", "-", stdin=tree.stdout)
        tree.wait()
        project = target / "pyproject.toml"
        project.write_text(
            re.sub(r'^version = ".*"', f'version = "{version}"', project.read_text(), flags=re.MULTILINE)
        )
        if change:
            file, addition = change
            with (target / file).open("a") as text:
                text.write(addition)

    def stop(self):
        self.nspawn.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.nspawn.wait(timeout=30)
        self.nspawn.kill()
