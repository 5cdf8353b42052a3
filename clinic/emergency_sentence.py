"""The sentence for emergencies: managers and clinical reviewers change it, and never in silence.

Each change is confirmed, stays in the history below the form and is told to both roles by email.
"""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from clinic.jobs import tell_of_emergency_sentence
from clinic.models import ClinicSettings

PERMISSION = "clinic.change_emergency_sentence"
ACTION = "clinic.emergency_sentence"


class EmergencySentenceForm(forms.ModelForm):
    confirmed = forms.BooleanField(
        label=gettext_lazy("I’ve read it once more. Patients see it at once, above every form."),
        error_messages={"required": gettext_lazy("Read the sentence once more, then check this box.")},
    )

    class Meta:
        model = ClinicSettings
        fields = ["emergency_sentence"]
        widgets = {"emergency_sentence": forms.Textarea(attrs={"rows": 3})}


@permission_required(PERMISSION, raise_exception=True)
def change(request: HttpRequest) -> HttpResponse:
    clinic = ClinicSettings.for_request(request)
    # An own copy: what `for_request` gives is shared, and the form writes into it before it's valid.
    form = EmergencySentenceForm(request.POST or None, instance=ClinicSettings.objects.get(pk=clinic.pk))
    if form.is_valid():
        save(form, request)
        messages.success(request, _("Patients see the new sentence now. Managers and reviewers are told."))
        return redirect("emergency_sentence")
    return render(request, "wagtailadmin/emergency_sentence.html", {"form": form, "history": history()})


@transaction.atomic
def save(form: EmergencySentenceForm, request: HttpRequest) -> None:
    if "emergency_sentence" not in form.changed_data:
        return
    said = {"before": form.initial["emergency_sentence"], "after": form.cleaned_data["emergency_sentence"]}
    clinic = form.save()
    entry = log(instance=clinic, action=ACTION, user=request.user, data=said)
    tell_of_emergency_sentence.defer(entry_id=entry.pk)


def history():
    return ModelLogEntry.objects.filter(action=ACTION).select_related("user").order_by("-timestamp")


class EmergencySentenceMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    return EmergencySentenceMenuItem(
        _("Emergency sentence"), reverse("emergency_sentence"), name="emergency-sentence", icon_name="warning"
    )


def register_action(actions) -> None:
    actions.register_action(ACTION, _("Change emergency sentence"), _("Emergency sentence changed"))


def urls():
    return [path("emergency-sentence/", change, name="emergency_sentence")]
