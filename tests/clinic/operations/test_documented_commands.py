"""Commands, options and files mentioned in the docs and the container files exist."""

import re
import subprocess
import sys
from pathlib import Path

import yaml
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[3]
CLINICCTL = (ROOT / "deploy/clinicctl").read_text()
DOCUMENTS = ["README.md", "docs/operations.md", "docs/scaling.md", "docs/settings.md", "docs/security.md"]
FILES = [*DOCUMENTS, "Dockerfile", "compose.yaml", "deploy/clinicctl"]
FILES += [f"deploy/systemd/{unit.name}" for unit in (ROOT / "deploy/systemd").iterdir()]
MANAGE = re.compile(
    r"(?:clinicctl manage|manage\.py|^manage(?:_as_owner \S+)?) ([a-z_]+)((?: --?[a-z][\w-]*)*)", re.M
)
FILE = re.compile(r"(?<![\w/.])((?:deploy|docs|bench)/[\w./@-]*\w)")


def test_every_mentioned_management_command_and_option_exists():
    for file in FILES:
        for name, options in MANAGE.findall((ROOT / file).read_text()):
            assert name in get_commands(), f"{file}: manage.py {name}"
            parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
            unknown = [option for option in options.split() if option not in parser._option_string_actions]
            assert unknown == [], f"{file}: manage.py {name} {unknown}"


def test_every_mentioned_clinicctl_command_make_target_and_file_exists():
    commands = re.search(r"^    (install \| .+)\) ;;$", CLINICCTL, re.MULTILINE)[1].split(" | ")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for file in DOCUMENTS:
        text = (ROOT / file).read_text()
        assert set(re.findall(r"(?<!/)\bclinicctl ([a-z-]+)", text)) <= {*commands}, file
        assert set(re.findall(r"`make ([a-z]+)", text)) <= {*targets}, file
        assert [path for path in FILE.findall(text) if not (ROOT / path).exists()] == [], file


def test_units_and_containers_start_granian_and_the_worker_with_the_same_options():
    unit, image = (ROOT / "deploy/systemd/clinic-web@.service").read_text(), (ROOT / "Dockerfile").read_text()
    granian = subprocess.run(
        [Path(sys.executable).parent / "granian", "--help"], capture_output=True, text=True
    )
    for text in (unit, image):
        options = re.findall(r"--[a-z-]+", text[text.index("granian") :])
        assert "--respawn-failed-workers" in options
        assert [option for option in options if option not in granian.stdout] == []
    worker = (ROOT / "deploy/systemd/clinic-worker.service").read_text()
    command = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["worker"]["command"]
    assert " ".join(command[1:4]) in worker
    assert all(option in worker for option in command if option.startswith("--"))


def test_the_images_health_check_uses_the_clinics_host(site_server, settings):
    settings.ALLOWED_HOSTS = ["www.clinic.example"]
    code = re.search(r'CMD \["python", "-c", "(.+?)"\]', (ROOT / "Dockerfile").read_text(), re.DOTALL)[1]
    code = (
        code.replace("\\\n", "")
        .replace("timeout=4", "timeout=60")
        .replace("http://127.0.0.1:8000", site_server.url)
    )
    for url, status in [("https://www.clinic.example", 0), ("https://other.example", 1)]:
        result = subprocess.run([sys.executable, "-c", code], env={"BASE_URL": url}, capture_output=True)
        assert result.returncode == status, result.stderr


def test_files_that_the_image_copies_exist_and_arent_ignored():
    ignored = (ROOT / ".dockerignore").read_text().split()
    needed = re.findall(r"^COPY (?!--from)(\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    needed += FILE.findall((ROOT / "compose.yaml").read_text())
    assert {"requirements.txt", "deploy/postgresql/roles.sql"} <= {*needed}
    assert [path for path in needed if not (ROOT / path).exists() or path.split("/")[0] in ignored] == []
