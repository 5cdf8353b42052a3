"""Explanations of glossary terms, at their first use on a page.

A term becomes a button that opens its meaning in a popover, without a script. Older browsers and printed
pages show the meaning in the text.
"""

import re
from collections.abc import Callable
from datetime import date

from django import template
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from clinic.caching.per_version import cached_per_version
from education.models import TermPage
from education.models.base import private_paths

register = template.Library()

TAG = re.compile(r"(<[^>]*>)")
NAME = re.compile(r"</?([a-z0-9]+)")
# Headings, links, controls, quotes and media, in which terms aren't explained.
SKIPPED_ELEMENTS = {
    *["a", "button", "h1", "h2", "h3", "h4", "dt", "th", "summary", "caption", "figcaption"],
    *["blockquote", "svg", "label", "script", "style", "video", "nav"],
}


class Glossary:
    """The approved terms, compiled for matching in HTML."""

    def __init__(self, terms: list[TermPage]):
        self.terms = {escape(form).casefold(): term for term in terms for form in term.forms}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.terms, key=len, reverse=True)
        return re.compile(
            rf"(?<![\w&#-])({'|'.join(map(re.escape, longest_first))})(e?s)?(?![\w-])", re.IGNORECASE
        )

    def explain(self, html: str, url_of: Callable[[TermPage], str | None], today: date) -> SafeString:
        """Return the HTML with each term explained at its first use."""
        seen: set[int] = {term.pk for term in self.terms.values() if term.valid_until < today}
        skipped_element = ""  # the tag name of the skipped element around this part
        depth = 0
        parts = TAG.split(html)
        for index, part in enumerate(parts):
            if index % 2:
                name = match[1] if (match := NAME.match(part)) else ""
                if skipped_element:
                    depth += (name == skipped_element) * (-1 if part.startswith("</") else 1)
                    skipped_element = skipped_element if depth else ""
                elif name in SKIPPED_ELEMENTS and not part.startswith("</"):
                    skipped_element, depth = name, 1
            elif part.strip() and not skipped_element:
                parts[index] = self.pattern.sub(lambda match: self._explained(match, seen, url_of), part)
        return mark_safe("".join(parts))  # noqa: S308  (the input is safe, and insertions are escaped)

    def _explained(
        self, match: re.Match[str], seen: set[int], url_of: Callable[[TermPage], str | None]
    ) -> str:
        term = self.terms.get(match[1].casefold())
        if term is None or term.pk in seen:  # None: the pattern also matches "İ" for "i"
            return match[0]
        seen.add(term.pk)
        about = escape(_("About %(term)s") % {"term": term.title})
        more = f'<a href="{escape(url_of(term) or "")}">{about}</a>'
        return (
            f'<button class="term" popovertarget="term-{term.pk}">{match[0]}</button>'
            f'<span popover id="term-{term.pk}"> ({escape(term.meaning)} {more})</span>'
        )


@cached_per_version
def glossary() -> Glossary:
    terms = list(TermPage.objects.live().with_review())
    private = private_paths() if terms else ()
    return Glossary([term for term in terms if not term.path.startswith(private)])


@register.simple_block_tag(takes_context=True)
def explained(context: template.Context, content: SafeString) -> SafeString:
    terms, clinic, request = glossary(), context.get("clinic"), context.get("request")
    page = context.get("page")
    if not (terms.terms and clinic) or (page and page.language):
        return content  # the terms and their meanings are English
    return terms.explain(content, lambda term: term.get_url(request), clinic.hours.today)
