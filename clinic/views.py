"""Views about the site itself: style guide for staff, error pages for the proxy, web manifest, images."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from clinic.drawings import DRAWINGS
from clinic.models import ClinicSettings, NavigationSettings
from clinic.templatetags.clinic_tags import logo

SWATCHES = ["paper", "tint", "ink", "soft", "teal", "clay", "line", "edge", "note", "caution", "urgent"]


class SampleForm(forms.Form):
    """A form with one field of each kind, for the style guide."""

    name = forms.CharField(label=_("Your name"), error_messages={"required": _("Enter your name.")})
    choice = forms.ChoiceField(
        label=_("How should we get back to you?"),
        choices=[("phone", _("By phone")), ("email", _("By email"))],
        initial="phone",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how we should get back to you.")},
    )
    time = forms.ChoiceField(
        label=_("When is a good time to call you?"), choices=[("", _("Any time"))], required=False
    )
    message = forms.CharField(
        label=_("Your question or message"),
        help_text=_("Write it in your own words."),
        widget=forms.Textarea(attrs={"rows": 5, "data-max-length": 500}),
        error_messages={"required": _("Write your question or message.")},
    )
    agreed = forms.BooleanField(label=_("You may leave a message on my voicemail"), required=False)

    optional_fields = ["time"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.attrs = {"novalidate": True}
        self.helper.layout = Layout(Fieldset(_("A group of fields"), *self.fields))
        self.helper.add_input(Submit("", _("Send")))


@require_safe
@require_admin_access
def styleguide(request):
    """Show every component in every state, for editors and developers."""
    context = {
        "swatches": SWATCHES,
        "drawings": DRAWINGS,
        "levels": [
            {"level": "note", "text": _("Good to know, and no reason to worry.")},
            {"level": "caution", "text": _("Ask us or your doctor before you go on.")},
            {"level": "urgent", "text": _("Get help now, and do not wait for us.")},
        ],
        "with_blocks": True,
        "dos": {"dos": [_("Walk a little every day.")], "donts": [_("Stay in bed all day.")]},
        "checklist": {"title": _("Before your visit"), "items": [_("A list of your medicines")]},
        "form": SampleForm(auto_id="sample_%s"),
        "form_with_errors": SampleForm({}, auto_id="invalid_%s"),
    }
    return render(request, "styleguide.html", context)


@require_safe
def problem(request, status):
    """Render the error page that nginx shows while the site is unavailable (deploy/nginx)."""
    return render(request, f"{status}.html")


@require_safe
def privacy(request):
    """Redirect to the privacy page, so the form can link to a stable URL."""
    page = NavigationSettings.for_request(request).privacy_page
    if not page or not page.live:
        raise Http404
    return redirect(page.get_url(request))


@require_safe
def web_manifest(request):
    clinic = ClinicSettings.for_request(request)
    sources = {size: static(f"img/icon-{size}.png") for size in (192, 512)}
    if images := logo(clinic):
        sources = {512: images["icon"].url}
    icons = [
        {"src": source, "sizes": f"{size}x{size}", "type": "image/png"} for size, source in sources.items()
    ]
    return JsonResponse(
        {
            "name": clinic.name,
            "short_name": clinic.name,
            "start_url": "/",
            "display": "browser",
            "background_color": "#fbf9f5",
            "theme_color": "#fbf9f5",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_safe
@cache_control(public=True, max_age=3600)
def image(request: HttpRequest, name: str) -> FileResponse:
    """Serve an uploaded image from the default storage."""
    try:
        return FileResponse(default_storage.open(f"images/{name}"), filename=name)
    except (OSError, ValueError, SuspiciousFileOperation):  # missing, or an invalid file name
        raise Http404 from None
