"""From an article to a draft page."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from education.importing.article import Refused
from education.models import ArticlePage

LONGEST_SLUG = 255


@transaction.atomic
def make_page(article, parent, publish=None, user=None):
    """A new article under `parent`: a draft, or what `publish(revision)` makes of it. Overwrites nothing."""
    slug = _free_slug(article, parent)
    page = ArticlePage(
        title=article.title,
        slug=slug,
        seo_title=article.seo_title,
        search_description=article.search_description,
        published_on=article.date,
        lead=article.lead,
        key_points=[("point", point) for point in article.key_points],
        short_title=article.short_title,
        body=sections_of_article(article),
        sources=[("source", {"title": title, "url": url}) for title, url in article.sources],
        live=False,
        owner=user,
    )
    try:
        page.refuse_claims()
        parent.add_child(instance=page)
        # A draft may lack what readers need; the editor asks for it at publication.
        revision = page.save_revision(user=user, log_action=True, clean=bool(publish))
        if publish:
            publish(revision)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return ArticlePage.objects.get(pk=page.pk)


def _free_slug(article, parent):
    slug = slugify(article.slug or article.title, allow_unicode=True)[:LONGEST_SLUG].strip("-")
    if not slug:
        raise Refused(_("The title makes no web address: name a slug in the file’s front matter."))
    if not Page._slug_is_available(slug, parent):
        raise Refused(
            _(
                "There is a page at %(address)s already, and it was left as it is. Delete it first, or give"
                " this article another slug in the file’s front matter."
            )
            % {"address": f"{parent.url}{slug}/"}
        )
    return slug


def sections_of_article(article):
    """As the `body` of a page holds them."""
    drawings = iter(article.drawings)
    return [("section", _section(section, drawings)) for section in article.sections]


def _section(section, drawings):
    return {
        "heading": section.heading,
        "content": [(block.kind, _value(block, drawings)) for block in section.blocks],
    }


def _value(block, drawings):
    match block.kind:
        case "text":
            return _rich(block.value)
        case "points":
            return [{"title": title, "text": _rich(texts)} for title, texts in block.value]
        case "quote":
            quote = block.value
            return {"quote": _rich(quote.paragraphs), "source": quote.source, "url": quote.url}
        case "callout":
            level, paragraphs = block.value
            return {"level": level, "text": _rich(paragraphs)}
        case "steps":
            return [{"text": _rich(item), "drawing": _drawing(drawings)} for item in block.value]
        case _:
            return [_rich(item) for item in block.value]


def _drawing(drawings):
    """The next step's drawing: the file's list names one a step, from its first step on."""
    name = next(drawings, "none")
    return "" if name == "none" else name


def _rich(paragraphs):
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
