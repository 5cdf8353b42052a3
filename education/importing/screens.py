"""“New page from document” in the admin: upload or paste, look at what becomes what, then a draft."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from education.blocks import ContentBlock
from education.importing.article import Article, Refused
from education.importing.files import read_article
from education.importing.forms import DocumentForm, PicturesForm
from education.importing.pages import Pictures, make_page
from education.models import ArticleIndexPage, PendingImport


class StaffRequest(HttpRequest):
    """One that the admin let in."""

    user: User


def may_add_to(parent: Page, user: User) -> bool:
    return isinstance(parent, ArticleIndexPage) and parent.permissions_for_user(user).can_add_subpage()


def header_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> list[Button]:
    """Receives Wagtail's `register_page_header_buttons`."""
    if not may_add_to(page, user):
        return []
    url = reverse("education_importing:document", args=[page.pk])
    return [Button(_("New page from document"), url, icon_name="upload", priority=15)]


def document(request: StaffRequest, parent_id: int) -> HttpResponse:
    parent = _parent(parent_id, request.user)
    form = DocumentForm(*_sent(request))
    if form.is_valid():
        pending = PendingImport.objects.keep(
            user=request.user,
            parent=parent,
            name=form.cleaned_data["name"][-255:],
            data=form.cleaned_data["data"],
        )
        return redirect("education_importing:confirm", pending.pk)
    return render(request, "education/importing/document.html", {"form": form, "parent": parent})


def confirm(request: StaffRequest, pending_id: int) -> HttpResponse:
    """Show what becomes which block; on POST, make the draft."""
    pending = get_object_or_404(PendingImport, pk=pending_id, user=request.user)
    parent = _parent(pending.parent_id, request.user)
    article = read_article(pending.name, bytes(pending.data))  # as it was read before it was kept
    Pictures(article.document, request.user).drop_missing(article)
    sections = preview(article)
    form = PicturesForm(article, *_sent(request))
    if request.method == "POST" and (not form.fields or form.is_valid()):
        try:
            with transaction.atomic():
                page = make_page(article, parent, user=request.user)
                pending.delete()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Here’s the draft. Readers see it once it’s reviewed and published."))
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"form": form, "parent": parent, "pending": pending, "article": article, "sections": sections}
    return render(request, "education/importing/confirm.html", context)


def preview(article: Article) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Each section's heading and its blocks: their names, and their words line by line."""
    names = ContentBlock().child_blocks
    return [
        (section.heading, [(names[block.kind].label, block.lines()) for block in section.blocks])
        for section in article.sections
    ]


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _parent(pk: int, user: User) -> ArticleIndexPage:
    parent = get_object_or_404(ArticleIndexPage, pk=pk)
    if not may_add_to(parent, user):
        raise PermissionDenied
    return parent


urls = [
    path("articles/<int:parent_id>/from-document/", document, name="document"),
    path("articles/from-document/<int:pending_id>/", confirm, name="confirm"),
]
