"""The chosen images, author and language are part of what a reviewer approves."""

import pytest
from django.db import transaction
from wagtail.images.models import Image

from education.models import ArticlePage, HomePage, PersonIndexPage, PersonPage
from education.review.models import PublicationRefused
from tests.support.publishing import publish_reviewed


@pytest.fixture
def choices(picture):
    """Return {field: two possible values}."""
    other = Image.objects.create(title="Another", file=picture.file.name, width=450, height=250)
    parent = HomePage.objects.get().add_child(instance=PersonIndexPage(title="Our people"))
    names = ["Ada Sample", "Ben Sample"]
    people = [parent.add_child(instance=PersonPage(title=name, role="Physician")) for name in names]
    images = [picture, other]
    return {"picture": images, "social_image": images, "author": people, "language": ["", "es"]}


@pytest.fixture
def reviewed(article, choices, editor, reviewer):
    """The article, reviewed with the first value of each field."""
    for field, (first, _second) in choices.items():
        setattr(article, field, first)
    article.picture_alt = "A vertebra"
    publish_reviewed(article, editor, reviewer)
    return ArticlePage.objects.get(pk=article.pk)


def test_editors_cannot_approve_an_image_author_or_language_they_replaced(reviewed, choices, reviewer):
    for field, (first, second) in choices.items():
        page = ArticlePage.objects.get(pk=reviewed.pk)
        setattr(page, field, second)
        refusal = pytest.raises(PublicationRefused, match="wrote some of this text yourself")
        with refusal, transaction.atomic():
            publish_reviewed(page, reviewer, reviewer)
        assert getattr(ArticlePage.objects.get(pk=page.pk), field) == first


def test_code_cannot_replace_the_image_author_or_language_of_a_reviewed_page(reviewed, choices):
    for field, (_first, second) in choices.items():
        page = ArticlePage.objects.get(pk=reviewed.pk)
        setattr(page, field, second)
        for only in [[page._meta.get_field(field).attname], None]:
            with pytest.raises(PublicationRefused, match="Readers see the reviewed version"):
                page.save(update_fields=only)


def test_the_author_is_shown_only_while_their_page_is_published(reviewed, client):
    author = reviewed.author
    assert "By <a" in client.get(reviewed.url).text
    author.unpublish()
    author.title = "Dr. Draft"
    author.save()  # as Wagtail's editor saves drafts of unpublished pages
    assert "Dr. Draft" not in client.get(reviewed.url).text


def test_a_page_can_be_saved_after_its_author_was_deleted(reviewed):
    reviewed.author.delete()
    page = ArticlePage.objects.get(pk=reviewed.pk)
    page.save()
    assert page.clinical_review
    assert page.author is None
