"""The page explorer opens at the home page."""

import json

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site

from education.models import ArticleIndexPage, HomePage


def sidebar(client):
    return (
        BeautifulSoup(client.get("/admin/").content, "html.parser").select_one("#wagtail-sidebar-props").text
    )


def explorer(sidebar):
    """Return the URL and the start page of the menu item "Pages"."""
    component = "wagtail.sidebar.PageExplorerMenuItem"
    [pages] = [args for name, *args in items(json.loads(sidebar)) if name == component]
    return pages[0]["url"], pages[-1]


def items(packed):
    """Yield all packed menu items as [component, *args]."""
    if isinstance(packed, dict) and "_type" in packed:
        yield [packed["_type"], *packed["_args"]]
    for part in packed.values() if isinstance(packed, dict) else packed if isinstance(packed, list) else ():
        yield from items(part)


def test_the_explorer_opens_at_home_and_only_page_staff_see_wagtails_guide(
    as_user, editor, reviewer, manager, superuser, front_desk, clinician
):
    home = Site.objects.get().root_page_id
    for user in [editor, reviewer, manager, superuser]:
        menu = sidebar(as_user(user))
        assert explorer(menu) == (f"/admin/pages/{home}/", home), user
        assert "guide.wagtail.org" in menu, user
    for user in [front_desk, clinician]:
        assert "guide.wagtail.org" not in sidebar(as_user(user)), user


def test_staff_who_can_edit_only_a_section_start_there(as_user, article, editor):
    section = ArticleIndexPage.objects.get()
    group = Group.objects.create(name="Authors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=section, permission=change)
    editor.groups.set([group])
    assert explorer(sidebar(as_user(editor))) == (reverse("wagtailadmin_explore_root"), section.pk)


def test_the_root_url_redirects_to_home_unless_there_are_several_sites(as_user, superuser, editor, db):
    root, home = reverse("wagtailadmin_explore_root"), Site.objects.get().root_page
    at_home = reverse("wagtailadmin_explore", args=[home.pk])
    assert {as_user(user).get(root)["Location"] for user in (superuser, editor)} == {at_home}
    home.add_sibling(instance=HomePage(title="Another site", slug="another", introduction="We help."))
    assert as_user(superuser).get(root).status_code == 200
