"""Who keeps the clinic's facts is told which are still placeholders: emails would go to one of them."""

import pytest

from clinic.models import ClinicSettings

TITLE = "Placeholders still in use"


def first_page(client):
    return client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_the_starter_sites_facts_are_listed(as_user, request, role, article):
    html = first_page(as_user(request.getfixturevalue(role)))
    assert TITLE in html
    assert "name, phone, front desk&#x27;s email, street address, city." in html


def test_entered_facts_are_no_placeholders(as_user, manager, article):
    clinic = ClinicSettings.current()
    clinic.front_desk_email = "desk@harbor.example"
    clinic.save()
    assert "name, phone, street address, city." in first_page(as_user(manager))
    for name in ["name", "phone", "street_address", "city"]:
        setattr(clinic, name, "2025550177")
    clinic.save()
    assert TITLE not in first_page(as_user(manager))


def test_placeholders_are_listed_only_for_who_can_change_them(as_user, front_desk, article):
    assert TITLE not in first_page(as_user(front_desk))
