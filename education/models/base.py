"""Base classes and query helpers of all page types."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, TypeGuard

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import PROTECT, Exists, OuterRef, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, Filter
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction
from wagtail.search import index

from clinic.caching.per_version import cached_per_version, cached_values
from clinic.models.fields import image_field
from clinic.structured_data import HOME_DEPTH, absolute, clinic_id
from education.blocks import RARE_BLOCKS, SectionBlock, images_in, sections_of
from education.review.gate import ReviewedPage
from education.review.models import ClinicalReview
from education.review.panels import SETTINGS_PANELS, ClinicalReviewPanel

MAX_SLUG_LENGTH = 250  # leaves room for the number that Wagtail may append
SOCIAL_SIZE = "fill-1200x630|format-jpeg"  # templates/education/page_head.html
# templates/education/blocks/image.html
PICTURE_SIZES = Filter.expand_spec("width-{400,800,1200}|format-{avif,webp,jpeg}")


def has_review() -> Exists:
    """Return an expression that is true if the live revision, or that of an alias's source, was reviewed."""
    shown = Coalesce(OuterRef("alias_of__live_revision"), OuterRef("live_revision"))
    return Exists(ClinicalReview.objects.filter(revision=shown))


@cached_per_version
def private_paths():
    """Return the tree paths of all pages with a view restriction."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def all_pages_public():
    """Return True if no page is restricted; False without a cache, as finding out takes a query."""
    return cached_values.get() is not None and not private_paths()


def build_search_fields(best: str, *others: str) -> list[index.BaseField]:
    """Return Wagtail's page fields and the given ones, with matches in `best` ranked higher."""
    return [*Page.search_fields, index.SearchField(best, boost=2), *map(index.SearchField, others)]


def is_readable(page: Page | None) -> TypeGuard[Page]:
    """Return True if a linked page still exists and is public."""
    return bool(page and page.live and not page.path.startswith(private_paths()))


class ReadableQuerySet(PageQuerySet):
    def readable(self):
        """Return live pages without a view restriction on them or above them."""
        pages = self.live()
        for path in private_paths():
            pages = pages.exclude(path__startswith=path)
        return pages

    def in_tree_order(self):
        """Sort pages as editors arranged them in the page tree."""
        return self.order_by("path")


class PageForm(WagtailAdminPageForm):
    """Accepts an empty slug, which the model derives from the title if Wagtail's script hasn't filled it."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        title = self.cleaned_data.get("title")
        slug = self.cleaned_data["slug"] or slugify(title or "", allow_unicode=True)
        if title and not 0 < len(slug) <= MAX_SLUG_LENGTH:
            raise ValidationError(_("This title can’t be turned into a web address. Enter a short address."))
        return self.cleaned_data["slug"]


class BasePage(ReviewedPage, Page):
    """Base class of all page types: clinical review, social image, structured data."""

    social_image = image_field(
        _("social image"),
        help_text=_("Shown when someone shares a link to this page."),
        on_delete=models.SET_NULL,
    )

    objects = PageManager.from_queryset(ReadableQuerySet)()

    base_form_class = PageForm
    promote_panels = [*Page.promote_panels, "social_image"]
    settings_panels = SETTINGS_PANELS
    # Shared passwords need a session, and this site sets no cookies for readers.
    private_page_options = ["login", "groups"]

    # True if a clinician has to approve the page before readers see it.
    contains_medical_claims = False

    class Meta:
        abstract = True

    @property
    def summary(self):
        return self.search_description or getattr(self, "introduction", "")

    @property
    def description(self) -> str:
        """The summary for search engines and shared links, marked if the page has not been reviewed."""
        if not self.summary or not self.contains_medical_claims or self.clinical_review:
            return self.summary
        return f"{_('Not yet medically reviewed by this clinic.')} {self.summary}"

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Load a version without images deleted since then; modelcluster would raise an error."""
        protected = [
            f for f in cls._meta.concrete_fields if f.is_relation and f.remote_field.on_delete is PROTECT
        ]
        gone = {f.name for f in protected if not f.related_model.objects.filter(pk=data.get(f.name)).exists()}
        return super().from_serializable_data({**data, **dict.fromkeys(gone)}, *args, **kwargs)

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none() if all_pages_public() else super().get_view_restrictions()

    @cached_property
    def live_ancestors(self):
        """The live pages from the home page down to the parent. `HomePage.route` fills in this cache."""
        return list(self.get_ancestors().filter(depth__gte=HOME_DEPTH).live())

    def structured_data(self, root_url: str, path: str, time_zone: tzinfo) -> dict[str, Any]:
        """Return the schema.org data of the page, with dates in the clinic's time zone."""
        data = {
            "@type": "MedicalWebPage" if self.contains_medical_claims else "WebPage",
            "url": absolute(path, root_url),
            "name": self.title,
            "description": self.description,
            "inLanguage": getattr(self, "language", "") or get_language(),
            "publisher": {"@id": clinic_id(root_url)},
        }
        review = self.contains_medical_claims and self.clinical_review and self.clinical_review.shown
        if not review or review.has_lapsed(timezone.localdate(timezone=time_zone)):
            return data
        data["lastReviewed"] = f"{review.created_at.astimezone(time_zone):%Y-%m-%d}"
        if review.reviewer_name and not review.own_words:
            data["reviewedBy"] = person = {"@type": "Person", "name": review.reviewer_name}
            if review.reviewer_credentials:
                person["honorificSuffix"] = review.reviewer_credentials
            if is_readable(review.reviewer_page):
                person["url"] = absolute(review.reviewer_page.url, root_url)
        return data

    def picture_sizes(self) -> Iterator[tuple[AbstractImage, list[str]]]:
        """Yield each image on the page with the filter specs of the sizes it's shown in."""
        if self.social_image:
            yield self.social_image, [SOCIAL_SIZE]


class ClaimsPage(BasePage):
    """A page whose editor decides whether it contains medical claims."""

    contains_medical_claims = models.BooleanField(
        _("contains medical claims"),
        default=False,
        db_default=False,
        help_text=_(
            "Check this if the page says anything about conditions, treatments, benefits or risks."
            " A clinical reviewer then approves it before readers see it."
        ),
    )

    claims_panels = [
        MultiFieldPanel(["contains_medical_claims"], heading=_("Medical claims")),
        ClinicalReviewPanel(heading=_("Clinical review")),
    ]

    class Meta:
        abstract = True


class ListPage(ClaimsPage):
    """An index page."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, "introduction", *ClaimsPage.claims_panels]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True


class SectionsPage(models.Model):
    """Mixin for pages with a body of sections, optionally in Spanish."""

    language = models.CharField(
        _("language of this page"),
        max_length=5,
        choices=[("", _("English")), ("es", _("Spanish"))],
        blank=True,
        default="",
        db_default="",
        help_text=_("For screen readers and search engines. Menus and the form stay in English."),
    )
    body = StreamField([("section", SectionBlock())], blank=True, verbose_name=_("sections"))

    class Meta:
        abstract = True

    @cached_property
    def sections(self):
        return sections_of(self.body)

    @property
    def images(self):
        return images_in(self.sections)

    @property
    def files(self) -> set[tuple[type[models.Model], str]]:
        """The (model, primary key) of every object that the sections refer to."""
        references = self.body.stream_block.extract_references(self.body)
        return {(model, str(key)) for model, key, *_paths in references}

    @property
    def needs_block_styles(self) -> bool:
        """True if a block needs css/site/blocks.css, which most pages don't load."""
        return any(block.block_type in RARE_BLOCKS for section in self.sections for block in section.content)

    def picture_sizes(self):
        yield from super().picture_sizes()
        yield from ((image, PICTURE_SIZES) for image in self.images)

    def get_context(self, request, *args, **kwargs):
        if images := self.images:
            # One query for the renditions of all images, instead of one per image.
            prefetch_related_objects(images, "renditions")
        return super().get_context(request, *args, **kwargs)
