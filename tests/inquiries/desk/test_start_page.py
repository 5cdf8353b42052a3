"""After signing in, everyone starts where their work begins."""

from allauth.account.utils import get_login_redirect_url
from allauth.core import context
from django.test import RequestFactory
from django.urls import reverse


def test_everyone_starts_where_their_work_begins_unless_they_asked_for_a_page(
    front_desk, manager, editor, superuser
):
    mine, home = "/admin/inquiries/view/mine/", "wagtailadmin_home"
    starts = {front_desk: "inquiry:index", manager: "inquiry_figures", editor: home, superuser: home}
    for user, start in starts.items():
        start = reverse(start)
        for query, expected in {"": start, "?next=/admin/": start, f"?next={mine}": mine}.items():
            asked = RequestFactory().get(f"/sign-in/login/{query}")
            asked.user = user
            with context.request_context(asked):
                assert get_login_redirect_url(asked) == expected, (user, query)
