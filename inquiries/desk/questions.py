"""Pages where clinicians read and answer the front desk's questions."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from clinic.menu import PermittedMenuItem
from inquiries.desk.forms import NoteField
from inquiries.email import queue
from inquiries.models import Draft, Question
from inquiries.permissions import ANSWER, QuestionPermissionPolicy
from inquiries.privacy.logged_views import LoggedViewMixin


class AnswerForm(forms.Form):
    use_required_attribute = False
    text = NoteField(
        label=_("Your answer"),
        rows=6,
        help_text=_("Your colleagues at the front desk read this. The patient doesn't."),
        error_messages={"required": _("Write the answer first.")},
    )


class ClinicianView(LoggedViewMixin, WagtailAdminTemplateMixin, TemplateView):
    """Base view that gives clinicians access only to questions that are open to them."""

    permission_policy = QuestionPermissionPolicy(Question)
    any_permission_required = ["answer"]
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": reverse("questions"), "label": _("Questions for you")}]

    @property
    def questions(self) -> Any:
        return Question.objects.open_to(self.user).select_related("inquiry", "event", "answer")


class QuestionList(ClinicianView):
    http_method_names = ["get", "head", "options"]
    template_name = "inquiries/admin/questions.html"
    page_title = _("Questions for you")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        questions = self.questions.order_by("answered_at", "pk")  # PostgreSQL puts NULL last
        waiting = [question for question in questions if not question.answered_at]
        answered = [question for question in questions if question.answered_at]
        self.listed = [question.inquiry_id for question in questions]
        return super().get_context_data(waiting=waiting, answered=answered, **kwargs)


class SessionCheck(ClinicianView):
    """Polled by an open question's page to detect a sign-out; doesn't count as activity."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return JsonResponse({})


class QuestionPage(ClinicianView):
    http_method_names = ["get", "head", "post", "options"]
    template_name = "inquiries/admin/question.html"
    page_title = _("Question")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            typed = request.POST.get("text", "")
            return render(request, "inquiries/admin/question_not_found.html", {"typed": typed}, status=404)

    @cached_property
    def question(self) -> Question:
        question = self.questions.filter(pk=self.kwargs["pk"]).first()
        if not question:
            raise Http404
        return question

    def get_page_subtitle(self) -> str:
        return self.question.inquiry.reference  # never a name, because titles end up in browser histories

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.question.inquiry.read_question(self.question, by=self.user)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question, form = self.question, AnswerForm(request.POST)
        if form.is_valid():
            try:
                queue.answer(question, form.cleaned_data["text"], by=self.user)
                Draft.objects.store(question.inquiry_id, self.user, {"text": ""})
                messages.success(request, _("Answered. Your colleagues have been notified."))
                return redirect("questions")
            except PermissionDenied:  # closed or withdrawn a moment ago: show the text for copying
                raise Http404 from None
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.question
        self.shown = [question.inquiry_id]  # doesn't mark the patient's additions as opened by the front desk
        draft = Draft.objects.for_user(question.inquiry_id, self.user)
        kwargs.setdefault("form", AnswerForm(initial={"text": draft.get_text_display() if draft else ""}))
        return super().get_context_data(question=question, inquiry=question.inquiry, **kwargs)


def menu_item() -> PermittedMenuItem:
    return PermittedMenuItem(ANSWER, _("Questions for you"), "questions", icon_name="help", order=105)


def urls() -> list[URLPattern]:
    return [
        path("questions/", QuestionList.as_view(), name="questions"),
        path("questions/news/", SessionCheck.as_view(), name="questions_news"),
        path("questions/<int:pk>/", QuestionPage.as_view(), name="question"),
    ]
