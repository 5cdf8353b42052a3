"""Words that change around a review: what is published, and what the record says of it."""

import json
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from wagtail.models import TaskState
from wagtail.users.models import UserProfile

from clinic.accounts import roles
from education.models import ArticlePage, ClinicalReview, HomePage, ReviewSettings, StandardPage
from education.review.models import Checked, PublicationRefused
from education.review.panels import ClinicalReviewPanel
from education.review.screens import submitted_message
from education.review.wording import same_wording
from tests.education.review.editor_form import APPROVE, fields, post, said
from tests.support.publishing import publish_reviewed, submit


def approve(client, article, lead, **asked):
    return post(client, article, lead, **{**APPROVE, **asked})


def approve_on_first_page(client, article, **how):
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    return client.post(address, {"comment": "All read."}, **how)


def test_a_review_withdrawn_meanwhile_publishes_nothing_and_says_so(as_user, article, editor, reviewer):
    submit(article, editor).workflow_state.cancel(user=editor)
    assert "review this page anymore" in said(approve(as_user(reviewer), article, "Mended words."))
    article.refresh_from_db()
    assert article.lead != "Mended words."
    assert article.get_latest_revision_as_object().lead == "Mended words."


@pytest.fixture
def submitted(article, editor):
    """As the editor's form with these words leaves it."""
    data = MultiValueDict({name: [value] for name, value in fields(article, "Submitted words.").items()})
    form = ArticlePage.get_edit_handler().get_form_class()(data, instance=article, for_user=editor)
    assert form.is_valid()
    submit(form.save(commit=False), editor)
    return article


REJECT = {"action-workflow-action": "1", "workflow-action-name": "reject"}


def shown(article):
    page = ArticlePage.objects.get(pk=article.pk)
    return page.lead, page.clinical_review and page.clinical_review.reviewer_name


def test_submitting_says_what_happens_next(as_user, article, editor, reviewer):
    html = post(as_user(editor), article, "Words.", follow=True, **{"action-submit": "1"}).text
    assert "is in review. Readers see the new words once a reviewer approves them. The reviewers get" in html
    assert "moderation." not in html


def test_submitting_promises_no_email_that_nobody_gets(article, editor, reviewer, manager):
    article.save_revision(user=editor)
    UserProfile.objects.create(user=reviewer, submitted_notifications=False)
    assert submitted_message(article, editor).endswith("once a reviewer approves them.")
    assert submitted_message(article, reviewer).endswith("it’s yours to approve.")  # others wrote it
    reviewer.is_active = False
    reviewer.save()
    assert "there’s no reviewer." in submitted_message(article, editor)
    article.lead = "Words of the reviewer."
    article.save_revision(user=reviewer)
    assert "there’s no other reviewer." in submitted_message(article, reviewer)


def test_a_note_of_a_decision_that_was_not_made_comes_back(as_user, submitted, editor, reviewer):
    client, note = as_user(reviewer), "You can copy it: “Mend the third sentence.”"
    state = submitted.current_workflow_state
    dialog = partial(reverse, "wagtailadmin_pages:workflow_action")
    approve, reject = (
        dialog(args=[submitted.pk, name, state.current_task_state.pk]) for name in ("approve", "reject")
    )
    said_again = {"comment": "Mend the third sentence.", "checked": Checked.values}
    submitted.save_revision(user=editor)  # a newer one than was submitted
    assert note in said(client.post(approve, said_again))
    state.cancel(user=editor)
    assert note in said(client.post(reject, said_again))
    in_editor = {**REJECT, "workflow-action-extra-data": json.dumps(said_again)}
    assert note in said(post(client, submitted, "Words.", **in_editor))


def test_words_that_the_reviewer_mended_need_somebody_else(as_user, submitted, reviewer):
    client = as_user(reviewer)
    response = approve(client, submitted, "Mended words.")
    assert "You wrote some of these words yourself" in said(response)
    page = ArticlePage.objects.get(pk=submitted.pk)
    task = page.current_workflow_task
    assert [name for name, *_label in task.specific.get_actions(page, reviewer)] == ["reject"]
    assert page.get_latest_revision_as_object().lead == "Mended words."
    approve_on_first_page(client, submitted)
    assert shown(submitted)[1] is None


def test_a_manager_who_ticks_the_reviewers_role_is_caught_too(article, manager):
    manager.groups.add(Group.objects.get(name=roles.REVIEWERS))
    article.lead = "Mended words."
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(article, manager, manager)


def test_restoring_words_keeps_their_author(article, editor, reviewer, manager):
    manager.groups.add(Group.objects.get(name=roles.REVIEWERS))
    article.lead = "Words of the reviewer."
    article.save_revision(user=reviewer)
    article.lead = "Words of the editor."
    publish_reviewed(article, editor, manager)
    article.lead = "Words of the reviewer."
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(article, editor, reviewer)


def advice(dos, donts):
    """A body with a list of each."""
    return [("section", {"heading": "At home", "content": [("dos", {"dos": dos, "donts": donts})]})]


def test_whoever_moved_advice_from_dont_to_do_cannot_approve_it(article, editor, reviewer):
    article.body = advice(["Walk."], ["Smoke.", "Drive yourself home."])
    publish_reviewed(article, editor, reviewer)
    article.body = advice(["Drive yourself home.", "Walk."], ["Smoke."])
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(article, reviewer, reviewer)


def test_a_link_to_the_document_with_a_pages_number_says_something_else():
    page, other_way, document = (
        {"body": [{"type": "text", "value": f"<p><a {link}>More</a></p>"}]}
        for link in ('linktype="page" id="5"', 'id="5" linktype="page"', 'linktype="document" id="5"')
    )
    assert same_wording(ArticlePage, page, other_way)
    assert not same_wording(ArticlePage, page, document)


def test_a_reviewer_who_corrects_only_whether_it_is_medical_may_approve_it(editor, reviewer):
    page = StandardPage(title="Visit", introduction="Bring your list.")
    HomePage.objects.get().add_child(instance=page)
    page.save_revision(user=editor)
    page.contains_medical_claims = True
    publish_reviewed(page, reviewer, reviewer)
    assert StandardPage.objects.get(pk=page.pk).clinical_review.reviewer == reviewer
    page.introduction = "Bring nothing."
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(page, reviewer, reviewer)


def test_no_draft_is_written_over_words_in_review(as_user, submitted, reviewer, superuser):
    state = submitted.current_workflow_state.current_task_state
    state.revision.user = superuser
    state.revision.save()
    post(
        as_user(superuser), submitted, "Words that Dan has not read.", overwrite_revision_id=state.revision_id
    )
    state.revision.refresh_from_db()
    assert state.revision.content["lead"] == "Submitted words."
    approve_on_first_page(as_user(reviewer), submitted)
    assert shown(submitted)[1] is None


def test_a_clinic_with_one_clinician_may_allow_it(as_user, client, submitted, reviewer):
    ReviewSettings.objects.update(own_words_may_be_approved=True)
    approve(as_user(reviewer), submitted, "Mended words.")
    assert shown(submitted) == ("Mended words.", "Dan Hashimoto")
    assert ClinicalReview.objects.get().own_words
    html = client.get(submitted.url).content.decode()
    assert "Written and approved by Dan Hashimoto" in html
    assert "reviewedBy" not in html  # nor do search engines read more than that


def test_an_approval_says_what_was_checked(as_user, submitted, reviewer, panel):
    answers = {"checked": ["facts", "help"], "understandability": 80, "months": 6, "comment": "Well said."}
    extra = {"workflow-action-extra-data": json.dumps(answers)}
    approve(as_user(reviewer), submitted, "Submitted words.", **extra)
    review = ClinicalReview.objects.get()
    assert (review.checked, review.understandability, review.note) == (["facts", "help"], 80, "Well said.")
    assert 179 < (review.valid_until - timezone.localdate()).days < 186
    html = panel(ClinicalReviewPanel, submitted)
    assert "The facts are right · It says when to get help · PEMAT understandability: 80%" in html


CHECK_EACH = "Check each box, or say in the note why it doesn’t apply."
UNCHECKED = [{}, {"checked": ["facts", "help"]}, {"comment": "  "}]


def test_an_approval_is_checked_again_on_the_server_and_one_with_every_box_needs_no_note(
    as_user, submitted, reviewer
):
    """The editor sends on what a dialog collected; the dialog itself checked it before."""
    client, extra = as_user(reviewer), {"workflow-action-extra-data": "{}"}
    assert CHECK_EACH in said(approve(client, submitted, "Submitted words.", **extra))
    state = ArticlePage.objects.get(pk=submitted.pk).current_workflow_task_state
    for answers in UNCHECKED:
        with pytest.raises(PublicationRefused, match=CHECK_EACH):
            state.approve(user=reviewer, **answers)
    with pytest.raises(PublicationRefused, match="less than or equal to 36"):
        state.task.specific.on_action(state, reviewer, "approve", months=999, checked=Checked.values)
    with pytest.raises(PublicationRefused, match="no current review"):
        state.approve(user=reviewer, minor_change=True)
    assert not ClinicalReview.objects.exists()
    extra["workflow-action-extra-data"] = json.dumps({"checked": Checked.values})
    approve(client, submitted, "Submitted words.", **extra)
    assert ClinicalReview.objects.get().checked == Checked.values


def test_asking_for_changes_says_which(as_user, submitted, reviewer, panel):
    state = ArticlePage.objects.get(pk=submitted.pk).current_workflow_task_state
    with pytest.raises(PublicationRefused, match=r"Say what should change\."):
        state.task.specific.on_action(state, reviewer, "reject")
    ask = {**REJECT, "workflow-action-extra-data": json.dumps({"comment": "Name the risks."})}
    post(as_user(reviewer), submitted, "Submitted words.", **ask)
    asked = TaskState.objects.get(status=TaskState.STATUS_REJECTED)
    assert asked.comment == "Name the risks."
    assert "What changed since then" not in panel(ClinicalReviewPanel, submitted)


def test_no_draft_is_written_over_the_words_that_were_approved(as_user, article, editor, reviewer):
    article.lead = "Checked words."
    submit(article, editor)
    approve_on_first_page(as_user(reviewer), article)
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.clinical_review
    approved = page.live_revision
    post(as_user(editor), article, "Unchecked words.", overwrite_revision_id=approved.pk)
    approved.refresh_from_db()
    assert approved.content["lead"] == "Checked words."
    assert ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object().lead == "Unchecked words."


def test_nothing_is_approved_on_the_first_page_that_somebody_else_has_changed(
    as_user, article, editor, reviewer, superuser
):
    submit(article, editor)
    post(as_user(superuser), article, "Words that Dan has not read.")
    client = as_user(reviewer)
    changed = "Somebody has changed the text since it was submitted."
    assert changed in said(approve_on_first_page(client, article))
    approve_on_first_page(client, article, headers={"x-requested-with": "XMLHttpRequest"})
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.lead != "Words that Dan has not read."
    assert page.clinical_review is None
    approve(client, article, "Words that Dan has not read.")
    assert ArticlePage.objects.get(pk=article.pk).clinical_review.reviewer_name == "Dan Hashimoto"
