"""Lists of the admin on a phone: titles have enough width, and cards label their dates."""

from django.urls import reverse
from wagtail.models import Page

BEFORE_CONTENT = "cell => getComputedStyle(cell, '::before').content"


def test_admin_lists_fit_on_a_phone(site, manager, article):
    # Without JavaScript, a page loads three times as fast.
    page = site.open("/robots.txt", user=manager, width=320, java_script_enabled=False)
    home = Page.objects.get(depth=2)
    for address, row in [
        (reverse("wagtailusers_users:index"), "Elif Demir"),
        (reverse("wagtailadmin_explore", args=[home.pk]), "Patient education"),
    ]:
        page.goto(address)
        cell = page.locator("table.listing td.title", has_text=row).first
        for width in [320, 390]:
            page.set_viewport_size({"width": width, "height": 844})
            assert cell.bounding_box()["width"] > 0.4 * width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("table.listing", has_text="Live").count() == 1

    page.set_viewport_size({"width": 320, "height": 844})
    page.goto(reverse("scheduled_jobs"))
    row = page.locator("tr", has_text="clinic.watch")
    labels = row.locator("td[data-label]").evaluate_all(f"cells => cells.map({BEFORE_CONTENT})")
    assert labels == ['"Last run: "', '"Next run: "']
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
