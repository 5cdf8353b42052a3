"""The emergency message, edited as drafts and approved by a clinical reviewer."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from clinic.models import ClinicSettings
from clinic.models.contact import clean_phone
from clinic.models.fields import check_all
from education.review.gate import ClinicallyReviewed
from education.review.panels import ClinicalReviewPanel


class SafetyNotice(  # type: ignore[misc]
    ClinicallyReviewed, WorkflowMixin, DraftStateMixin, RevisionMixin, PreviewableMixin, models.Model
):
    """The only emergency message; its live version is copied to ClinicSettings for pages and emails."""

    emergency_sentence = models.CharField(
        _("emergency sentence"),
        max_length=300,
        default="If this is an emergency, call 911. Do not wait for an answer to this form.",
        help_text=_("Shown above the form, on the confirmation and in emails."),
    )
    crisis_sentence = models.CharField(
        _("in a crisis"),
        max_length=300,
        blank=True,
        help_text=_(
            "Shown below the emergency sentence, for example:"
            " If you’re thinking about suicide, call or text 988."
        ),
    )
    after_hours_instruction = models.CharField(
        _("what to do while closed"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, shown wherever patients would be told to call you."),
    )

    after_hours_phone = models.CharField(
        _("phone while closed"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "An answering service or a doctor on call. While the clinic is closed, patients see this number"
            " instead of the clinic's own."
        ),
    )

    CLINIC_FIELDS = ClinicSettings.EMERGENCY_FIELDS
    panels = [ClinicalReviewPanel(heading=_("Clinical review")), *CLINIC_FIELDS]

    class Meta:
        verbose_name = _("emergency message")
        verbose_name_plural = _("emergency messages")
        default_permissions = ("change", "publish")

    def __str__(self):
        return str(capfirst(self._meta.verbose_name))

    def save(self, *args, update_fields=None, **kwargs):
        super().save(*args, update_fields=update_fields, **kwargs)
        # Wagtail saves a draft's state with `update_fields`; nothing is published then.
        if update_fields is None:
            # Once unpublished, patients see the default text, never an empty one.
            (self if self.live else SafetyNotice())._copy_to_clinic()

    def clean(self) -> None:
        phone = partial(clean_phone, self, "after_hours_phone", optional=True)
        check_all(super().clean, self._check_number, phone)

    def _check_number(self) -> None:
        if not any(letter.isdigit() for letter in self.emergency_sentence):
            raise ValidationError({"emergency_sentence": _("Say which number to call, for example 911.")})

    def _copy_to_clinic(self) -> None:
        for clinic in ClinicSettings.objects.all():
            self._copy_to(clinic)
            clinic.save()

    def _copy_to(self, clinic: ClinicSettings) -> None:
        for name in self.CLINIC_FIELDS:
            setattr(clinic, name, getattr(self, name))

    def get_preview_template(self, request, mode_name):
        return "education/safety_notice.html"

    def get_preview_context(self, request, mode_name):
        self._copy_to(clinic := ClinicSettings.current())
        return {**super().get_preview_context(request, mode_name), "preview": clinic}
