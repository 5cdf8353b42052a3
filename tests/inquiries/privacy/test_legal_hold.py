"""Managers place and lift legal holds, which the timeline records."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from inquiries.models import StaleInquiry
from tests.inquiries.desk.helpers import act, page_html, seen

STAYS = "It can't be erased until the hold is lifted."


def test_managers_can_place_and_lift_a_legal_hold(as_user, manager, inquiry):
    client = as_user(manager)
    html = act(client, "hold", inquiry, reason="Letter from a lawyer", follow=True).content.decode()
    assert inquiry.on_hold
    for text in ["Elif Demir put it on legal hold", "Letter from a lawyer", STAYS]:
        assert text in html
    act(client, "release", inquiry)
    assert not inquiry.on_hold
    assert inquiry.events.last().describe() == "Elif Demir lifted the legal hold"


def test_only_managers_place_a_legal_hold(as_user, inquiry, front_desk, editor, reviewer):
    for user in [front_desk, editor, reviewer]:
        for name in ["hold", "release"]:
            assert act(as_user(user), name, inquiry)["Location"] == reverse("wagtailadmin_home")
            with pytest.raises(PermissionDenied):
                getattr(inquiry, name)(by=user, seen=seen(inquiry))
    assert inquiry.events.count() == 1


def test_the_front_desk_sees_a_hold_but_cant_lift_it(desk, front_desk, manager, inquiry):
    inquiry.hold(by=manager, seen=seen(inquiry))
    html = page_html(desk, inquiry)
    assert STAYS in html
    assert reverse("inquiry:release", args=[inquiry.pk]) not in html
    inquiry.change_status("spam", by=front_desk, seen=seen(inquiry))
    assert (inquiry.status, inquiry.on_hold) == ("spam", True)


def test_a_stale_page_or_a_second_hold_is_rejected(as_user, manager, front_desk, inquiry):
    with pytest.raises(ValidationError, match="isn't on legal hold"):
        inquiry.release(by=manager, seen=seen(inquiry))
    shown = seen(inquiry)
    inquiry.take(by=front_desk, seen=shown)
    with pytest.raises(StaleInquiry):
        inquiry.hold(by=manager, seen=shown)
    inquiry.hold(by=manager, seen=seen(inquiry))
    response = act(as_user(manager), "hold", inquiry)
    assert response.status_code == 422
    assert "already on legal hold" in response.content.decode()
