"""Staff who can change the clinic's facts see which are still placeholders."""

import pytest

from clinic.models import ClinicSettings

TITLE = "Placeholders still in use"


def admin_home(client):
    return client.get("/admin/").content.decode()


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_placeholders_are_listed(as_user, request, role, article):
    html = admin_home(as_user(request.getfixturevalue(role)))
    assert TITLE in html
    assert "name, phone, front desk&#x27;s email, street address, city." in html


def test_entered_facts_arent_listed(as_user, manager, article):
    clinic = ClinicSettings.current()
    clinic.front_desk_email = "desk@harbor.example"
    clinic.save()
    assert "name, phone, street address, city." in admin_home(as_user(manager))
    for name in ["name", "phone", "street_address", "city"]:
        setattr(clinic, name, "2025550177")
    clinic.save()
    assert TITLE not in admin_home(as_user(manager))


def test_staff_who_cant_change_the_facts_see_no_placeholders(as_user, front_desk, article):
    assert TITLE not in admin_home(as_user(front_desk))
