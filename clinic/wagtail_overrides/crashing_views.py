"""Wagtail's own views that answer 500 to a form sent empty or to the id of the tree's root.

Written for: Wagtail 7.4 (found by tests/clinic/accounts/test_roles.py). Replaced by: validation upstream.
"""

from django.shortcuts import get_object_or_404, redirect
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ChosenMultipleView, ExternalLinkView
from wagtail.admin.views.pages import lock, ordering
from wagtail.contrib.redirects import views as redirects
from wagtail.models import Page


def _refuse_root(view):
    @require_admin_access
    def checked_view(request, **page):
        [pk] = page.values()
        get_object_or_404(Page, pk=pk, depth__gt=1)
        return view(request, **page)

    return checked_view


set_page_position = _refuse_root(ordering.set_page_position)
lock_page = _refuse_root(lock.LockView.as_view())
unlock_page = _refuse_root(lock.UnlockView.as_view())


class ChooseExternalLink(ExternalLinkView):
    def post(self, request):
        return super().post(request) if f"{self.form_prefix}-url" in request.POST else self.get(request)


choose_external_link = require_admin_access(ChooseExternalLink.as_view())


@require_admin_access
def choose_pages(request):
    """Without the root, which nobody can choose."""
    request.GET = request.GET.copy()
    pages = Page.objects.filter(pk__in=request.GET.getlist("id"), depth__gt=1)
    request.GET.setlist("id", pages.values_list("pk", flat=True))
    return ChosenMultipleView.as_view()(request)


@require_admin_access
def import_redirects(request):
    try:
        return redirects.process_import(request)
    except KeyError:  # the form doesn't say which columns are meant
        return redirect("wagtailredirects:start_import")
