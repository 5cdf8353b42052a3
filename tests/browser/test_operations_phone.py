"""Scheduled jobs on a phone: each row is a card that says what its dates are."""

import pytest
from django.urls import reverse

WORDS = "cell => getComputedStyle(cell, '::before').content"


@pytest.mark.parametrize(("width", "color_scheme"), [(390, "light"), (320, "dark")])
def test_each_date_of_a_scheduled_job_is_named_on_a_phone(site, manager, width, color_scheme):
    page = site.open(reverse("scheduled_jobs"), user=manager, width=width, color_scheme=color_scheme)
    row = page.locator("tr", has_text="clinic.watch")
    named = row.locator("td[data-label]").evaluate_all(f"cells => cells.map({WORDS})")
    assert named == ['"Last run: "', '"Next run: "']
    assert page.evaluate("document.documentElement.scrollWidth") <= width
