"""Two people who change the same settings: neither's words go without a word."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic.models import NavigationSettings


def link(label):
    value = {"page": "", "url": "https://example.org/", "label": label}
    return nested_form_data({"header": streamfield([("link", value)]), "footer": streamfield([])})


def opened_with(html):
    return {"opened_with": BeautifulSoup(html, "html.parser").find(attrs={"name": "opened_with"})["value"]}


def labels():
    return [block.value["label"] for block in NavigationSettings.objects.get().header]


def test_a_form_that_was_opened_before_a_change_asks_before_it_replaces_it(as_user, editor, manager, article):
    url = reverse("wagtailsettings:edit", args=["clinic", "navigationsettings", article.get_site().pk])
    mine, theirs = as_user(editor), as_user(manager)
    opened = opened_with(mine.get(url).content)
    assert theirs.post(url, {**link("Theirs"), **opened_with(theirs.get(url).content)}).status_code == 302
    refused = mine.post(url, {**link("Mine"), **opened}).content
    assert "Somebody has changed this meanwhile: Menu in the header" in refused.decode()
    assert b"Mine" in refused
    assert labels() == ["Theirs"]
    assert mine.post(url, {**link("Mine"), **opened_with(refused)}).status_code == 302
    assert labels() == ["Mine"]


def test_without_a_change_the_form_is_saved(as_user, editor, article):
    url = reverse("wagtailsettings:edit", args=["clinic", "navigationsettings", article.get_site().pk])
    client = as_user(editor)
    for label in ["Once", "Twice"]:
        assert client.post(url, {**link(label), **opened_with(client.get(url).content)}).status_code == 302
        assert labels() == [label]
