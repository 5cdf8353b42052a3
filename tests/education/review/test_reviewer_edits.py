"""Edits during a review: who can approve them, and what is published and recorded."""

import json

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from wagtail.models import TaskState
from wagtail.users.models import UserProfile

from clinic.accounts import roles
from education.models import ArticlePage, ClinicalReview, HomePage, ReviewSettings, StandardPage
from education.review.approving import approve_revision
from education.review.models import PublicationRefused, ReviewCheck
from education.review.panels import ClinicalReviewPanel
from education.review.screens import submitted_message
from education.review.wording import same_wording
from tests.education.review.editor_form import APPROVE, fields, messages_in, post
from tests.support.publishing import publish_reviewed, submit


def approve(client, article, lead, **extra):
    return post(client, article, lead, **{**APPROVE, **extra})


def approve_on_first_page(client, article, **options):
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", state.pk])
    return client.post(address, {"comment": "All read."}, **options)


def test_approving_a_canceled_review_publishes_nothing_and_warns(as_user, article, editor, reviewer):
    submit(article, editor).workflow_state.cancel(user=editor)
    messages = messages_in(approve(as_user(reviewer), article, "Edited text."))
    assert "review this page anymore" in messages
    assert "You can copy it: “All read.”" in messages
    article.refresh_from_db()
    assert article.lead != "Edited text."
    assert article.get_latest_revision_as_object().lead == "Edited text."


@pytest.fixture
def submitted(article, editor):
    """An article submitted for review, cleaned by the editor's form."""
    data = MultiValueDict({name: [value] for name, value in fields(article, "Submitted words.").items()})
    form = ArticlePage.get_edit_handler().get_form_class()(data, instance=article, for_user=editor)
    assert form.is_valid()
    submit(form.save(commit=False), editor)
    return article


REJECT = {"action-workflow-action": "1", "workflow-action-name": "reject"}


def lead_and_reviewer(article):
    page = ArticlePage.objects.get(pk=article.pk)
    return page.lead, page.clinical_review and page.clinical_review.reviewer_name


def test_submitting_shows_the_next_step(as_user, article, editor, reviewer):
    html = post(as_user(editor), article, "Words.", follow=True, **{"action-submit": "1"}).text
    assert "is in review. Readers will see it once a reviewer approves it. The reviewers get" in html
    assert "moderation." not in html


def test_the_submit_message_mentions_emails_only_if_reviewers_get_one(article, editor, reviewer, manager):
    article.save_revision(user=editor)
    UserProfile.objects.create(user=reviewer, submitted_notifications=False)
    assert submitted_message(article, editor).endswith("once a reviewer approves it.")
    assert submitted_message(article, reviewer).endswith("it’s yours to approve.")  # others wrote it
    reviewer.is_active = False
    reviewer.save()
    assert "there’s no reviewer." in submitted_message(article, editor)
    article.lead = "Words of the reviewer."
    article.save_revision(user=reviewer)
    assert "there’s no other reviewer." in submitted_message(article, reviewer)


def test_a_reviewer_cannot_approve_their_own_edits(as_user, submitted, reviewer):
    client = as_user(reviewer)
    response = approve(client, submitted, "Edited text.")
    assert "You wrote some of this text yourself" in messages_in(response)
    page = ArticlePage.objects.get(pk=submitted.pk)
    task = page.current_workflow_task
    assert [name for name, *_label in task.specific.get_actions(page, reviewer)] == ["reject"]
    assert page.get_latest_revision_as_object().lead == "Edited text."
    approve_on_first_page(client, submitted)
    assert lead_and_reviewer(submitted)[1] is None


def test_a_manager_with_the_reviewer_role_cannot_approve_their_own_text(article, manager):
    manager.groups.add(Group.objects.get(name=roles.REVIEWERS))
    article.lead = "Edited text."
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(article, manager, manager)


def test_restored_text_keeps_its_original_author(article, editor, reviewer, manager):
    manager.groups.add(Group.objects.get(name=roles.REVIEWERS))
    article.lead = "Words of the reviewer."
    article.save_revision(user=reviewer)
    article.lead = "Words of the editor."
    publish_reviewed(article, editor, manager)
    article.lead = "Words of the reviewer."
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(article, editor, reviewer)


def test_an_undone_change_doesnt_bar_a_reviewer(submitted, reviewer):
    for lead in ["Submitted words.x", "Submitted words."]:  # a key pressed by mistake, then corrected
        submitted.lead = lead
        submitted.save_revision(user=reviewer)
    approve_revision(submitted.latest_revision, reviewer, checked=ReviewCheck.values)


def advice(dos, donts):
    """Return a body with a list of each."""
    return [("section", {"heading": "At home", "content": [("dos", {"dos": dos, "donts": donts})]})]


def test_moving_advice_from_dont_to_do_counts_as_an_edit(article, editor, reviewer):
    article.body = advice(["Walk."], ["Smoke.", "Drive yourself home."])
    publish_reviewed(article, editor, reviewer)
    article.body = advice(["Drive yourself home.", "Walk."], ["Smoke."])
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(article, reviewer, reviewer)


def test_words_between_less_than_and_greater_than_are_part_of_the_text():
    before, after = ({"lead": f"Ask if your INR is < {number} or > 3."} for number in ("1.5", "2.5"))
    assert not same_wording(ArticlePage, before, after)


def test_a_page_link_differs_from_a_document_link_with_the_same_id():
    page, other_way, document = (
        {"body": [{"type": "text", "value": f"<p><a {link}>More</a></p>"}]}
        for link in ('linktype="page" id="5"', 'id="5" linktype="page"', 'linktype="document" id="5"')
    )
    assert same_wording(ArticlePage, page, other_way)
    assert not same_wording(ArticlePage, page, document)


def test_changing_only_the_medical_claims_box_doesnt_bar_a_reviewer(editor, reviewer):
    page = StandardPage(title="Visit", introduction="Bring your list.")
    HomePage.objects.get().add_child(instance=page)
    page.save_revision(user=editor)
    page.contains_medical_claims = True
    publish_reviewed(page, reviewer, reviewer)
    assert StandardPage.objects.get(pk=page.pk).clinical_review.reviewer == reviewer
    page.introduction = "Bring nothing."
    with pytest.raises(PublicationRefused, match="yourself"):
        publish_reviewed(page, reviewer, reviewer)


def test_a_revision_in_review_is_never_overwritten(as_user, submitted, reviewer, superuser):
    state = submitted.current_workflow_state.current_task_state
    state.revision.user = superuser
    state.revision.save()
    post(
        as_user(superuser), submitted, "Words that Dan has not read.", overwrite_revision_id=state.revision_id
    )
    state.revision.refresh_from_db()
    assert state.revision.content["lead"] == "Submitted words."
    approve_on_first_page(as_user(reviewer), submitted)
    assert lead_and_reviewer(submitted)[1] is None


def test_a_clinic_can_allow_reviewers_to_approve_their_own_text(as_user, client, submitted, reviewer):
    ReviewSettings.objects.update(own_words_may_be_approved=True)
    approve(as_user(reviewer), submitted, "Edited text.")
    assert lead_and_reviewer(submitted) == ("Edited text.", "Dan Hashimoto")
    assert ClinicalReview.objects.get().own_words
    html = client.get(submitted.url).content.decode()
    assert "Written and approved by Dan Hashimoto" in html
    assert "reviewedBy" not in html  # not in the structured data either


def test_an_approval_records_checks_scores_and_note(as_user, submitted, reviewer, panel):
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


def test_the_server_validates_approvals_and_requires_each_box_or_a_note(as_user, submitted, reviewer):
    client, extra = as_user(reviewer), {"workflow-action-extra-data": "{}"}
    assert CHECK_EACH in messages_in(approve(client, submitted, "Submitted words.", **extra))
    state = ArticlePage.objects.get(pk=submitted.pk).current_workflow_task_state
    for answers in UNCHECKED:
        with pytest.raises(PublicationRefused, match=CHECK_EACH):
            state.approve(user=reviewer, **answers)
    with pytest.raises(PublicationRefused, match="less than or equal to 36"):
        state.task.specific.on_action(state, reviewer, "approve", months=999, checked=ReviewCheck.values)
    with pytest.raises(PublicationRefused, match="no current review"):
        state.approve(user=reviewer, minor_change=True)
    assert not ClinicalReview.objects.exists()
    extra["workflow-action-extra-data"] = json.dumps({"checked": ReviewCheck.values})
    approve(client, submitted, "Submitted words.", **extra)
    assert ClinicalReview.objects.get().checked == ReviewCheck.values


def test_requesting_changes_requires_a_comment(as_user, submitted, reviewer, panel):
    state = ArticlePage.objects.get(pk=submitted.pk).current_workflow_task_state
    with pytest.raises(PublicationRefused, match=r"Say what should change\."):
        state.task.specific.on_action(state, reviewer, "reject")
    ask = {**REJECT, "workflow-action-extra-data": json.dumps({"comment": "Name the risks."})}
    post(as_user(reviewer), submitted, "Submitted words.", **ask)
    rejected = TaskState.objects.get(status=TaskState.STATUS_REJECTED)
    assert rejected.comment == "Name the risks."
    assert "What changed since then" not in panel(ClinicalReviewPanel, submitted)


def test_an_approved_revision_is_never_overwritten(as_user, article, editor, reviewer):
    article.lead = "Approved text."
    submit(article, editor)
    approve_on_first_page(as_user(reviewer), article)
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.clinical_review
    approved = page.live_revision
    post(as_user(editor), article, "Unreviewed text.", overwrite_revision_id=approved.pk)
    approved.refresh_from_db()
    assert approved.content["lead"] == "Approved text."
    assert ArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object().lead == "Unreviewed text."


def test_a_page_changed_since_submission_cannot_be_approved_on_the_first_page(
    as_user, article, editor, reviewer, superuser
):
    submit(article, editor)
    post(as_user(superuser), article, "Words that Dan has not read.")
    client = as_user(reviewer)
    changed = "The text has changed since it was submitted."
    assert changed in messages_in(approve_on_first_page(client, article))
    approve_on_first_page(client, article, headers={"x-requested-with": "XMLHttpRequest"})
    page = ArticlePage.objects.get(pk=article.pk)
    assert page.lead != "Words that Dan has not read."
    assert page.clinical_review is None
    approve(client, article, "Words that Dan has not read.")
    assert ArticlePage.objects.get(pk=article.pk).clinical_review.reviewer_name == "Dan Hashimoto"
