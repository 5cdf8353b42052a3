"""A queue that was left open says that its session is over, instead of saying nothing for ever."""

import re

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

ASK_NOW = "document.dispatchEvent(new Event('visibilitychange'))"


def test_a_signed_out_screen_says_so_and_returns_after_signing_in(site, front_desk):
    page = site.open("/admin/inquiries/view/mine/?topic=billing", user=front_desk)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/news/" in request.url else None)
    line = page.get_by_role("link", name="You were signed out. Sign in")
    with page.expect_response("**/news/**") as news:
        page.evaluate(ASK_NOW)
    news.value.finished()
    expect(line).to_be_hidden()

    Session.objects.all().delete()
    page.evaluate(ASK_NOW)
    expect(page.get_by_role("alert").filter(has=line)).to_be_visible()
    expect(page).to_have_title(re.compile(r"^\(signed out\) .*Inquiries"))

    before = len(asked)
    page.evaluate(ASK_NOW)
    page.evaluate("fetch('/healthz')")  # the browser has sent all that came before
    assert len(asked) == before

    line.click()
    expect(page).to_have_url(re.compile(r"/sign-in/\?next=/admin/inquiries/view/mine/%3Ftopic%3Dbilling$"))
