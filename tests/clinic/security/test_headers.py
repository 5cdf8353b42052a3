"""Security headers and production settings."""

import base64
import hashlib
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
from clinic.security.csp import ADMIN, ContentSecurity
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


def csp_hash(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(response):
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def test_files_and_error_responses_have_the_csp(client, answers):
    for response in [
        client.get("/sitemap.xml"),
        client.post("/contact/", {}),
        client.post("/contact/", answers, headers={"sec-fetch-site": "cross-site"}),
        client.post("/contact/", b"x" * 3_000_000, content_type="text/plain"),
        client.get("/", headers={"host": "other.example"}),
    ]:
        assert policy(response)["default-src"] == {"'none'"}, response.status_code


def test_inline_scripts_in_the_admin_have_a_new_nonce_for_each_response(as_user, manager, article):
    client = as_user(manager)
    first = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]))
    second = client.get(reverse("wagtailadmin_home"))
    nonces = [policy(page)["script-src"] - {"'self'", inline_assets.SCRIPT.hash} for page in (first, second)]
    assert nonces[0] != nonces[1]
    (nonce,) = nonces[0]
    assert set(re.findall(r'<script nonce="([^"]*)"', first.content.decode())) == {nonce[7:-1]}
    assert "<script>" not in first.content.decode()
    assert set(policy(first)) == set(ADMIN)


def test_all_inline_scripts_in_wagtails_templates_get_a_nonce():
    folder = Path(wagtail.__file__).parent
    excluded = {"wagtailsearchpromotions"}  # not in INSTALLED_APPS
    for file in folder.rglob("templates/**/*.html"):
        name = str(file).partition("/templates/")[2]
        if name.split("/")[0] in excluded or "project_template" in str(file) or "/test/" in str(file):
            continue
        if re.search(r"<script(?![^>]*(src=|application/json))", file.read_text()):
            source = get_template(name).template.source
            assert not re.search(r"<script(?![^>]*src=)", source), name


def test_a_choosers_inline_script_gets_a_nonce(rf):
    request = rf.get("/admin/")
    ContentSecurity(HttpResponse).process_request(request)
    html = AdminImageChooser().render("image", None, {"id": "x"})
    assert html.count(f'<script nonce="{request.csp_nonce}">') == 1
    assert "<script>" not in html


def test_cross_origin_headers_isolate_all_responses(client):
    for path in ["/", "/contact/", "/sign-in/", "/static/css/admin.css"]:
        response = client.get(path)
        assert response["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "camera=()" in response["Permissions-Policy"]


FULL_HSTS = {"HSTS_SECONDS": "31536000", "HSTS_INCLUDE_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}


def production_settings(**variables):
    with mock.patch.dict(os.environ, PRODUCTION | variables, clear=True):
        return runpy.run_path(str(ROOT / "clinic" / "settings.py"))


def test_production_with_full_hsts_passes_djangos_deployment_check_and_serves_no_images(capsys):
    production = production_settings(**FULL_HSTS)
    names = [name for name in production if name.startswith(("SECURE_", "SESSION_", "CSRF_"))]
    names += ["ALLOWED_HOSTS", "DEBUG", "MIDDLEWARE", "SECRET_KEY", "SERVE_IMAGES"]
    with override_settings(**{name: production[name] for name in names}):
        response = Client().get("/robots.txt", secure=True, headers={"host": "www.clinic.example"})
        patterns = tuple(runpy.run_path(str(ROOT / "clinic" / "urls.py"))["urlpatterns"])
        with mock.patch.dict(os.environ):
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]  # tests.settings
            call_command("check", deploy=True, fail_level="WARNING")
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    paths = ["/contact/", "/media/images/x.png"]
    assert [bool(is_valid_path(path, patterns)) for path in paths] == [True, False]
    assert "0 silenced" in capsys.readouterr().out


def test_by_default_cookies_and_hsts_are_limited_to_this_host():
    names = [
        f"{cookie}_COOKIE_{attribute}"
        for cookie in ["SESSION", "CSRF"]
        for attribute in ["NAME", "SECURE", "DOMAIN", "PATH"]
    ]
    names += [f"SECURE_HSTS_{option}" for option in ["SECONDS", "INCLUDE_SUBDOMAINS", "PRELOAD"]]
    session, csrf = "__Host-sessionid", "__Host-csrftoken"
    expected = [session, True, "-", "-", csrf, True, "-", "-", 3600, False, False]
    production = production_settings()
    assert [production.get(name, "-") for name in names] == expected
    assert f"{session}=" in (ROOT / "deploy/nginx/clinic.conf").read_text()
