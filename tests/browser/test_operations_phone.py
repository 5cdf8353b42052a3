"""Scheduled jobs on a phone: each row is a card that says what its dates are."""

from django.urls import reverse

WORDS = "cell => getComputedStyle(cell, '::before').content"


def test_each_date_of_a_scheduled_job_is_named_on_a_phone(site, manager):
    page = site.open(reverse("scheduled_jobs"), user=manager, width=320)
    row = page.locator("tr", has_text="clinic.watch")
    named = row.locator("td[data-label]").evaluate_all(f"cells => cells.map({WORDS})")
    assert named == ['"Last run: "', '"Next run: "']
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
