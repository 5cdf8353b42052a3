"""What every page type shares."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, TypeGuard

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, prefetch_related_objects
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
from clinic.models.fields import picture_field
from clinic.structured_data import HOME_DEPTH, absolute, clinic_id
from education.blocks import STYLED_APART, SectionBlock, images_in, sections_of
from education.review.gate import ReviewedPage
from education.review.models import ClinicalReview
from education.review.panels import SETTINGS, ClinicalReviewPanel

LONGEST_SLUG = 250  # characters; Wagtail may add a number
SOCIAL_SIZE = "fill-1200x630|format-jpeg"  # templates/education/page_head.html
# templates/education/blocks/image.html
PICTURE_SIZES = Filter.expand_spec("width-{400,800,1200}|format-{avif,webp,jpeg}")


def has_review() -> Exists:
    """Whether a clinician approved the words that readers see of a page; an alias shows its source's."""
    shown = Coalesce(OuterRef("alias_of__live_revision"), OuterRef("live_revision"))
    return Exists(ClinicalReview.objects.filter(revision=shown))


@cached_per_version
def private_paths():
    """Return the tree paths of all pages with a view restriction."""
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def all_is_public():
    """Whether no page is restricted, as on most sites; False if only a query could tell."""
    return cached_values.get() is not None and not private_paths()


def searched(best: str, *others: str) -> list[index.BaseField]:
    """What the search finds a page by, besides its title; words in `best` count more."""
    return [*Page.search_fields, index.SearchField(best, boost=2), *map(index.SearchField, others)]


def is_readable(page: Page | None) -> TypeGuard[Page]:
    """Whether anybody may read a page that others link to."""
    return bool(page and page.live and not page.path.startswith(private_paths()))


class ReadableQuerySet(PageQuerySet):
    def readable(self):
        """What anybody may read."""
        pages = self.live()
        for path in private_paths():
            pages = pages.exclude(path__startswith=path)
        return pages

    def in_order(self):
        """As editors arranged them in the page tree."""
        return self.order_by("path")


class PageForm(WagtailAdminPageForm):
    """Leaves an empty slug to the model, which makes one of the title; Wagtail's script is late or off."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        title = self.cleaned_data.get("title")
        slug = self.cleaned_data["slug"] or slugify(title or "", allow_unicode=True)
        if title and not 0 < len(slug) <= LONGEST_SLUG:
            raise ValidationError(_("This title can’t be turned into a web address. Enter a short address."))
        return self.cleaned_data["slug"]


class SharedPage(ReviewedPage, Page):
    """What every page of ours has beyond Wagtail's own: a picture for when its link is shared."""

    social_image = picture_field(
        _("social image"),
        help_text=_("Shown when somebody shares a link to this page."),
        on_delete=models.SET_NULL,
    )

    objects = PageManager.from_queryset(ReadableQuerySet)()

    base_form_class = PageForm
    promote_panels = [*Page.promote_panels, "social_image"]
    settings_panels = SETTINGS
    # No shared password: Wagtail keeps who gave it in a session, and readers get no cookie here.
    private_page_options = ["login", "groups"]

    # Whether a clinician must approve the words before readers see them.
    contains_medical_claims = False

    class Meta:
        abstract = True

    @property
    def summary(self):
        return self.search_description or getattr(self, "introduction", "")

    @property
    def description(self) -> str:
        """The summary for search engines and shared links: it says so if nobody has reviewed the page."""
        if not self.summary or not self.contains_medical_claims or self.clinical_review:
            return self.summary
        return f"{_('Not yet medically reviewed by this clinic.')} {self.summary}"

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none() if all_is_public() else super().get_view_restrictions()

    @cached_property
    def live_ancestors(self):
        """The published pages from home down to this one's parent. Who was served on the way knows them."""
        return list(self.get_ancestors().filter(depth__gte=HOME_DEPTH).live())

    def structured_data(self, root_url: str, path: str, time_zone: tzinfo) -> dict[str, Any]:
        """What search engines read about the page (schema.org). Days are the clinic's, as on the page."""
        described = {
            "@type": "MedicalWebPage" if self.contains_medical_claims else "WebPage",
            "url": absolute(path, root_url),
            "name": self.title,
            "description": self.description,
            "inLanguage": getattr(self, "language", "") or get_language(),
            "publisher": {"@id": clinic_id(root_url)},
        }
        review = self.contains_medical_claims and self.clinical_review and self.clinical_review.shown
        if not review or review.has_lapsed(timezone.localdate(timezone=time_zone)):
            return described
        described["lastReviewed"] = f"{review.created_at.astimezone(time_zone):%Y-%m-%d}"
        if review.reviewer_name and not review.own_words:
            described["reviewedBy"] = person = {"@type": "Person", "name": review.reviewer_name}
            if review.reviewer_credentials:
                person["honorificSuffix"] = review.reviewer_credentials
            if is_readable(review.reviewer_page):
                person["url"] = absolute(review.reviewer_page.url, root_url)
        return described

    def picture_sizes(self) -> Iterator[tuple[AbstractImage, list[str]]]:
        """Each picture that the page shows, with the sizes (image filters) it's shown in."""
        if self.social_image:
            yield self.social_image, [SOCIAL_SIZE]


class ClaimsPage(SharedPage):
    """A page whose editor says whether its words are about medicine."""

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
    """A page that introduces those below it."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, "introduction", *ClaimsPage.claims_panels]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        abstract = True


class SectionsPage(models.Model):
    """For a page whose text is in sections: its language, its contents list, and the pictures in it."""

    language = models.CharField(
        _("language of this page"),
        max_length=5,
        choices=[("", _("English")), ("es", _("Spanish"))],
        blank=True,
        default="",
        db_default="",
        help_text=_("So that screen readers and search engines know it. Menus and the form stay English."),
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
        """(model, key) of everything that the sections show, link to or offer."""
        found = self.body.stream_block.extract_references(self.body)
        return {(model, str(key)) for model, key, *_paths in found}

    @property
    def needs_block_styles(self) -> bool:
        """Whether a block needs css/site/blocks.css, which most pages do without."""
        return any(block.block_type in STYLED_APART for section in self.sections for block in section.content)

    def picture_sizes(self):
        yield from super().picture_sizes()
        yield from ((image, PICTURE_SIZES) for image in self.images)

    def get_context(self, request, *args, **kwargs):
        if images := self.images:
            # All stored sizes of all images in one query, instead of one an image.
            prefetch_related_objects(images, "renditions")
        return super().get_context(request, *args, **kwargs)
