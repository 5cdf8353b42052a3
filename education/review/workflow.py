"""The workflow task in which a clinical reviewer decides, and which records the approval."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.models import AbstractGroupApprovalTask, TaskState

from clinic.accounts.roles import REVIEWERS
from education.review.approving import approve_revision, is_barred_author, require_checks
from education.review.models import (
    MAX_VALIDITY_MONTHS,
    ClinicalReview,
    PublicationRefused,
    ReviewCheck,
    ReviewSettings,
)


def percent_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100)


class ReviewForm(forms.Form):
    checked = forms.MultipleChoiceField(
        label=gettext_lazy("What did you check?"),
        choices=ReviewCheck,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    understandability = percent_field(gettext_lazy("PEMAT understandability, in percent (optional)"))
    actionability = percent_field(gettext_lazy("PEMAT actionability, in percent (optional)"))
    months = forms.IntegerField(
        label=gettext_lazy("Months until the next review"),
        min_value=1,
        max_value=MAX_VALIDITY_MONTHS,
        required=False,
    )
    minor_change = forms.BooleanField(
        label=gettext_lazy("Only a minor change of wording since the last review"),
        required=False,
        help_text=gettext_lazy("The review date stays the same, and the history shows the difference."),
    )
    comment = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].initial = ReviewSettings.load().months_valid

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        if not cleaned.get("minor_change"):
            try:
                require_checks(cleaned.get("checked", ()), cleaned.get("comment", ""))
            except PublicationRefused as refusal:
                self.add_error("checked", str(refusal))
        return cleaned


class ChangesForm(forms.Form):
    comment = forms.CharField(
        label=gettext_lazy("What should change"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The editor sees this."),
        error_messages={"required": gettext_lazy("Say what should change. The editor sees this.")},
    )


class ClinicalReviewState(TaskState):
    """A requested review; approving it creates the ClinicalReview."""

    @transaction.atomic
    def approve(self, user: User | None = None, update=True, comment="", **answers) -> TaskState:
        newest = self.workflow_state.content_object.get_latest_revision()
        if newest.pk != self.revision_id:
            if newest.user != user:
                raise PublicationRefused(
                    _("The text has changed since it was submitted. Read it again, then approve.")
                )
            self.revision = newest
        if ClinicalReview.objects.filter(revision=newest).exists():
            # Each review needs its own revision, also if the text hasn't changed since the last one.
            newest = self.revision = newest.as_object().save_revision(user=user, changed=False, clean=False)
        approve_revision(newest, user, note=comment, **answers)
        return super().approve(user=user, update=update, comment=comment)

    def reject(self, user: User | None = None, update=True, comment="") -> TaskState:
        # The reviewer saw the latest revision, usually the submitted one.
        self.revision = self.workflow_state.content_object.get_latest_revision()
        return super().reject(user=user, update=update, comment=comment)


class ClinicalReviewTask(AbstractGroupApprovalTask):
    task_state_class = ClinicalReviewState

    class Meta:
        verbose_name = gettext_lazy("clinical review")
        verbose_name_plural = gettext_lazy("clinical reviews")

    @classmethod
    def get_description(cls) -> str:
        return _("A clinical reviewer approves the text and is named in the record")

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        actions = []
        if user.is_superuser or self._user_in_groups(user):
            actions.append(("reject", _("Request changes"), True))
        is_reviewer = user.groups.filter(name=REVIEWERS).exists()
        if is_reviewer and not is_barred_author(user, obj.get_latest_revision()):
            actions.append(("approve", _("Approve"), True))
        return actions

    def on_action(self, task_state, user, action_name, **answers):
        # The browser sends the dialog's data again with the editor's form, so validate it again.
        form = self.get_form_for_action(action_name)(answers)
        if not form.is_valid():
            raise PublicationRefused(" ".join(text for texts in form.errors.values() for text in texts))
        return super().on_action(task_state, user, action_name, **form.cleaned_data)

    def get_template_for_action(self, action) -> str:
        return "education/panels/review_dialog.html"

    def get_form_for_action(self, action) -> type[forms.Form]:
        if action == "approve":
            return ReviewForm
        return ChangesForm if action == "reject" else super().get_form_for_action(action)
