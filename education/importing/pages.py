"""Create a draft page from an article."""

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

MAX_SLUG_LENGTH = 255
LINK = re.compile(r'<a href="(?P<path>/[^"?#]*)">')


def make_page(
    article: Article,
    parent: ArticleIndexPage,
    publish: Callable[[Revision], object] | None = None,
    user: User | None = None,
) -> ArticlePage:
    """Create a new article under `parent`: a draft, unless `publish` publishes its revision."""
    files = ImportedFiles(article.document, user)
    files.drop_missing_pictures(article)
    try:
        with transaction.atomic():
            return _make_page(article, parent, files, publish, user)
    except ValidationError as error:
        files.delete_stored()
        raise Refused(" ".join(error.messages)) from error
    except Exception:
        files.delete_stored()
        raise


def _make_page(
    article: Article,
    parent: ArticleIndexPage,
    files: "ImportedFiles",
    publish: Callable[[Revision], object] | None,
    user: User | None,
) -> ArticlePage:
    metadata = article.document
    page = ArticlePage(
        title=article.title,
        language=metadata.language,
        slug=_available_slug(article, parent),
        seo_title=metadata.seo_title,
        search_description=metadata.search_description,
        published_on=article.date,
        lead=article.lead,
        key_points=[("point", point) for point in metadata.key_points],
        short_title=metadata.short_title,
        body=sections_of_article(article, files),
        sources=[("source", source) for source in metadata.sources],
        live=False,
        owner=user,
    )
    page.refuse_claims()
    parent.add_child(instance=page)
    # Drafts can be incomplete; Wagtail validates them on publication.
    revision = page.save_revision(user=user, log_action=True, clean=bool(publish))
    if publish:
        publish(revision)
    return ArticlePage.objects.get(pk=page.pk)


def _available_slug(article: Article, parent: ArticleIndexPage) -> str:
    slug = slugify(article.document.slug or article.title, allow_unicode=True)[:MAX_SLUG_LENGTH].strip("-")
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
    article: Article, files: "ImportedFiles | None" = None
) -> list[tuple[str, dict[str, Any]]]:
    """Return the value of a page's `body`. Without `files`, blocks with files are left out."""
    drawings = iter(article.document.drawings)
    return [("section", _section(section, drawings, files)) for section in article.sections]


def _section(
    section: Section, drawings: Iterator[dict[str, str]], files: "ImportedFiles | None"
) -> dict[str, Any]:
    content = []
    for block in section.blocks:
        value = block.value
        if isinstance(value, Picture):
            value = files and files.image_value(value)
        elif block.kind in ("download", "video", "related"):
            value = files and files.resolve_references(value)
        elif block.kind == "steps":
            # `drawings` has one entry per step, in document order.
            value = [{**step, **next(drawings, {})} for step in value]
        if value is not None:
            content.append((block.kind, _with_page_links(value)))
    return {"heading": section.heading, "content": content}


def _with_page_links(value: Any) -> Any:
    """Turn links to paths of this site into page links, which still work after the page moves."""
    if isinstance(value, dict):
        return {key: _with_page_links(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_page_links(item) for item in value]
    return LINK.sub(_page_link, value) if isinstance(value, str) else value


def page_at(path: str) -> Page | None:
    root = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    return Page.objects.filter(url_path=root.url_path.rstrip("/") + path).first()


def _references(value: Any) -> list[str]:
    """Return the page paths and file hashes in a block's value."""
    if isinstance(value, list):
        return value
    return [text for key, text in value.items() if key in ("document", "video", "captions")]


def _page_link(match: re.Match[str]) -> str:
    page = page_at(match["path"])
    return f'<a linktype="page" id="{page.pk}">' if page else match[0]


class ImportedFiles:
    """Pictures, files and pages of an import: stored in the library or looked up there."""

    def __init__(self, document: Document, user: User | None):
        self.document = document
        self.user = user
        self.stored: list[AbstractImage] = []

    def image_value(self, picture: Picture) -> dict[str, Any] | None:
        """Return the value of an image block, or None if the picture is only named and not in the library."""
        if picture.key.startswith("image:"):
            image = self._find_in_library(permission_policy, picture.key.removeprefix("image:"))
        else:
            image = self._store_image(picture)
        described = {"long_description": picture.long_description} if picture.long_description else {}
        return image and {"image": image, "alt_text": picture.alt, "caption": picture.caption, **described}

    def drop_missing_pictures(self, article: Article) -> None:
        """Drop pictures that are only named and not in the library; add a note for each."""
        for picture in article.pictures:
            if picture.key.startswith("image:") and not self.image_value(picture):
                article.remove_picture(picture)
                text = _("a picture is not in the library here; add it by hand: %(words)s")
                self.document.note(text, words=quoted(picture.alt))

    def _find_in_library(self, policy: CollectionOwnershipPermissionPolicy, file_hash: str) -> Any:
        """Return the picture or document with this hash, if the user may choose it."""
        files = policy.model.objects.all()
        if self.user:
            files = policy.instances_user_has_any_permission_for(self.user, ["choose"])
        return files.filter(file_hash=file_hash).first()

    def resolve_references(self, value: Any) -> Any:
        """Replace paths and hashes with pages and files; return None, with a note, if one is missing."""
        found = {name: self._find_target(name) for name in _references(value)}
        if not all(found.values()):
            self.document.note(
                _("a block names a file or a page that this site doesn’t have; add it by hand.")
            )
            return None
        if isinstance(value, list):
            return [found[name] for name in value]
        return {key: found.get(text, text) for key, text in value.items()}

    def _find_target(self, name: str) -> Any:
        if not name.startswith("document:"):
            return page_at(name)
        return self._find_in_library(documents_policy, name.removeprefix("document:"))

    def _store_image(self, picture: Picture) -> AbstractImage:
        """Return the picture from the library, or add it there, validated like any upload."""
        data = self.document.pictures[picture.key]
        if image := self._find_in_library(permission_policy, hash_filelike(BytesIO(data))):
            return image
        with PIL.Image.open(BytesIO(data)) as opened:
            extension = str(opened.format).lower()
        title = picture.caption or picture.alt or _("Picture of an imported article")
        form = get_image_form(get_image_model())(
            {"title": title[:255], "description": picture.alt[:255], "collection": self._collection().pk},
            {"file": SimpleUploadedFile(f"imported.{extension}", data)},
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

    def delete_stored(self) -> None:
        """Delete image files after a rollback, which only undoes the database."""
        for image in self.stored:
            image.file.storage.delete(image.file.name)
