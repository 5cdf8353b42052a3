"""Refused clinicctl commands print one sentence and change nothing. `make rehearse` tests the others."""

import re
import subprocess
from pathlib import Path

import pytest

CLINICCTL = Path(__file__).resolve().parents[3] / "deploy" / "clinicctl"
UNCHANGED = "Nothing has changed. The old version is still running."
# Commands that would change the server report it and fail.
STUBS = "systemctl() { say CHANGED; exit 1; }; install_packages() { systemctl; }; migrate() { systemctl; }"
FOLDERS = ["opt/releases", "opt/slots", "etc", "backups"]


@pytest.fixture
def server(tmp_path):
    """The folders of a server that was installed from a clone without tags."""
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


def run(server, command, stubs=""):
    names = f"ETC={server}/etc OPT={server}/opt BACKUPS={server}/backups TMPDIR={server}"
    script = CLINICCTL.read_text().removesuffix('main "$@"\n') + f"{names}; {STUBS}; {stubs}\n"
    script += f"trap finish EXIT; trap failed ERR; cd {server}; {command}"
    return subprocess.run(
        ["bash", "-c", script, CLINICCTL], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def refusal(server, command, stubs=""):
    """Assert that a command exits with 1 and changes nothing; return its last line."""
    before = files(server)
    result = run(server, command, stubs)
    assert (result.returncode, "CHANGED" in result.stdout) == (1, False), result
    assert files(server) == before
    assert result.stderr.count("clinicctl: ") == 1, result.stderr
    return result.stderr.splitlines()[-1]


def files(server):
    return [sorted((server / folder).rglob("*")) for folder in FOLDERS]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("v9", "There is no version v9 in {server}/clone."),
        ("half.tar.gz", "half.tar.gz can't be unpacked: tar: This does not look like a tar archive."),
        ("plain", "plain isn't a release: it has no manage.py."),
    ],
)
def test_an_upgrade_to_an_invalid_version_is_refused(server, version, sentence):
    sentence = sentence.format(server=server)
    assert refusal(server, f"upgrade {version}") == f"clinicctl: {sentence} {UNCHANGED}"


def test_an_upgrade_to_a_tag_without_a_clone_is_refused(server):
    (server / "etc/source").write_text(str(server / "plain"))
    assert refusal(server, "upgrade v9").startswith(
        "clinicctl: There is no version v9: it isn't a folder or file"
    )


@pytest.mark.parametrize(
    ("stub", "sentence"),
    [
        (
            r"df() { printf 'Avail\n1000\n'; }",
            "Less than 1500 MB are free in {server}/opt. docs/operations.md says what can be deleted.",
        ),
        # While unpacking: tar prints this for each file.
        (
            "tar() { [ $3 = -xf ] && say 'a: No space left on device' && say 'b: No space' && return 2; }",
            "release can't be unpacked: a: No space left on device.",
        ),
        # While installing packages: the unpacked release is removed again.
        (
            "gently() { say 'No space left on device' >&2; return 1; }",
            "This step failed, for the reason above.",
        ),
    ],
)
def test_an_upgrade_on_a_full_disk_is_refused(server, stub, sentence):
    message = refusal(server, "upgrade release", stub)
    assert message == f"clinicctl: {sentence.format(server=server)} {UNCHANGED}"


@pytest.mark.parametrize(
    ("setting", "folder", "sentence"),
    [
        *[
            ("BACKUP_COPY_TO", folder, "the site can't access folders below /home, /root, /tmp and /var/tmp.")
            for folder in ["/home/it/backups", "/var/tmp/backups"]  # noqa: S108 nothing is written there
        ],
        (
            "BACKUP_DIR",
            "/mnt/nas",
            "/mnt/nas must exist and be owned by the user clinic: chown clinic: /mnt/nas.",
        ),
    ],
)
def test_a_folder_for_backups_that_the_site_cant_write_to_is_refused(server, setting, folder, sentence):
    (server / "etc/site.env").write_text(f"{setting}='{folder}'\n")
    message = refusal(server, "apply", "runuser() { return 1; }")
    assert message == f"clinicctl: {setting}: {sentence} Nothing has changed."


def test_settings_that_systemd_and_bash_read_differently_are_refused(server):
    settings, valid = server / "etc/site.env", "# me: a $b\n\nBASE_URL='a $b & #c'\n"
    mistakes = ["='a", "=a b", "=a&b=c", '="a$b"', "='a' # b", "='a'\\''b'", "='a'\r", " ='a'"]
    for line in [*[f"X{mistake}" for mistake in mistakes], " X='a'", "export X='a'"]:
        settings.write_bytes(f"{valid}{line}\nY='b'\n".encode())
        assert f"Line 4 of {settings} must be NAME='value'" in refusal(server, "check_settings")
    settings.write_text(f'{valid}X="a b"\nY=/srv/second \nZ=\n')
    assert run(server, "check_settings").returncode == 0


def test_a_failed_certificate_request_keeps_the_current_certificate(server):
    (server / "etc/host").write_text("www.clinic.example")
    (server / "etc/site.env").write_text("ALERT_EMAIL='it@clinic.example'\n")
    (server / "nginx.conf").write_text("server_name www.clinic.example;\n")
    stubs = "NGINX=nginx.conf; certbot() { return 1; }; switch_nginx() { say CHANGED; }"
    assert "No certificate for www.clinic.example" in refusal(server, "fetch_certificate", stubs)


def test_an_installation_with_another_host_name_corrects_the_settings(server):
    settings, rest = server / "etc/site.env", "ALERT_EMAIL='it@wwww.a.example'\n"
    settings.write_text(
        f"BASE_URL='https://wwww.a.example'\nALLOWED_HOSTS='wwww.a.example,b.example'\n{rest}"
    )
    (server / "etc/certificate").touch()  # for the former name
    assert run(server, "change_host wwww.a.example www.c.example", "systemctl() { :; }").returncode == 0
    new = f"BASE_URL='https://www.c.example'\nALLOWED_HOSTS='www.c.example,b.example'\n{rest}"
    assert settings.read_text() == new
    assert not (server / "etc/certificate").exists()
    assert (server / "etc/host").read_text() == "www.c.example"  # so that a second run changes nothing


def test_an_interrupted_installation_doesnt_count_as_installed(server):
    (server / "etc/site.env").write_text("BACKUP_KEY='a key'\n")
    stubs = "make_release() { RELEASE=$OPT/releases/1; }; migrate() { return 1; }"
    assert refusal(server, "install_release", stubs).startswith("clinicctl: This step failed")


def test_a_restore_of_a_missing_file_is_refused(server):
    assert refusal(server, "restore nothing.tar.age") == "clinicctl: There is no file nothing.tar.age."


def test_a_restore_of_an_invalid_archive_is_refused(server):
    """For invalid archives, see test_backups.py."""
    stubs = "chown() { :; }; manage_as_owner() { [ $3 = --check ] || say CHANGED; return 1; }"
    message = refusal(server, "restore half.tar.gz", stubs)
    assert message == "clinicctl: Nothing was restored. The site is running with its old database."


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("www.clinic.example", "the administrator's email address"),
        ("https://www.clinic.example it@clinic.example", "isn't a host name"),
        ("www.clinic.example it", "it isn't an email address"),
        ("www.clinic.example it@clinic.example --certificate a b", "two files that exist"),
    ],
)
def test_an_installation_with_invalid_arguments_is_refused(server, arguments, sentence):
    assert sentence in refusal(server, f"install {arguments}")


def test_help_lists_every_command():
    text = subprocess.run([CLINICCTL], capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^clinicctl ([a-z-]+)", text, re.MULTILINE))
    known = re.search(r"^    install \| (.+)\) ;;$", CLINICCTL.read_text(), re.MULTILINE)[1]
    assert listed == {"install", *known.split(" | ")}


def test_an_unknown_command_is_refused():
    result = subprocess.run([CLINICCTL, "nonsense"], capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr.startswith("clinicctl: There is no command nonsense.\n")
