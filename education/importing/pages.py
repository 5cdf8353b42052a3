"""From an article to a draft page."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import PIL.Image
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.documents.permissions import permission_policy as documents_policy
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.models import AbstractImage
from wagtail.images.permissions import permission_policy
from wagtail.models import Collection, Page, Revision, Site
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.utils.file import hash_filelike

from education.importing.article import Article, Document, Picture, Refused, Section, quoted
from education.models import ArticleIndexPage, ArticlePage

LONGEST_SLUG = 255
LINK = re.compile(r'<a href="(?P<path>/[^"?#]*)">')


def make_page(
    article: Article,
    parent: ArticleIndexPage,
    publish: Callable[[Revision], object] | None = None,
    user: User | None = None,
) -> ArticlePage:
    """A new article under `parent`: a draft, or what `publish(revision)` makes of it. Overwrites nothing."""
    pictures = Pictures(article.document, user)
    pictures.drop_missing(article)
    try:
        with transaction.atomic():
            return _make_page(article, parent, pictures, publish, user)
    except ValidationError as error:
        pictures.take_back()
        raise Refused(" ".join(error.messages)) from error
    except Exception:
        pictures.take_back()
        raise


def _make_page(
    article: Article,
    parent: ArticleIndexPage,
    pictures: "Pictures",
    publish: Callable[[Revision], object] | None,
    user: User | None,
) -> ArticlePage:
    facts = article.document
    page = ArticlePage(
        title=article.title,
        language=facts.language,
        slug=_free_slug(article, parent),
        seo_title=facts.seo_title,
        search_description=facts.search_description,
        published_on=article.date,
        lead=article.lead,
        key_points=[("point", point) for point in facts.key_points],
        short_title=facts.short_title,
        body=sections_of_article(article, pictures),
        sources=[("source", source) for source in facts.sources],
        live=False,
        owner=user,
    )
    page.refuse_claims()
    parent.add_child(instance=page)
    # A draft may lack what readers need; the editor asks for it at publication.
    revision = page.save_revision(user=user, log_action=True, clean=bool(publish))
    if publish:
        publish(revision)
    return ArticlePage.objects.get(pk=page.pk)


def _free_slug(article: Article, parent: ArticleIndexPage) -> str:
    slug = slugify(article.document.slug or article.title, allow_unicode=True)[:LONGEST_SLUG].strip("-")
    if not slug:
        raise Refused(
            _("The title can’t be turned into a web address: add a slug to the file’s front matter.")
        )
    if not Page._slug_is_available(slug, parent):
        raise Refused(
            _(
                "There’s already a page at %(address)s, and it wasn’t changed. Delete it first, or give"
                " this article another slug in the file’s front matter."
            )
            % {"address": f"{parent.url}{slug}/"}
        )
    return slug


def sections_of_article(
    article: Article, pictures: "Pictures | None" = None
) -> list[tuple[str, dict[str, Any]]]:
    """As the `body` of a page holds them. Without `pictures`, those in the file are left out."""
    drawings = iter(article.document.drawings)
    return [("section", _section(section, drawings, pictures)) for section in article.sections]


def _section(
    section: Section, drawings: Iterator[dict[str, str]], pictures: "Pictures | None"
) -> dict[str, Any]:
    content = []
    for block in section.blocks:
        value = block.value
        if isinstance(value, Picture):
            value = pictures and pictures.value(value)
        elif block.kind in ("download", "video", "related"):
            value = pictures and pictures.with_files(value)
        elif block.kind == "steps":
            # The file's list has one entry a step, from its first step on.
            value = [{**step, **next(drawings, {})} for step in value]
        if value is not None:
            content.append((block.kind, _with_page_links(value)))
    return {"heading": section.heading, "content": content}


def _with_page_links(value: Any) -> Any:
    """A stored value in which links to pages of this site name the page, and so follow it when it moves."""
    if isinstance(value, dict):
        return {key: _with_page_links(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_page_links(item) for item in value]
    return LINK.sub(_page_link, value) if isinstance(value, str) else value


def page_at(path: str) -> Page | None:
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    return Page.objects.filter(url_path=root.url_path.rstrip("/") + path).first()


def _targets(value: Any) -> list[str]:
    """The pages (paths) and files (hashes) that a block names."""
    if isinstance(value, list):
        return value
    return [text for key, text in value.items() if key in ("document", "video", "captions")]


def _page_link(match: re.Match[str]) -> str:
    page = page_at(match["path"])
    return f'<a linktype="page" id="{page.pk}">' if page else match[0]


class Pictures:
    """The pictures and files of one import, on their way into the library or from it."""

    def __init__(self, document: Document, user: User | None):
        self.document = document
        self.user = user
        self.stored: list[AbstractImage] = []

    def value(self, picture: Picture) -> dict[str, Any] | None:
        """As an image block holds it; None if the file only names it, and the library has none."""
        if picture.key.startswith("image:"):
            image = self._in_library(permission_policy, picture.key.removeprefix("image:"))
        else:
            image = self._store(picture)
        described = {"long_description": picture.long_description} if picture.long_description else {}
        return image and {"image": image, "alt_text": picture.alt, "caption": picture.caption, **described}

    def drop_missing(self, article: Article) -> None:
        """Drop and note pictures that the file only names, and the library doesn't have."""
        for picture in article.pictures:
            if picture.key.startswith("image:") and not self.value(picture):
                article.drop(picture)
                text = _("a picture is not in the library here; add it by hand: %(words)s")
                self.document.note(text, words=quoted(picture.alt))

    def _in_library(self, policy: CollectionOwnershipPermissionPolicy, file_hash: str) -> Any:
        """The picture or document with this hash, if the user may choose it."""
        files = policy.model.objects.all()
        if self.user:
            files = policy.instances_user_has_any_permission_for(self.user, ["choose"])
        return files.filter(file_hash=file_hash).first()

    def with_files(self, value: Any) -> Any:
        """The value with the files and pages that it names; None if this site lacks one."""
        found = {name: self._found(name) for name in _targets(value)}
        if not all(found.values()):
            self.document.note(
                _("a block names a file or a page that this site doesn’t have; add it by hand.")
            )
            return None
        if isinstance(value, list):
            return [found[name] for name in value]
        return {key: found.get(text, text) for key, text in value.items()}

    def _found(self, name: str) -> Any:
        if not name.startswith("document:"):
            return page_at(name)
        return self._in_library(documents_policy, name.removeprefix("document:"))

    def _store(self, picture: Picture) -> AbstractImage:
        """The picture in the library, checked as any upload is."""
        data = self.document.pictures[picture.key]
        if image := self._in_library(permission_policy, hash_filelike(BytesIO(data))):
            return image
        with PIL.Image.open(BytesIO(data)) as opened:
            ending = str(opened.format).lower()
        title = picture.caption or picture.alt or _("Picture of an imported article")
        form = get_image_form(get_image_model())(
            {"title": title[:255], "description": picture.alt[:255], "collection": self._collection().pk},
            {"file": SimpleUploadedFile(f"imported.{ending}", data)},
            instance=get_image_model()(uploaded_by_user=self.user),
            user=self.user,
        )
        if not form.is_valid():
            raise Refused(" ".join(error for errors in form.errors.values() for error in errors))
        image = form.save()
        image.get_file_hash()
        self.stored.append(image)
        return image

    def _collection(self) -> Collection:
        if self.user is None:
            return Collection.get_first_root_node()
        collection = permission_policy.collections_user_has_permission_for(self.user, "add").first()
        if collection is None:
            raise Refused(_("You can’t add pictures to the library, so leave the pictures out."))
        return collection

    def take_back(self) -> None:
        """Nothing was stored after all: the database forgets by itself, the disk does not."""
        for image in self.stored:
            image.file.storage.delete(image.file.name)
