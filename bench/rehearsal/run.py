"""The rehearsal (`make rehearse`): follows docs/operations.md on a minimal Debian, from install to restore.

Needs root, debootstrap and systemd-container. Times and checks each step. Exits with 0 only if all succeed.
`SUITE=trixie` uses Debian 13. `--keep` leaves the machine running.
"""

import os
import re
import shlex
import sys
import time

from bench.paths import ROOT
from bench.rehearsal.machine import HOST, PYTHON_VERSIONS, Machine


class Rehearsal:
    def __init__(self, suite):
        self.suite = suite
        self.rows = []
        self.machine = None
        self.first_log_hash = ""  # of the access log's first entry

    def run_step(self, name, step):
        started = time.monotonic()
        note = step() or ""
        self.rows.append(f"{name:<52} {time.monotonic() - started:6.1f} s  {note}")
        print(self.rows[-1], flush=True)

    def run(self):
        steps = [
            ("boot a minimal Debian", self.boot),
            ("clinicctl install", self.install),
            ("a second install changes nothing", self.install_again),
            ("sandbox of the web server", self.check_sandbox),
            ("an inquiry over HTTPS", self.send_an_inquiry),
            ("a second location for backups, used by the timer", self.use_second_location),
            ("a proven backup", self.back_up),
            ("the worker is killed, and the database restarted", self.kill_worker),
            ("failing commands change nothing", self.run_failing_commands),
            ("upgrade under load", self.upgrade),
            ("upgrade to a version that can't be imported", self.upgrade_to_broken),
            ("upgrade to a version that can't serve", self.upgrade_to_failing),
            ("roll back under load", self.roll_back),
            ("rotate keys under load", self.rotate_keys),
            ("upgrade with a pause, which can't be rolled back", self.upgrade_with_a_pause),
            ("restore the backup", self.restore),
        ]
        try:
            for name, step in steps:
                self.run_step(name, step)
        finally:
            if self.machine and "--keep" not in sys.argv:
                self.machine.stop()

    def boot(self):
        self.machine = Machine(self.suite)
        self.machine.boot()
        self.machine.put_release("clinic", "1.0")
        version = self.machine.do("cat /etc/debian_version; ls /root").split()[0]
        assert not self.machine.do("command -v psql nginx || true").strip()
        return f"Debian {version}"

    def install(self):
        command = f"cd clinic && deploy/clinicctl install {HOST} it@clinic.example"
        self.output = self.machine.do(f"{command} --certificate /root/cert.pem /root/key.pem")
        assert "Proven by restoring it" in self.output, self.output
        for title in ("HTTPS", "Proxy headers", "Database role", "Worker", "Backups are proven"):
            assert re.search(f"^ok +{title}$", self.output, re.MULTILINE), self.output

    def state(self):
        files = "find /etc/clinic /etc/nginx/conf.d /etc/systemd/system -type f -exec sha256sum {} + | sort"
        processes = "systemctl show -p MainPID clinic-web@8000 clinic-worker nginx postgresql@*-main"
        return self.machine.do(f"{files}; {processes}; ls /opt/clinic/releases /var/backups/clinic")

    def install_again(self):
        before = self.state()
        self.machine.do(f"cd clinic && deploy/clinicctl install {HOST} it@clinic.example")
        assert self.state() == before

    def check_sandbox(self):
        exposure = self.machine.do("systemd-analyze security --no-pager clinic-web@8000 | tail -1")
        assert self.machine.do("stat -c %a:%U /etc/clinic/site.env").strip() == "600:root"
        return exposure.strip().lstrip("→ ")

    def send_an_inquiry(self):
        output = self.machine.do(SEND_INQUIRY)
        assert "HTTP/2 302" in output or "HTTP/1.1 302" in output, output
        assert self.count("inquiries_inquiry") == 1
        self.machine.do(f"clinicctl manage shell -v 0 -c {shlex.quote(VIEW_INQUIRY)}")
        self.check_access_log()
        return re.search(r"location: (\S+)", output, re.IGNORECASE)[1].rsplit("/", 2)[0]

    def query(self, sql):
        return self.machine.do(f"cd / && runuser -u postgres -- psql -qtA clinic -c '{sql}'").strip()

    def count(self, table):
        return int(self.query(f"SELECT count(*) FROM {table}"))

    def check_access_log(self):
        """Check that the log is intact and still has its first entry."""
        hashes = "SELECT hash FROM inquiries_accessentry WHERE position = 1"
        self.first_log_hash = self.first_log_hash or self.query(hashes)
        output = self.machine.do(f"clinicctl manage verify_audit --head {self.first_log_hash}")
        assert "The access log is intact" in output, output

    def use_second_location(self):
        self.machine.do("echo BACKUP_COPY_TO=/srv/second >>/etc/clinic/site.env")
        self.assert_refused("apply", "/srv/second must exist and be owned by the user clinic")
        self.machine.do("install -d -o clinic /srv/second; clinicctl apply && systemctl start clinic-backup")
        assert len(self.machine.do("ls /srv/second/*.age").split()) == 1
        writable = self.machine.do("systemctl show -p ReadWritePaths clinic-web@8010 clinic-worker")
        assert writable.count("/srv/second") == 2, writable  # erasures are logged there, too

    def back_up(self):
        output = self.machine.do("clinicctl backup")
        assert "Proven by restoring it" in output, output
        assert '"last_proven_restore": "' in self.machine.do("clinicctl status")
        return output.strip().splitlines()[-1]

    def kill_worker(self):
        pid = "systemctl show -p MainPID --value clinic-worker"
        before = self.machine.do(pid)
        self.machine.do(f"kill -9 $({pid})")
        started = time.monotonic()
        while self.machine.do(pid) in (before, "0\n"):
            time.sleep(0.2)
        restart_time = time.monotonic() - started
        self.machine.do("systemctl restart postgresql")
        self.machine.do(
            "for i in $(seq 60); do clinicctl manage doctor worker database >/dev/null 2>&1 && exit; sleep 1;"
            " done; exit 1"
        )
        return f"back after {restart_time:.1f} s, also after the database restart"

    def run_failing_commands(self):
        before = self.state()
        self.assert_refused("nonsense", "There is no command nonsense", code=2)
        self.assert_refused("upgrade v9", "There is no version v9")
        self.machine.do(CREATE_BAD_ARCHIVES)
        self.assert_refused("restore /root/none.age", "There is no file /root/none.age")
        self.assert_refused("restore /root/cut.age", "Nothing was restored. The site is running")
        self.assert_refused("restore /root/other.age", "other.age cannot be decrypted with BACKUP_KEY")
        self.machine.do("mount -t tmpfs tmpfs /srv/second")  # as if the second location weren't mounted
        self.assert_refused(
            'restore "$(ls /var/backups/clinic/*.age | tail -1)"', "it's empty. Is it mounted?"
        )
        self.machine.do("umount /srv/second")
        self.machine.do("mount -t tmpfs -o size=200k,mode=1777 tmpfs /var/backups/clinic")
        self.assert_refused("backup", "No space left on device")
        self.machine.do("umount /var/backups/clinic")
        assert self.state() == before

    def run_under_load(self, action):
        result = {}
        with self.machine.load(result):
            time.sleep(3)
            output = action()
            time.sleep(3)
        assert result["failed"] == [], result
        assert result["responses"] > 50, result
        self.output = output
        return (
            f"{result['responses']} responses, 0 failed; {result['statuses']}; slowest {result['slowest']} s"
        )

    def current_version(self):
        return self.machine.do("basename $(readlink -f /opt/clinic/current)").partition("-")[0]

    def upgrade(self):
        self.machine.put_release("next", "1.1")
        note = self.run_under_load(lambda: self.machine.do("clinicctl upgrade /root/next"))
        assert self.current_version() == "1.1", self.output
        self.check_access_log()
        return note

    def assert_refused(self, command, message, code=1):
        output = self.machine.do(f"clinicctl {command}; echo ended with $?", check=False)
        assert f"ended with {code}\n" in output, output
        assert message in output, output

    def assert_upgrade_fails(self, folder):
        self.assert_refused(f"upgrade /root/{folder}", "The old version is still running")
        assert self.current_version() == "1.1"

    def upgrade_to_broken(self):
        self.machine.put_release("broken", "1.2", ("clinic/wsgi.py", "\nthis is not Python\n"))
        return self.run_under_load(lambda: self.assert_upgrade_fails("broken"))

    def upgrade_to_failing(self):
        failing_view = "\n\ndef fail(request):\n    raise RuntimeError\n"
        failing_view += "\n\nurlpatterns.insert(0, path('readyz', fail))\n"
        self.machine.put_release("failing", "1.3", ("clinic/urls.py", failing_view))
        return self.run_under_load(lambda: self.assert_upgrade_fails("failing"))

    def roll_back(self):
        note = self.run_under_load(lambda: self.machine.do("clinicctl rollback"))
        assert self.current_version() == "1.0", self.output
        self.check_access_log()
        return note

    def rotate_keys(self):
        note = self.run_under_load(lambda: self.machine.do("clinicctl rotate-keys"))
        assert "encrypted" in self.output, self.output
        assert self.machine.do("clinicctl manage doctor readable_messages").startswith("ok")
        return note

    def upgrade_with_a_pause(self):
        """Upgrade to a version with a migration that the old version can't run with."""
        newest = max(file.stem for file in (ROOT / "clinic/migrations").glob("0*.py"))
        self.machine.put_release(
            "contracting", "2.0", ("clinic/migrations/9999_away.py", REMOVING_MIGRATION % newest)
        )
        self.assert_refused("upgrade /root/contracting", "The old version can't run with these migrations")
        assert self.current_version() == "1.0"
        self.machine.do("clinicctl upgrade --with-a-pause /root/contracting")
        assert self.current_version() == "2.0"
        self.assert_refused("rollback", "There is no version to go back to")
        self.machine.do("curl -fsS https://www.clinic.example/ >/dev/null")

    def restore(self):
        newest = self.machine.do("ls /var/backups/clinic/*.age | sed -n 2p").strip()
        before = self.count("inquiries_inquiry")
        self.machine.do(ADD_ERASURE)
        # As on a new server with the keys of the old one: the new database was used with another key.
        self.query("INSERT INTO clinic_keycanary (name, sealed) VALUES ($$new$$, $$$$)")
        self.machine.do(
            "(cd / && runuser -u postgres -- psql -qc 'SELECT pg_sleep(600)' clinic) >/dev/null 2>&1 &"
        )
        output = self.machine.do(f"clinicctl restore {newest}")
        assert "The site runs with the restored database" in output, output
        self.machine.do("clinicctl apply")
        checks = self.machine.do("clinicctl manage doctor readable_messages database_role worker")
        assert checks.count("ok ") == 3, checks
        self.check_access_log()
        return f"{self.count('inquiries_inquiry')} inquiries restored, {before} before"


CREATE_BAD_ARCHIVES = """
head -c 1000 "$(ls /var/backups/clinic/*.age | tail -1)" >/root/cut.age
/opt/clinic/current/.venv/bin/python -c '
import pyrage
key = pyrage.x25519.Identity.generate().to_public()
open("/root/other.age", "wb").write(pyrage.encrypt(b"not ours", [key]))'
"""
# Adds an erasure journal that root copied from the second location.
ADD_ERASURE = """
cd /var/backups/clinic/erasures
echo '{"kind": "inquiry", "at": "2099-01-01T00:00:00+00:00", "uuids": []}' >x.json
chown -R root: .
chmod -R go-rwx .
"""
VIEW_INQUIRY = """
from django.contrib.auth.models import User
from inquiries.models import AccessEntry, Inquiry
AccessEntry.objects.record("viewed", User.objects.first(), [Inquiry.objects.get().pk])
"""
REMOVING_MIGRATION = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "%s")]
    operations = [migrations.RunSQL("ALTER TABLE IF EXISTS of_old DROP COLUMN IF EXISTS of_old")]
"""
SEND_INQUIRY = f"""
curl -sS -i https://{HOST}/contact/ -H 'Sec-Fetch-Site: same-origin' -H 'Origin: https://{HOST}' \\
  --data-urlencode topic=condition --data-urlencode 'message=My back has hurt since Sunday.' \\
  --data-urlencode asker=patient --data-urlencode 'name=Maria Example' \\
  --data-urlencode 'phone=(202) 555-0143' --data-urlencode preferred_contact=phone \\
  --data-urlencode best_time= --data-urlencode email= -o - | head -30
"""

if __name__ == "__main__":
    if os.geteuid():
        sys.exit("Run the rehearsal as root. It boots a machine in a container.")
    suite = next((word for word in sys.argv[1:] if not word.startswith("-")), "bookworm")
    if suite not in PYTHON_VERSIONS:
        sys.exit(f"{suite} is not one of {' and '.join(PYTHON_VERSIONS)}.")
    Rehearsal(suite).run()
