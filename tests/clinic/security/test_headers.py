"""Every answer says what a browser may do with it."""

import os
import re
import runpy
from pathlib import Path
from unittest import mock

import pytest
import wagtail
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client, override_settings
from django.urls import is_valid_path, reverse
from wagtail.images.widgets import AdminImageChooser

from clinic.security import inline_assets
from clinic.security.csp import ADMIN, PUBLIC, ContentSecurity
from tests.support.processes import ROOT

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


def test_public_pages_allow_only_what_they_use(client, facts_read_once):
    for path in ["/", "/education/kyphoplasty/", "/contact/", "/search/?q=x", "/gone/", "/sitemap.xml"]:
        found = policy(client.get(path))
        assert found["default-src"] == {"'none'"}
        assert found["script-src"] == {"'self'", inline_assets.SCRIPT.hash}
        sheet = inline_assets.ARTICLE_STYLE if "kyphoplasty" in path else inline_assets.STYLE
        assert found["style-src"] == {"'self'", sheet.hash}, path
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
    client = as_user(manager)
    first = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    second = client.get(reverse("wagtailadmin_home"))
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
    request = rf.get("/admin/")
    ContentSecurity(HttpResponse).process_request(request)
    html = AdminImageChooser().render("image", None, {"id": "x"})
    assert html.count(f'<script nonce="{request.csp_nonce}">') == 1
    assert "<script>" not in html


def test_nothing_else_may_use_our_pages_or_be_used_by_them(client):
    for path in ["/", "/contact/", "/sign-in/", "/static/css/admin.css"]:
        response = client.get(path)
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in response["Permissions-Policy"]


RAISED = {"HSTS_SECONDS": "31536000", "HSTS_INCLUDE_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}


def production(**more):
    """What the settings are with a server's variables."""
    with mock.patch.dict(os.environ, PRODUCTION | more, clear=True):
        return runpy.run_path(str(ROOT / "clinic" / "settings.py"))


def test_django_serves_no_uploaded_picture_and_its_check_of_a_deployment_has_nothing_to_say(capsys):
    """Once HSTS is raised."""
    theirs = production(**RAISED)
    names = [name for name in theirs if name.startswith(("SECURE_", "SESSION_", "CSRF_"))]
    names += ["ALLOWED_HOSTS", "DEBUG", "MIDDLEWARE", "SECRET_KEY", "SERVE_IMAGES"]
    with override_settings(**{name: theirs[name] for name in names}):
        answer = Client().get("/robots.txt", secure=True, headers={"host": "www.clinic.example"})
        patterns = tuple(runpy.run_path(str(ROOT / "clinic" / "urls.py"))["urlpatterns"])
        with mock.patch.dict(os.environ):
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]  # tests.settings
            call_command("check", deploy=True, fail_level="WARNING")
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    addresses = ["/contact/", "/media/images/x.png"]
    assert [bool(is_valid_path(address, patterns)) for address in addresses] == [True, False]
    assert "0 silenced" in capsys.readouterr().out


def test_over_https_cookies_are_of_this_host_alone_and_our_nginx_knows_the_staffs():
    """And browsers insist on HTTPS for an hour, on this host alone."""
    names = [
        f"{kind}_COOKIE_{what}"
        for kind in ["SESSION", "CSRF"]
        for what in ["NAME", "SECURE", "DOMAIN", "PATH"]
    ]
    names += [f"SECURE_HSTS_{what}" for what in ["SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD"]]
    session, csrf = "__Host-sessionid", "__Host-csrftoken"
    kept = [session, True, "-", "-", csrf, True, "-", "-", 3600, False, False]
    theirs = production()
    assert [theirs.get(name, "-") for name in names] == kept
    assert f"{session}=" in (ROOT / "deploy/nginx/clinic.conf").read_text()
