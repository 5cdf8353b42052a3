"""The rehearsal (`make rehearse`): docs/operations.md followed on an empty Debian, from install to roll-back.

It needs root, debootstrap and systemd-container. Each step is timed, and its effect checked. Exit code 0 only
if all holds. `SUITE=trixie` takes Debian 13; `--keep` leaves the machine running.
"""

import os
import re
import shlex
import sys
import time

from bench.paths import ROOT
from bench.rehearsal.machine import HOST, PYTHON, Machine


class Rehearsal:
    def __init__(self, suite):
        self.suite = suite
        self.rows = []
        self.machine = None
        self.first_look = ""  # the hash of the access log's first entry

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
            ("a second place for backups, as the timer makes them", self.use_second_place),
            ("a proven backup", self.back_up),
            ("the worker is killed, and the database restarted", self.kill_worker),
            ("what goes wrong changes nothing", self.go_wrong),
            ("upgrade under load", self.upgrade),
            ("upgrade to a version that can't be imported", self.upgrade_to_broken),
            ("upgrade to a version that can't serve", self.upgrade_to_failing),
            ("roll back under load", self.roll_back),
            ("rotate keys under load", self.rotate_keys),
            ("upgrade with a pause, which has no way back", self.upgrade_with_a_pause),
            ("restore the backup", self.restore),
        ]
        try:
            for name, work in steps:
                self.step(name, work)
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
        self.said = self.machine.do(f"{command} --certificate /root/cert.pem /root/key.pem")
        assert "Proven by restoring it" in self.said, self.said
        for title in ("HTTPS", "Proxy headers", "Database role", "Worker", "Backups are proven"):
            assert re.search(f"^ok +{title}$", self.said, re.MULTILINE), self.said

    def state(self):
        files = "find /etc/clinic /etc/nginx/conf.d /etc/systemd/system -type f -exec sha256sum {} + | sort"
        processes = "systemctl show -p MainPID clinic-web@8000 clinic-worker nginx postgresql@*-main"
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
        self.machine.do(f"clinicctl manage shell -v 0 -c {shlex.quote(LOOK)}")
        self.look_at_access_log()
        return re.search(r"location: (\S+)", said, re.IGNORECASE)[1].rsplit("/", 2)[0]

    def query(self, sql):
        return self.machine.do(f"cd / && runuser -u postgres -- psql -qtA clinic -c '{sql}'").strip()

    def count(self, table):
        return int(self.query(f"SELECT count(*) FROM {table}"))

    def look_at_access_log(self):
        """The log is whole, and still holds the first look at the first inquiry."""
        hashes = "SELECT hash FROM inquiries_accessentry WHERE position = 1"
        self.first_look = self.first_look or self.query(hashes)
        said = self.machine.do(f"clinicctl manage verify_audit --head {self.first_look}")
        assert "The access log is whole" in said, said

    def use_second_place(self):
        self.machine.do("echo BACKUP_COPY_TO=/srv/second >>/etc/clinic/site.env")
        self.refused("apply", "/srv/second must be there, and belong to the user clinic")
        self.machine.do("install -d -o clinic /srv/second; clinicctl apply && systemctl start clinic-backup")
        assert len(self.machine.do("ls /srv/second/*.age").split()) == 1
        writable = self.machine.do("systemctl show -p ReadWritePaths clinic-web@8010 clinic-worker")
        assert writable.count("/srv/second") == 2, writable  # erasures are noted there, too

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

    def go_wrong(self):
        before = self.state()
        self.refused("nonsense", "There is no command nonsense", code=2)
        self.refused("upgrade v9", "There is no version v9")
        self.machine.do(BAD_ARCHIVES)
        self.refused("restore /root/none.age", "There is no file /root/none.age")
        self.refused("restore /root/cut.age", "Nothing was restored; the site goes on")
        self.refused("restore /root/other.age", "other.age cannot be decrypted with BACKUP_KEY")
        self.machine.do("mount -t tmpfs -o size=200k,mode=1777 tmpfs /var/backups/clinic")
        self.refused("backup", "No space left on device")
        self.machine.do("umount /var/backups/clinic")
        assert self.state() == before

    def under_load(self, work):
        result = {}
        with self.machine.load(result):
            time.sleep(3)
            said = work()
            time.sleep(3)
        assert result["failed"] == [], result
        assert result["answered"] > 50, result
        self.said = said
        return f"{result['answered']} answers, 0 failed; {result['statuses']}; slowest {result['slowest']} s"

    def current(self):
        return self.machine.do("basename $(readlink -f /opt/clinic/current)").partition("-")[0]

    def upgrade(self):
        self.machine.put_release("next", "1.1")
        said = self.under_load(lambda: self.machine.do("clinicctl upgrade /root/next"))
        assert self.current() == "1.1", self.said
        self.look_at_access_log()
        return said

    def refused(self, command, sentence, code=1):
        done = self.machine.do(f"clinicctl {command}; echo ended with $?", check=False)
        assert f"ended with {code}\n" in done, done
        assert sentence in done, done

    def stays(self, folder):
        self.refused(f"upgrade /root/{folder}", "the old one still runs")
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
        self.look_at_access_log()
        return said

    def rotate_keys(self):
        said = self.under_load(lambda: self.machine.do("clinicctl rotate-keys"))
        assert "sealed anew" in self.said or "encrypted" in self.said, self.said
        assert self.machine.do("clinicctl manage doctor readable_messages").startswith("ok")
        return said

    def upgrade_with_a_pause(self):
        """To a version that takes something away from the one before."""
        newest = max(file.stem for file in (ROOT / "clinic/migrations").glob("0*.py"))
        self.machine.put_release("contracting", "2.0", ("clinic/migrations/9999_away.py", AWAY % newest))
        self.refused("upgrade /root/contracting", "The old version can't run with these migrations")
        assert self.current() == "1.0"
        self.machine.do("clinicctl upgrade --with-a-pause /root/contracting")
        assert self.current() == "2.0"
        self.refused("rollback", "There is no version to go back to")
        self.machine.do("curl -fsS https://www.clinic.example/ >/dev/null")

    def restore(self):
        newest = self.machine.do("ls /var/backups/clinic/*.age | sed -n 2p").strip()
        before = self.count("inquiries_inquiry")
        self.machine.do(FETCHED)
        said = self.machine.do(f"clinicctl restore {newest}")
        assert "The site runs with the restored database" in said, said
        found = self.machine.do("clinicctl manage doctor readable_messages database_role worker")
        assert found.count("ok ") == 3, found
        self.look_at_access_log()
        return f"{self.count('inquiries_inquiry')} inquiry of then, {before} before it"


BAD_ARCHIVES = """
head -c 1000 "$(ls /var/backups/clinic/*.age | tail -1)" >/root/cut.age
/opt/clinic/current/.venv/bin/python -c '
import pyrage
key = pyrage.x25519.Identity.generate().to_public()
open("/root/other.age", "wb").write(pyrage.encrypt(b"not ours", [key]))'
"""
# The journal of erasures, as root fetches it from the second place.
FETCHED = """
cd /var/backups/clinic/erasures
echo '{"kind": "inquiry", "at": "2099-01-01T00:00:00+00:00", "uuids": []}' >x.json
chown -R root: .
chmod -R go-rwx .
"""
LOOK = """
from django.contrib.auth.models import User
from inquiries.models import AccessEntry, Inquiry
AccessEntry.objects.record("viewed", User.objects.first(), [Inquiry.objects.get().pk])
"""
AWAY = """
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "%s")]
    operations = [migrations.RunSQL("ALTER TABLE IF EXISTS of_old DROP COLUMN IF EXISTS of_old")]
"""
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
    suite = next((word for word in sys.argv[1:] if not word.startswith("-")), "bookworm")
    if suite not in PYTHON:
        sys.exit(f"{suite}: this is for {' and '.join(PYTHON)}.")
    Rehearsal(suite).run()
