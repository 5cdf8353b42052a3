"""Home and the lists are reviewed too, where their editor says that their words are about medicine."""

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


def test_their_claims_go_live_reviewed_or_as_not_reviewed_and_say_so(page, client, editor, reviewer, manager):
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
