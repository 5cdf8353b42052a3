"""The page explorer opens where the clinic's pages are."""

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
    """Address and start page of the menu's "Pages"."""
    kind = "wagtail.sidebar.PageExplorerMenuItem"
    [pages] = [args for name, *args in items(json.loads(sidebar)) if name == kind]
    return pages[0]["url"], pages[-1]


def items(packed):
    """All packed menu items, as [kind, *args]."""
    if isinstance(packed, dict) and "_type" in packed:
        yield [packed["_type"], *packed["_args"]]
    for part in packed.values() if isinstance(packed, dict) else packed if isinstance(packed, list) else ():
        yield from items(part)


def test_it_opens_at_the_home_page_and_only_people_who_work_on_pages_get_wagtails_guides(
    as_user, editor, reviewer, manager, superuser, front_desk, clinician
):
    home = Site.objects.get().root_page_id
    for user in [editor, reviewer, manager, superuser]:
        menu = sidebar(as_user(user))
        assert explorer(menu) == (f"/admin/pages/{home}/", home), user
        assert "guide.wagtail.org" in menu, user
    for user in [front_desk, clinician]:
        assert "guide.wagtail.org" not in sidebar(as_user(user)), user


def test_whoever_may_edit_a_part_of_the_site_starts_there(as_user, article, editor):
    part = ArticleIndexPage.objects.get()
    group = Group.objects.create(name="Authors")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=part, permission=change)
    editor.groups.set([group])
    assert explorer(sidebar(as_user(editor))) == (reverse("wagtailadmin_explore_root"), part.pk)


def test_its_bare_address_leads_to_the_home_page_unless_there_is_another(as_user, superuser, editor, db):
    bare, home = reverse("wagtailadmin_explore_root"), Site.objects.get().root_page
    at_home = reverse("wagtailadmin_explore", args=[home.pk])
    assert {as_user(user).get(bare)["Location"] for user in (superuser, editor)} == {at_home}
    home.add_sibling(instance=HomePage(title="Another site", slug="another", introduction="We help."))
    assert as_user(superuser).get(bare).status_code == 200
