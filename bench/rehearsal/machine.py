"""An empty Debian that boots in a systemd-nspawn container, with a network of its own.

The first start fetches Debian's packages and wheels into var/rehearsal; later ones need no network.
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
BOX = WORK / "box"
HOST = "www.clinic.example"
PYTHON = {"bookworm": "3.11.2", "trixie": "3.13.5"}  # of each Debian
PACKAGES = ["python3-venv", "postgresql", "nginx", "openssl", "curl", "ca-certificates"]
ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
SERVER_ONLY = ["--exclude=./.venv", "--exclude=./var", "--exclude=./.git", "--exclude=./bench/peer"]
CERTIFICATE = f"""
exec 2>/dev/null
openssl req -newkey rsa:2048 -nodes -x509 -days 30 -subj /CN=Rehearsal -addext keyUsage=keyCertSign \\
    -keyout ca.key -out ca.pem
openssl req -newkey rsa:2048 -nodes -subj /CN={HOST} -keyout key.pem -out request.pem
printf 'subjectAltName=DNS:{HOST}\\nauthorityKeyIdentifier=keyid' >extensions
openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 \\
    -extfile extensions -out cert.pem
"""
# systemd's own --wait fails as long as its bus isn't there yet.
BOOTED = "systemctl is-system-running --wait 2>&1 | grep -qE 'running|degraded'"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, text=True, **options)


def make_pristine(suite):
    """An empty Debian, with the packages that install asks for in apt's cache but not installed."""
    pristine = WORK / f"pristine-{suite}"
    if not (pristine / "complete").exists():
        shutil.rmtree(pristine, ignore_errors=True)
        base = "--include=systemd-sysv,dbus,ca-certificates,iproute2"
        run("debootstrap", "--variant=minbase", base, suite, pristine, stdout=subprocess.DEVNULL)
        shutil.copyfile("/etc/resolv.conf", pristine / "etc/resolv.conf")
        chroot = ["chroot", pristine, "env", "DEBIAN_FRONTEND=noninteractive"]
        run(*chroot, "apt-get", "update", "-qq")
        run(*chroot, "apt-get", "install", "-yqq", "--no-install-recommends", "--download-only", *PACKAGES)
        (pristine / "complete").touch()
    return pristine


def make_wheels(suite):
    """The packages of requirements.txt, for this Debian's Python."""
    wheels, of = WORK / f"wheels-{suite}", WORK / f"wheels-{suite}" / "requirements.txt"
    requirements = (ROOT / "requirements.txt").read_text()
    if not of.exists() or of.read_text() != requirements:
        version = {"python_version": PYTHON[suite][:4], "python_full_version": PYTHON[suite]}
        pins = [Requirement(pin) for pin in re.findall(r"^(\S+==[^\\\n]+)", requirements, re.MULTILINE)]
        needed = [
            f"{pin.name}{pin.specifier}" for pin in pins if not pin.marker or pin.marker.evaluate(version)
        ]
        options = ["-q", "--no-deps", "--only-binary=:all:", f"--python-version={PYTHON[suite]}"]
        run(sys.executable, "-m", "pip", "download", *options, f"--dest={wheels}", *needed)
        of.write_text(requirements)
    return wheels


def _refuse_while_it_runs():
    """A machine's root must not be deleted under it; nspawn keeps this file locked."""
    WORK.mkdir(parents=True, exist_ok=True)
    with (WORK / f".#{BOX.name}.lck").open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit(f"A machine still runs in {BOX}: end its systemd-nspawn first.")


class Machine:
    """The Debian: laid out when it's made, then booted."""

    def __init__(self, suite):
        _refuse_while_it_runs()
        if BOX.exists():
            shutil.rmtree(BOX)
        run("cp", "-a", make_pristine(suite), BOX)
        run("cp", "-a", make_wheels(suite), BOX / "root/wheels")
        (BOX / "etc/pip.conf").write_text("[global]\nfind-links = /root/wheels\nno-index = true\n")
        (BOX / "etc/hosts").write_text(f"127.0.0.1 localhost {HOST}\n")
        run("bash", "-ec", CERTIFICATE, cwd=BOX / "root")  # by an authority that the machine trusts
        shutil.copy(BOX / "root/ca.pem", BOX / "usr/local/share/ca-certificates/rehearsal.crt")

    def boot(self):
        options = ["-q", "-D", BOX, "--boot", "--private-network", "--register=no", "--keep-unit"]
        self.log = (WORK / "console.log").open("w")
        self.nspawn = subprocess.Popen(
            [str(part) for part in ["systemd-nspawn", *options, "--machine=clinic-rehearsal"]],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        self.leader = self._leader()
        self.do(f"until {BOOTED}; do sleep 0.2; done")
        self.do("update-ca-certificates 2>&1")

    def _leader(self):
        """The machine's first process, once nspawn's helpers have made room for it."""
        children = Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children")
        while True:
            assert self.nspawn.poll() is None, (WORK / "console.log").read_text()
            for pid in children.read_text().split():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    if Path(f"/proc/{pid}/comm").read_text().strip() in {"systemd", "init"}:
                        return pid
            time.sleep(0.1)

    def do(self, script, check=True):
        """Run a script as root on the machine; its output."""
        command = ["nsenter", "-t", self.leader, "-a", "--wdns=/root", "--", "bash", "-c", script]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if check and done.returncode:
            sys.exit(f"{script}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    @contextlib.contextmanager
    def load(self, result):
        """Readers and writers through nginx during the block; their answers are put into `result`."""
        inside = ["nsenter", "-t", self.leader, "-n", "--"]
        command = [*inside, sys.executable, "-m", "bench.rehearsal.load", str(BOX / "root/ca.pem")]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, cwd=ROOT, **pipes)
        try:
            yield
        finally:
            answer, _ = process.communicate("stop")
            result.update(json.loads(answer))

    def put_release(self, folder, version, change=None):
        """The working tree as a release of that version in a folder of root's."""
        target = BOX / "root" / folder
        target.mkdir()
        tree = subprocess.Popen(["tar", *SERVER_ONLY, "-cf", "-", "."], cwd=ROOT, stdout=subprocess.PIPE)
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
