"""From the pieces of any kind of file to an article: title, date, lead, sections."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from education.importing.article import (
    Article,
    Block,
    Heading,
    Items,
    Paragraph,
    Points,
    Quote,
    Refused,
    Section,
    plain,
    quoted,
)
from education.importing.dates import parse_date
from education.importing.html import paragraphs_of
from education.importing.lists import block_of_list, with_lists

LONGEST_TITLE = 255
LONGEST_BOLD_HEADING = 100
CALLOUT = re.compile(r"\[!(NOTE|CAUTION|URGENT)\](?:\s|<br/>)*")
HAS_NO_TEXT = gettext_lazy("the section %(words)s has no text of its own.")
CONTACT_FORM = re.compile(r"contact form|contact us form|inquiry form", re.IGNORECASE)


def compose(document):
    title, before, pieces = _split_title(document)
    pieces = _with_bold_headings(with_lists(pieces), document)
    first_heading = next((i for i, piece in enumerate(pieces) if isinstance(piece, Heading)), len(pieces))
    introduction, pieces = pieces[:first_heading], pieces[first_heading:]
    date = _take_date(introduction, document)
    lead = _take_lead(introduction, document)
    sections = _sections(_introduction_section(introduction, before, document) + pieces, document)
    _take_contact_form(sections, document)
    if not lead and not any(section.blocks for section in sections):
        raise Refused(_("This file has a title but no text."))
    return Article(
        title=title,
        date=date,
        lead=lead,
        sections=sections,
        slug=document.slug,
        seo_title=document.seo_title[:LONGEST_TITLE],
        search_description=document.search_description,
        short_title=document.short_title,
        sources=document.sources,
        key_points=document.key_points,
        drawings=document.drawings,
        notes=sorted(document.notes, key=lambda note: note.line or 0),
    )


def _split_title(document):
    """(title, pieces in front of it, pieces behind it)"""
    headings = [p for p in document.pieces if isinstance(p, Heading) and p.level == 1]
    heading = headings[0] if headings else None
    title = document.title or (heading.text if heading else "")
    if not title:
        raise Refused(_("This file has no title: put the article's title in front, as its first heading."))
    if len(title) > LONGEST_TITLE:
        raise Refused(_("This file has no title: what stands first is too long for one."))
    if heading is None or heading.text.casefold() != title.casefold():
        return title, [], document.pieces
    place = document.pieces.index(heading)
    return title, document.pieces[:place], document.pieces[place + 1 :]


def _with_bold_headings(pieces, document):
    """Some word processors only know a heading as a bold line."""
    if any(isinstance(piece, Heading) for piece in pieces):
        return pieces
    return [_bold_heading(piece, document) for piece in pieces]


def _bold_heading(piece, document):
    match = isinstance(piece, Paragraph) and re.fullmatch(r"<b>([^<]+)</b>", piece.html)
    if not match or len(plain(match[1])) > LONGEST_BOLD_HEADING:
        return piece
    text = plain(match[1])
    document.note(piece.line, _("the bold line %(words)s was taken for a heading."), words=quoted(text))
    return Heading(2, text, piece.line)


def _take_date(introduction, document):
    for piece in [piece for piece in introduction if isinstance(piece, Paragraph)][:2]:
        found = parse_date(plain(piece.html))
        if found and document.date in (None, found):
            introduction.remove(piece)
            return found
    if document.date is None:
        document.note(None, _("no date was found; the article is dated today."))
    return document.date or timezone.localdate()


def _take_lead(introduction, document):
    if not introduction or not isinstance(introduction[0], Paragraph):
        document.note(None, _("there is no introduction: write a lead before publishing."))
        return ""
    piece = introduction.pop(0)
    for target, words in re.findall(r'<a href="([^"]*)">(.*?)</a>', piece.html):
        document.note(
            piece.line,
            _("the lead has no links: %(words)s led to %(target)s"),
            words=quoted(plain(words)),
            target=quoted(plain(target)),
        )
    return plain(piece.html)


def _introduction_section(introduction, before, document):
    """What stood between lead and first heading, and what stood in front of the title, keeps a place."""
    if before:
        document.note(before[0].line, _("text in front of the title was moved behind the lead."))
        introduction = introduction + [Paragraph(text, p.line) for p in before for text in paragraphs_of(p)]
    if not introduction:
        return []
    heading = _("Introduction")
    document.note(
        introduction[0].line,
        _("the rest of the introduction became a section, %(words)s."),
        words=quoted(heading),
    )
    return [Heading(2, heading), *introduction]


def _sections(pieces, document):
    sections = []
    highest = min((piece.level for piece in pieces if isinstance(piece, Heading)), default=2)
    for piece in pieces:
        if isinstance(piece, Heading):
            sections.append(Section(piece.text))
            if piece.level > highest:
                document.note(
                    piece.line,
                    _("the subheading %(words)s became a section of its own."),
                    words=quoted(piece.text),
                )
        else:
            _add(sections[-1], piece, document)
    for section in sections[:-1]:
        if not section.blocks:
            document.note(None, HAS_NO_TEXT, words=quoted(section.heading))
    return sections


def _add(section, piece, document):
    if isinstance(piece, Items):
        section.blocks.append(block_of_list(piece, section, document))
    elif isinstance(piece, Points) and all(title and texts for title, texts in piece.points):
        section.blocks.append(Block("points", piece.points))
    elif isinstance(piece, Quote) and (callout := callout_of(piece)):
        section.blocks.append(Block("callout", callout))
    elif isinstance(piece, Quote) and piece.source:
        section.blocks.append(Block("quote", piece))
    else:
        if isinstance(piece, Quote):
            document.note(piece.line, _("a quote that names no source was kept as text."))
        elif isinstance(piece, Points):
            document.note(piece.line, _("a list of words without meanings was kept as text."))
        _add_text(section, paragraphs_of(piece))


def callout_of(quote):
    """(level, paragraphs) of a quote that begins with [!NOTE], [!CAUTION] or [!URGENT]; else None."""
    match = quote.paragraphs and CALLOUT.match(quote.paragraphs[0])
    if not match:
        return None
    first = quote.paragraphs[0][match.end() :]
    return match[1].lower(), [text for text in (first, *quote.paragraphs[1:]) if text]


def _add_text(section, paragraphs):
    if section.blocks and section.blocks[-1].kind == "text":
        section.blocks[-1].value.extend(paragraphs)
    else:
        section.blocks.append(Block("text", list(paragraphs)))


def _take_contact_form(sections, document):
    """Every article ends with the form anyway: a last heading that only stands for it is not repeated."""
    if not sections or sections[-1].blocks:
        return
    heading = sections[-1].heading
    if CONTACT_FORM.fullmatch(heading):
        document.note(
            None, _("%(words)s stands for the form that every article ends with."), words=quoted(heading)
        )
        sections.pop()
    else:
        document.note(None, HAS_NO_TEXT, words=quoted(heading))
