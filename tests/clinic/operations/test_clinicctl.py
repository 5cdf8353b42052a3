"""clinicctl says in one sentence what is wrong, and leaves everything as it was; `make rehearse` runs it."""

import re
import subprocess
from pathlib import Path

import pytest

CLINICCTL = Path(__file__).resolve().parents[3] / "deploy" / "clinicctl"
STAYS = "Nothing has changed: the old one still runs."
# Whatever would change the server says so, and fails.
STUBS = "systemctl() { say CHANGED; exit 1; }; install_packages() { systemctl; }; migrate() { systemctl; }"
FOLDERS = ["opt/releases", "opt/slots", "etc", "backups"]


@pytest.fixture
def server(tmp_path):
    """The folders of a server, with the source that it was installed from: a clone without any tag."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", tmp_path / "clone"], check=True)
    (tmp_path / "etc/source").write_text(str(tmp_path / "clone"))
    (tmp_path / "etc/site.env").touch()
    (tmp_path / "plain").mkdir()
    (tmp_path / "release").mkdir()
    for file in ["manage.py", "pyproject.toml"]:
        (tmp_path / "release" / file).touch()
    (tmp_path / "half.tar.gz").write_bytes(b"\x1f\x8b not the rest")
    return tmp_path


def refused(server, command, stubs=""):
    """What the command says last, when it ends with 1 and has changed nothing."""
    names = f"ETC={server}/etc OPT={server}/opt BACKUPS={server}/backups TMPDIR={server}"
    script = CLINICCTL.read_text().removesuffix('main "$@"\n') + f"{names}; {STUBS}; {stubs}\n"
    script += f"trap finish EXIT; trap failed ERR; cd {server}; {command}"
    before = files(server)
    done = subprocess.run(
        ["bash", "-c", script, CLINICCTL], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert (done.returncode, "CHANGED" in done.stdout) == (1, False), done
    assert files(server) == before
    assert done.stderr.count("clinicctl: ") == 1, done.stderr
    return done.stderr.splitlines()[-1]


def files(server):
    return [sorted((server / folder).rglob("*")) for folder in FOLDERS]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("v9", "There is no version v9 in {server}/clone."),
        ("half.tar.gz", "half.tar.gz cannot be unpacked: tar: This does not look like a tar archive."),
        ("plain", "plain isn't a release: it has no manage.py."),
    ],
)
def test_an_upgrade_to_what_is_no_version(server, version, sentence):
    sentence = sentence.format(server=server)
    assert refused(server, f"upgrade {version}") == f"clinicctl: {sentence} {STAYS}"


def test_an_upgrade_to_a_tag_where_there_is_no_clone(server):
    (server / "etc/source").write_text(str(server / "plain"))
    assert refused(server, "upgrade v9").startswith(
        "clinicctl: There is no version v9: no such folder or file"
    )


@pytest.mark.parametrize(
    ("full", "sentence"),
    [
        (r"df() { printf 'Avail\n1000\n'; }", "Less than 1.5 GB are free in {server}/opt."),
        # While it's unpacked: tar would say so of each file.
        (
            "tar() { [ $3 = -xf ] && say 'a: No space left on device' && say 'b: No space' && return 2; }",
            "release cannot be unpacked: a: No space left on device.",
        ),
        # While packages are installed: what it has unpacked until then makes room again.
        (
            "gently() { say 'No space left on device' >&2; return 1; }",
            "This step failed, for the reason above.",
        ),
    ],
)
def test_an_upgrade_on_a_disk_that_is_or_becomes_full(server, full, sentence):
    said = refused(server, "upgrade release", full)
    assert said == f"clinicctl: {sentence.format(server=server)} {STAYS}"


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        *[
            (place, "the site can't see folders below /home, /root, /tmp and /var/tmp.")
            for place in ["/home/it/backups", "/var/tmp/backups"]  # noqa: S108 nothing is written there
        ],
        ("/mnt/nas", "/mnt/nas must be there, and belong to the user clinic: chown clinic: /mnt/nas."),
    ],
)
def test_a_second_place_for_backups_that_the_site_cannot_write_to(server, place, sentence):
    (server / "etc/site.env").write_text(f"BACKUP_COPY_TO='{place}'\n")
    said = refused(server, "apply", "runuser() { return 1; }")
    assert said == f"clinicctl: BACKUP_COPY_TO: {sentence} Nothing has changed."


@pytest.mark.parametrize("mistake", ["EMAIL_URL='smtp://x", "EMAIL_URL=smtp://me:a b@host"])
def test_settings_with_a_mistake(server, mistake):
    (server / "etc/site.env").write_text(f"BASE_URL='x'\n{mistake}\n")
    said = refused(server, "check_settings")
    assert said.startswith(f"clinicctl: Nothing was done. There's a mistake in {server}/etc/site.env: line")


def test_a_certificate_that_cannot_be_had_leaves_the_former_one_in_use(server):
    (server / "etc/host").write_text("www.clinic.example")
    (server / "etc/site.env").write_text("ALERT_EMAIL='it@clinic.example'\n")
    (server / "nginx.conf").touch()
    stubs = "NGINX=nginx.conf; certbot() { return 1; }; switch_nginx() { say CHANGED; }"
    assert "No certificate for www.clinic.example" in refused(server, "fetch_certificate", stubs)


def test_an_interrupted_installation_is_not_taken_for_a_whole_one(server):
    (server / "etc/site.env").write_text("BACKUP_KEY='a key'\n")
    stubs = "make_release() { RELEASE=$OPT/releases/1; }; migrate() { return 1; }"
    assert refused(server, "install_release", stubs).startswith("clinicctl: This step failed")


def test_a_restore_of_no_file(server):
    assert refused(server, "restore nothing.tar.age") == "clinicctl: There is no file nothing.tar.age."


def test_a_restore_of_a_file_that_cannot_be_restored(server):
    """Truncated, or made with another key, by what `manage.py restore --check` says: test_backups.py."""
    checked = "chown() { :; }; manage_as_owner() { [ $3 = --check ] || say CHANGED; return 1; }"
    said = refused(server, "restore half.tar.gz", checked)
    assert said == "clinicctl: Nothing was restored; the site goes on."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("www.clinic.example", "the administrator's email address"),
        ("https://www.clinic.example it@clinic.example", "isn't a host name"),
        ("www.clinic.example it", "it isn't an email address"),
        ("www.clinic.example it@clinic.example --certificate a b", "two files that exist"),
    ],
)
def test_an_installation_with_wrong_arguments(server, arguments, sentence):
    assert sentence in refused(server, f"install {arguments}")


def test_it_explains_itself():
    said = subprocess.run([CLINICCTL], capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^clinicctl ([a-z-]+)", said, re.MULTILINE))
    known = re.search(r"^    install \| (.+)\) ;;$", CLINICCTL.read_text(), re.MULTILINE)[1]
    assert listed == {"install", *known.split(" | ")}


def test_an_unknown_command():
    done = subprocess.run([CLINICCTL, "nonsense"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("clinicctl: There is no command nonsense.\n")
