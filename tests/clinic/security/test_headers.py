"""Every answer says what a browser may do with it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import wagtail
from django.template.loader import get_template
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from clinic.security import inline_assets
from clinic.security.csp import ADMIN, PUBLIC
from tests.support.processes import ROOT, environment

pytestmark = pytest.mark.django_db
PRODUCTION = {
    "DATABASE_URL": "postgres://clinic@database/clinic",
    "SECRET_KEY": "mX3-nine-and-fifty-characters-that-nobody-has-guessed-before-0",
    "BASE_URL": "https://www.clinic.example",
    "EMAIL_URL": "smtp://localhost:25",
    "ALLOWED_HOSTS": "www.clinic.example",
    "FIELD_KEYS": "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
}


def policy(response):
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize(
    "path", ["/", "/education/kyphoplasty/", "/contact/", "/search/?q=x", "/gone/", "/sitemap.xml"]
)
def test_public_pages_allow_only_what_they_use(client, path):
    found = policy(client.get(path))
    assert found["default-src"] == {"'none'"}
    assert found["script-src"] == {"'self'", inline_assets.SCRIPT.hash}
    sheet = inline_assets.ARTICLE_STYLE if "kyphoplasty" in path else inline_assets.STYLE
    assert found["style-src"] == {"'self'", sheet.hash}
    assert found["img-src"] == {"'self'"}
    assert set(found) == set(PUBLIC)
    assert "unsafe" not in str(found)


def test_refusals_carry_the_security_headers(client, answers):
    for response in [
        client.post("/contact/", {}),
        client.post("/contact/", answers, headers={"sec-fetch-site": "cross-site"}),
        client.post("/contact/", b"x" * 3_000_000, content_type="text/plain"),
        client.get("/", headers={"host": "other.example"}),
    ]:
        assert policy(response)["default-src"] == {"'none'"}, response.status_code


def test_the_admin_runs_no_script_without_a_nonce(as_user, manager, article):
    first = as_user(manager).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    second = as_user(manager).get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    nonces = [policy(page)["script-src"] - {"'self'", inline_assets.SCRIPT.hash} for page in (first, second)]
    assert nonces[0] != nonces[1]
    (nonce,) = nonces[0]
    assert set(re.findall(r'<script nonce="([^"]*)"', first.content.decode())) == {nonce[7:-1]}
    assert "<script>" not in first.content.decode()
    assert set(policy(first)) == set(ADMIN)


def test_every_inline_script_of_the_installed_wagtail_gets_its_nonce():
    folder = Path(wagtail.__file__).parent
    left_out = {"wagtailsearchpromotions"}  # not installed here
    for file in folder.rglob("templates/**/*.html"):
        name = str(file).partition("/templates/")[2]
        if name.split("/")[0] in left_out or "project_template" in str(file) or "/test/" in str(file):
            continue
        if re.search(r"<script(?![^>]*(src=|application/json))", file.read_text()):
            source = get_template(name).template.source
            assert not re.search(r"<script(?![^>]*src=)", source), name


def test_a_choosers_script_gets_its_nonce_too(rf):
    html = AdminImageChooser().render("image", None, {"id": "x"})
    assert html.count("<script nonce=") == 1
    assert "<script>" not in html
    assert get_image_model()


@pytest.mark.parametrize("path", ["/", "/contact/", "/sign-in/", "/static/css/admin.css"])
def test_nothing_else_may_use_our_pages_or_be_used_by_them(client, path):
    response = client.get(path)
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]


RAISED = {"HSTS_SECONDS": "31536000", "HSTS_INCLUDE_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}


def production(code, **more):
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment("PATH", "HOME", **PRODUCTION, **more),
        capture_output=True,
        text=True,
        check=False,
    )


SCRIPT = """
import os; os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings"
import django; django.setup()
from django.core.management import call_command
from django.test import Client
from django.urls import is_valid_path
answer = Client().get("/robots.txt", secure=True, headers={"host": "www.clinic.example"})
print(answer.headers.get("Strict-Transport-Security"))
print([bool(is_valid_path(path)) for path in ["/contact/", "/media/images/x.png"]])
call_command("check", deploy=True, fail_level="WARNING")
"""


def test_django_serves_no_uploaded_picture_and_its_check_of_a_deployment_has_nothing_to_say():
    """Once HSTS is raised."""
    result = production(SCRIPT, **RAISED)
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("max-age=31536000; includeSubDomains; preload\n[True, False]\n")
    assert "0 silenced" in result.stdout


def test_over_https_cookies_are_of_this_host_alone_and_our_nginx_knows_the_staffs():
    """And browsers insist on HTTPS for an hour, on this host alone."""
    names = [
        f"{kind}_COOKIE_{what}"
        for kind in ["SESSION", "CSRF"]
        for what in ["NAME", "SECURE", "DOMAIN", "PATH"]
    ]
    names += [f"SECURE_HSTS_{what}" for what in ["SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD"]]
    result = production(f"from clinic import settings as s; print([getattr(s, n, '-') for n in {names}])")
    session, csrf = "__Host-sessionid", "__Host-csrftoken"
    kept = [session, True, "-", "-", csrf, True, "-", "-", 3600, False, False]
    assert result.stdout.strip() == str(kept), result.stderr
    assert f"{session}=" in (ROOT / "deploy/nginx/clinic.conf").read_text()
