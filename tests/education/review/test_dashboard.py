"""The first page of who works on articles says which of them no clinician has approved."""

from wagtail.models import Workflow

from tests.publishing import publish

TITLE = "Articles to be reviewed"
ALL_WELL = "A clinician of this clinic has approved every article as readers see it."


def panel_for(as_user, user):
    html = as_user(user).get("/admin/").content.decode()
    _, found, after = html.partition("not-reviewed-panel")
    return after.partition("</section>")[0] if found else None


def approve(article, editor, reviewer):
    article.save_revision(user=editor)
    state = Workflow.objects.get(name="Clinical review").start(article, editor)
    state.current_task_state.approve(user=reviewer)


def test_an_article_stands_there_until_it_is_approved_and_again_when_its_words_change(
    as_user, editor, reviewer, article
):
    assert article.title in panel_for(as_user, editor)
    approve(article, editor, reviewer)
    assert ALL_WELL in panel_for(as_user, reviewer)
    article.refresh_from_db()
    article.lead = "Something else."
    publish(article)
    assert article.title in panel_for(as_user, editor)


def test_what_nobody_can_read_needs_no_review_yet(as_user, editor, article):
    article.unpublish()
    assert ALL_WELL in panel_for(as_user, editor)


def test_the_list_is_short_and_says_how_many_more(as_user, editor, article, make_article):
    for number in range(11):
        make_article(f"Article {number}")
    assert "And 2 more." in panel_for(as_user, editor)


def test_the_front_desk_is_not_told(as_user, front_desk, article):
    assert panel_for(as_user, front_desk) is None
