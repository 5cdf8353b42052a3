"""The home page and index pages need a review if they contain medical claims."""

import pytest
from django.db import transaction

from education.models import ArticleIndexPage, HomePage, TopicIndexPage
from education.review.models import PublicationRefused
from education.review.unreviewed import publish_without_review
from tests.support.publishing import publish_reviewed

CLAIM = "Nearly everybody walks the same day."


@pytest.fixture(params=[HomePage, ArticleIndexPage, TopicIndexPage])
def page(request, article):
    page = request.param.objects.first() or HomePage.objects.get().add_child(
        instance=request.param(title="Topics")
    )
    page.introduction, page.contains_medical_claims = CLAIM, True
    return page


def test_claims_on_home_and_index_pages_are_marked_until_reviewed(page, client, editor, reviewer, manager):
    revision = page.save_revision(user=editor)
    with pytest.raises(PublicationRefused), transaction.atomic():
        revision.publish(user=editor)
    assert CLAIM not in client.get(page.url).content.decode()
    publish_without_review(revision, manager, "It can't wait.")
    assert "Not yet medically reviewed by this clinic" in client.get(page.url).content.decode()
    publish_reviewed(page, editor, reviewer)
    html = client.get(page.url).content.decode()
    assert CLAIM in html
    assert "Medically reviewed" in html
