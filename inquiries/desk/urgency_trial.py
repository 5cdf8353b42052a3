"""Trial of urgency rules on a sentence and on recent inquiries, before saving them."""

from collections import Counter
from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic.security.encryption import readable
from clinic.text.numbers import parse_number
from inquiries.choices import Tier
from inquiries.models import AccessKind, Inquiry, UrgencySettings, WarningPhrase
from inquiries.models.warning_phrase import Rules, rules_in_use
from inquiries.privacy.logged_views import LoggedViewMixin

PREVIEW_PERIOD = timedelta(days=90)
MAX_JUDGED = 300  # more inquiries would take too long for a page
MAX_SHOWN = 25
PHRASE_FIELDS = ["label", "advice", "severity", "patterns", "is_active"]
PhraseForm = forms.modelform_factory(WarningPhrase, fields=PHRASE_FIELDS)


class TrialForm(forms.ModelForm):
    sentence = forms.CharField(
        label=_("A sentence to try"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As a patient would write it. It isn't stored."),
    )
    preview = forms.BooleanField(label=_("Show what would have changed in the last 90 days"), required=False)

    class Meta:
        model = UrgencySettings
        fields = ["uses_score", "look_first_from", "first_tier_from", "crisis_from"]


class Change(NamedTuple):
    inquiry: Inquiry
    before: Tier
    after: Tier


class UrgencyTrial(LoggedViewMixin, WagtailAdminTemplateMixin, TemplateView):
    """Apply unsaved rules to a sentence and to the newest inquiries. Logs which inquiries it used."""

    access = AccessKind.SEARCHED  # not VIEWED, because no messages are shown
    template_name = "inquiries/admin/urgency_trial.html"
    page_title = _("Try the urgency rules")
    header_icon = "warning"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("inquiries.change_warningphrase"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.get(request, *args, **kwargs)

    @cached_property
    def settings_form(self) -> TrialForm:
        current = UrgencySettings.load()
        return TrialForm(
            self.request.POST if "look_first_from" in self.request.POST else None, instance=current
        )

    @cached_property
    def phrase_form(self) -> forms.ModelForm | None:
        """The unsaved phrase, if the trial was started from the phrase's own page."""
        if "patterns" not in self.request.POST:
            return None
        pk = parse_number(self.request.POST.get("phrase", ""))
        phrase = WarningPhrase.objects.filter(pk=pk).first()
        return PhraseForm(self.request.POST, instance=phrase)

    @property
    def is_valid(self) -> bool:
        """True if the submitted forms are valid. Checks the phrase first, so that its errors show."""
        submitted = [form for form in (self.phrase_form, self.settings_form) if form and form.is_bound]
        return all(form.is_valid() for form in submitted)

    def new_rules(self) -> Rules:
        """Return the current rules with the unsaved changes applied."""
        current = rules_in_use()
        phrases = list(current.phrases)
        if self.phrase_form:
            phrase = self.phrase_form.instance
            phrase.code = phrase.code or "new"
            phrases = [other for other in phrases if other.pk != phrase.pk] + [phrase] * phrase.is_active
        return Rules(phrases, self.settings_form.instance.thresholds())

    def changes(self, new: Rules) -> tuple[list[Change], int]:
        """Return the recent inquiries that the new rules judge differently, and how many were judged."""
        current = rules_in_use()
        since = timezone.now() - PREVIEW_PERIOD
        recent = list(Inquiry.objects.filter(received_at__gte=since).newest_first()[:MAX_JUDGED])
        self.shown = [inquiry.pk for inquiry in recent]
        changes = []
        for inquiry in recent:
            message = readable(lambda inquiry=inquiry: inquiry.message)
            before, after = current.judge(message).tier, new.judge(message).tier
            if before != after:
                changes.append(Change(inquiry, before, after))
        return changes, len(recent)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        data = self.request.POST
        context: dict[str, Any] = {
            "form": self.settings_form,
            "phrase_form": self.phrase_form,
            "max_judged": MAX_JUDGED,
        }
        if self.request.method == "POST" and self.is_valid:
            new = self.new_rules()
            sentence = data.get("sentence", "")[:5000]
            context |= {"sentence": sentence, "judgement": new.judge(sentence) if sentence.strip() else None}
            if "preview" in data:
                changes, judged = self.changes(new)
                moves = Counter((change.before.label, change.after.label) for change in changes)
                context |= {"judged": judged, "changes": changes[:MAX_SHOWN], "moves": moves.most_common()}
        return super().get_context_data(**context, **kwargs)
