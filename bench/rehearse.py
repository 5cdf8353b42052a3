"""The rehearsal (`make rehearse`): docs/operations.md followed on an empty Debian, from install to roll-back.

In a systemd-nspawn container with a network of its own, where Debian boots as it does on a server. It needs
root, debootstrap and systemd-container. The first run fetches Debian's packages and wheels into
var/rehearsal; later ones need no network. Each step is timed, and its effect checked. Exit code 0 only if all
holds.
"""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "var" / "rehearsal"
BOX = WORK / "box"
HOST = "www.clinic.example"
SUITE = "bookworm"
PACKAGES = ["python3-venv", "postgresql", "nginx", "openssl", "curl", "ca-certificates"]
ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
SERVER_ONLY = ["--exclude=./.venv", "--exclude=./var", "--exclude=./.git", "--exclude=./bench/peer"]


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, text=True, **options)


# ---- The machine -------------------------------------------------------------------------------------------


def make_pristine():
    """An empty Debian, with the packages that install asks for in apt's cache but not installed."""
    pristine = WORK / "pristine"
    if not (pristine / "complete").exists():
        shutil.rmtree(pristine, ignore_errors=True)
        base = "--include=systemd-sysv,dbus,ca-certificates,iproute2"
        run("debootstrap", "--variant=minbase", base, SUITE, pristine, stdout=subprocess.DEVNULL)
        resolv = Path("/etc/resolv.conf").read_text()
        (pristine / "etc/resolv.conf").write_text(resolv)
        chroot = ["chroot", pristine, "env", "DEBIAN_FRONTEND=noninteractive"]
        run(*chroot, "apt-get", "update", "-qq")
        run(*chroot, "apt-get", "install", "-yqq", "--no-install-recommends", "--download-only", *PACKAGES)
        (pristine / "complete").touch()
    return pristine


def make_wheels():
    """The packages of requirements.txt, for Debian's Python."""
    wheels = WORK / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    for pin in re.findall(r"^(\S+==\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE):
        name, version = pin.rstrip("\\").split("==")
        stem = re.sub(r"\[.*\]", "", name).replace("-", "_").lower()
        if not any(file.name.lower().startswith(f"{stem}-{version}-") for file in wheels.iterdir()):
            options = [
                "-q",
                "--no-deps",
                "--only-binary=:all:",
                "--python-version=3.11.2",
                f"--dest={wheels}",
            ]
            subprocess.run(
                [sys.executable, "-m", "pip", "download", *options, pin], check=False, capture_output=True
            )
    return wheels


def make_certificate(folder):
    """A certificate for HOST, by an authority that the machine trusts."""
    openssl = ["openssl", "req", "-newkey", "rsa:2048", "-nodes"]
    quiet = {"stderr": subprocess.DEVNULL, "cwd": folder}
    run(
        *openssl,
        "-x509",
        "-days",
        "30",
        "-subj",
        "/CN=Rehearsal",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        **quiet,
    )
    run(*openssl, "-subj", f"/CN={HOST}", "-keyout", "key.pem", "-out", "request.pem", **quiet)
    (folder / "names").write_text(f"subjectAltName=DNS:{HOST}")
    sign = [
        "-req",
        "-in",
        "request.pem",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "30",
    ]
    run("openssl", "x509", *sign, "-extfile", "names", "-out", "cert.pem", **quiet)


class Machine:
    """The booted Debian."""

    def __init__(self):
        if BOX.exists():
            shutil.rmtree(BOX)
        run("cp", "-a", make_pristine(), BOX)
        run("cp", "-a", make_wheels(), BOX / "root/wheels")
        (BOX / "etc/pip.conf").write_text("[global]\nfind-links = /root/wheels\nno-index = true\n")
        (BOX / "etc/hosts").write_text(f"127.0.0.1 localhost {HOST}\n")
        make_certificate(BOX / "root")
        shutil.copy(BOX / "root/ca.pem", BOX / "usr/local/share/ca-certificates/rehearsal.crt")
        options = ["-q", "-D", BOX, "--boot", "--private-network", "--register=no", "--keep-unit"]
        self.log = (WORK / "console.log").open("w")
        self.nspawn = subprocess.Popen(
            [str(part) for part in ["systemd-nspawn", *options, "--machine=clinic-rehearsal"]],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
        )  # fmt: skip
        self.leader = self._leader()
        self.do(
            "systemctl is-system-running --wait >/dev/null || true; update-ca-certificates >/dev/null 2>&1"
        )

    def _leader(self):
        children = Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children")
        while not (found := children.read_text().split()):
            assert self.nspawn.poll() is None, (WORK / "console.log").read_text()
            time.sleep(0.1)
        time.sleep(1)  # until its namespaces are there
        return found[0]

    def do(self, script, check=True):
        """Run a script as root on the machine; its output."""
        command = ["nsenter", "-t", self.leader, "-a", "--wdns=/root", "--", "bash", "-c", script]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
        if check and done.returncode:
            sys.exit(f"{script}\nended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    @contextlib.contextmanager
    def load(self, result):
        """Readers and writers through nginx all the while; what they were answered is put into `result`."""
        command = [
            "nsenter",
            "-t",
            self.leader,
            "-n",
            "--",
            sys.executable,
            "-m",
            "bench.rehearsal_load",
            BOX / "root/ca.pem",
        ]
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
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
            (target / file).write_text((target / file).read_text() + addition)

    def stop(self):
        self.nspawn.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.nspawn.wait(timeout=30)
        self.nspawn.kill()


# ---- The steps ---------------------------------------------------------------------------------------------


class Rehearsal:
    def __init__(self):
        self.rows = []
        self.machine = None

    def step(self, name, work):
        began = time.monotonic()
        said = work() or ""
        self.rows.append(f"{name:<52} {time.monotonic() - began:6.1f} s  {said}")
        print(self.rows[-1], flush=True)

    def run(self):
        steps = [
            ("boot an empty Debian", self.boot),
            ("clinicctl install", self.install),
            ("a second install changes nothing", self.install_again),
            ("sandbox of the web server", self.look_at_sandbox),
            ("an inquiry over HTTPS", self.send_an_inquiry),
            ("a proven backup", self.back_up),
            ("the worker is killed, and the database restarted", self.kill_worker),
            ("upgrade under load", self.upgrade),
            ("upgrade to a version that can't be imported", self.upgrade_to_broken),
            ("upgrade to a version that can't serve", self.upgrade_to_failing),
            ("roll back under load", self.roll_back),
            ("rotate keys under load", self.rotate_keys),
            ("restore the backup", self.restore),
        ]
        try:
            for name, work in steps:
                self.step(name, work)
        finally:
            if self.machine and "--keep" not in sys.argv:
                self.machine.stop()

    def boot(self):
        self.machine = Machine()
        self.machine.put_release("clinic", "1.0")
        version = self.machine.do("cat /etc/debian_version; ls /root").split()[0]
        assert not self.machine.do("command -v psql nginx || true").strip()
        return f"Debian {version}"

    def install(self):
        command = f"cd clinic && deploy/clinicctl install {HOST} it@clinic.example"
        self.said = self.machine.do(f"{command} --certificate /root/cert.pem /root/key.pem")
        assert "Proven by restoring it" in self.said, self.said
        for title in ("HTTPS", "Proxy headers", "Database role", "Worker", "Backups are proven"):
            assert re.search(f"^ok +{title}$", self.said, re.MULTILINE), self.said

    def state(self):
        files = "find /etc/clinic /etc/nginx/conf.d /etc/systemd/system -type f -exec sha256sum {} + | sort"
        processes = "systemctl show -p MainPID clinic-web@8000 clinic-worker nginx postgresql@15-main"
        return self.machine.do(f"{files}; {processes}; ls /opt/clinic/releases /var/backups/clinic")

    def install_again(self):
        before = self.state()
        self.machine.do(f"cd clinic && deploy/clinicctl install {HOST} it@clinic.example")
        assert self.state() == before

    def look_at_sandbox(self):
        exposure = self.machine.do("systemd-analyze security --no-pager clinic-web@8000 | tail -1")
        assert self.machine.do("stat -c %a:%U /etc/clinic/site.env").strip() == "600:root"
        return exposure.strip().lstrip("→ ")

    def send_an_inquiry(self):
        said = self.machine.do(SEND)
        assert "HTTP/2 302" in said or "HTTP/1.1 302" in said, said
        assert self.count("inquiries_inquiry") == 1
        return re.search(r"location: (\S+)", said, re.IGNORECASE)[1].rsplit("/", 2)[0]

    def count(self, table):
        return int(
            self.machine.do(
                f"cd / && runuser -u postgres -- psql -qtA clinic -c 'SELECT count(*) FROM {table}'"
            )
        )

    def back_up(self):
        said = self.machine.do("clinicctl backup")
        assert "Proven by restoring it" in said, said
        assert '"last_proven_restore": "' in self.machine.do("clinicctl status")
        return said.strip().splitlines()[-1]

    def kill_worker(self):
        pid = "systemctl show -p MainPID --value clinic-worker"
        before = self.machine.do(pid)
        self.machine.do(f"kill -9 $({pid})")
        began = time.monotonic()
        while self.machine.do(pid) in (before, "0\n"):
            time.sleep(0.2)
        killed = time.monotonic() - began
        self.machine.do("systemctl restart postgresql")
        self.machine.do(
            "for i in $(seq 60); do clinicctl manage doctor worker database >/dev/null 2>&1 && exit; sleep 1;"
            " done; exit 1"
        )
        return f"back after {killed:.1f} s; after the database's restart too"

    def under_load(self, work):
        result = {}
        with self.machine.load(result):
            time.sleep(3)
            said = work()
            time.sleep(3)
        assert result["failed"] == [], result
        assert result["answered"] > 50, result
        self.said = said
        return f"{result['answered']} answers, 0 failed; {result['statuses']}"

    def current(self):
        return self.machine.do("basename $(readlink -f /opt/clinic/current)").partition("-")[0]

    def upgrade(self):
        self.machine.put_release("next", "1.1")
        said = self.under_load(lambda: self.machine.do("clinicctl upgrade /root/next"))
        assert self.current() == "1.1", self.said
        return said

    def stays(self, folder):
        done = self.machine.do(f"clinicctl upgrade /root/{folder}; echo ended with $?", check=False)
        assert "ended with 1" in done, done
        assert "the old one still runs" in done, done
        assert self.current() == "1.1"

    def upgrade_to_broken(self):
        self.machine.put_release("broken", "1.2", ("clinic/wsgi.py", "\nthis is not Python\n"))
        return self.under_load(lambda: self.stays("broken"))

    def upgrade_to_failing(self):
        fails = "\n\ndef fail(request):\n    raise RuntimeError\n"
        fails += "\n\nurlpatterns.insert(0, path('readyz', fail))\n"
        self.machine.put_release("failing", "1.3", ("clinic/urls.py", fails))
        return self.under_load(lambda: self.stays("failing"))

    def roll_back(self):
        said = self.under_load(lambda: self.machine.do("clinicctl rollback"))
        assert self.current() == "1.0", self.said
        return said

    def rotate_keys(self):
        said = self.under_load(lambda: self.machine.do("clinicctl rotate-keys"))
        assert "sealed anew" in self.said or "encrypted" in self.said, self.said
        assert self.machine.do("clinicctl manage doctor readable_messages").startswith("ok")
        return said

    def restore(self):
        newest = self.machine.do("ls /var/backups/clinic/*.age | sed -n 2p").strip()
        before = self.count("inquiries_inquiry")
        said = self.machine.do(f"clinicctl restore {newest}")
        assert "The site runs with the restored database" in said, said
        assert (
            self.machine.do("clinicctl manage doctor readable_messages database_role worker").count("ok ")
            == 3
        )
        return f"{self.count('inquiries_inquiry')} inquiry of then, {before} before it"


SEND = f"""
curl -sS -i https://{HOST}/contact/ -H 'Sec-Fetch-Site: same-origin' -H 'Origin: https://{HOST}' \\
  --data-urlencode topic=condition --data-urlencode 'message=My back has hurt since Sunday.' \\
  --data-urlencode asker=patient --data-urlencode 'name=Maria Example' \\
  --data-urlencode 'phone=(202) 555-0143' --data-urlencode preferred_contact=phone \\
  --data-urlencode best_time= --data-urlencode email= -o - | head -30
"""

if __name__ == "__main__":
    if os.geteuid():
        sys.exit("The rehearsal boots a machine of its own: run it as root.")
    WORK.mkdir(parents=True, exist_ok=True)
    Rehearsal().run()
