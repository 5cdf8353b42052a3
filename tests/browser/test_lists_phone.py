"""Wagtail's own lists on a phone: a title keeps its words whole."""

from django.urls import reverse
from wagtail.models import Page


def test_names_of_pages_and_users_have_room_on_a_phone(site, manager, article):
    home = Page.objects.get(depth=2)
    for address, row in [
        (reverse("wagtailusers_users:index"), "Elif Demir"),
        (reverse("wagtailadmin_explore", args=[home.pk]), "Patient education"),
    ]:
        page = site.open(address, user=manager, width=320)
        cell = page.locator("table.listing td.title", has_text=row).first
        for width in [320, 390]:
            page.set_viewport_size({"width": width, "height": 844})
            assert cell.bounding_box()["width"] > 0.4 * width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("table.listing", has_text="Live").count() == 1


def test_the_menus_button_covers_no_icon_of_a_message_on_a_phone(site, manager):
    address = reverse("wagtailsettings:edit", args=["clinic", "clinicsettings"])
    page = site.open(address, user=manager, width=390)
    page.get_by_role("button", name="Save").click()
    icon = page.locator(".messages li .messages-icon").first.bounding_box()
    assert icon["x"] >= page.locator(".sidebar-nav-toggle").bounding_box()["width"]
