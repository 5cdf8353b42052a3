"""Open the page explorer at the home page instead of "Root", which means nothing to editors.

Written for: Wagtail 7.4, whose explorer starts at the common ancestor of all pages that a user can edit.
Replaced by: permissions on the home page, if they survived its replacement.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem, PageExplorerMenuItem as Explorer
from wagtail.admin.viewsets.pages import base_page_viewset
from wagtail.admin.wagtail_hooks import ExplorerMenuItem
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy


class HomeExplorerMenuItem(ExplorerMenuItem):
    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        component = super().render_component(request)
        start: Page | None = page_permission_policy.explorable_root_instance(request.user)
        home = Site.objects.filter(is_default_site=True).values_list("root_page", flat=True).first()
        if start and start.is_root() and home and isinstance(component, Explorer):
            component.start_page_id, component.url = home, reverse("wagtailadmin_explore", args=[home])
        return component


@require_admin_access
def explore(request: HttpRequest) -> HttpResponse:
    """Redirect the explorer's root URL to the home page, unless there are several sites."""
    pages = list(Page.objects.filter(depth=2).values_list("pk", flat=True)[:2])
    if len(pages) == 1 and not request.GET:
        return redirect("wagtailadmin_explore", pages[0])
    return base_page_viewset.index_view(request)


def start_at_home(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Replace the explorer's menu item; for the hook `construct_main_menu`."""
    for number, item in enumerate(menu_items):
        if item.name == "explorer":
            menu_items[number] = HomeExplorerMenuItem(
                item.label, item.url, name=item.name, icon_name=item.icon_name, order=item.order
            )
