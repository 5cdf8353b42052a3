"""The page that users see after signing in."""

from allauth.account.utils import get_login_redirect_url
from allauth.core import context
from django.test import RequestFactory
from django.urls import reverse


def test_sign_in_redirects_by_role_unless_a_page_was_requested(
    front_desk, manager, clinician, editor, superuser
):
    mine, home = "/admin/inquiries/view/mine/", "wagtailadmin_home"
    starts = {front_desk: "inquiry:index", manager: "inquiry_figures", clinician: "questions"}
    starts |= {editor: home, superuser: home}
    for user, start in starts.items():
        start = reverse(start)
        for query, expected in {"": start, "?next=/admin/": start, f"?next={mine}": mine}.items():
            request = RequestFactory().get(f"/sign-in/login/{query}")
            request.user = user
            with context.request_context(request):
                assert get_login_redirect_url(request) == expected, (user, query)
