"""Clean HTML of any origin, and extract its metadata, pictures and footnotes.

Navigation, footers and unsupported elements are removed with a note. nh3 runs last and allows only elements
that `elements.py` reads.
"""

import base64
import binascii
import re
from urllib.parse import parse_qs, urlsplit

import nh3
from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import PreformattedString
from django.utils.translation import gettext as _

from education.importing.article import Document, Refused, quoted
from education.importing.elements import ELEMENTS, HEADINGS, INLINE
from education.importing.readers.dates import parse_date
from education.importing.readers.footnotes import extract_footnotes
from education.importing.readers.word_html import build_lists, mark_title, nest_google_lists, remove_edits

# Removed with their text, and noted.
SITE_CHROME = ["nav", "footer", "form", "dialog"]
# Removed without a note: never visible.
INVISIBLE_TAGS = ["link", "meta", "base", "template", "noscript", "xml"]
UNSUPPORTED_TAGS = ["svg", "math", "canvas", "audio", "video", "iframe", "object", "embed"]
UNSUPPORTED_TAGS += ["button", "input", "select", "textarea"]
TEXT_BLOCKS = ["p", "ul", "ol", "dl", "table", "blockquote", "pre", "figure", *HEADINGS]
MAX_NESTING_DEPTH = 250
DATA_URL = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s%]+)", re.IGNORECASE)
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "title"}, "ol": {"start"}, "blockquote": {"cite"}}
ATTRIBUTES |= {name: {"colspan", "rowspan"} for name in ("td", "th")}
SCHEMES = {"http", "https", "mailto", "tel", "picture", "image", "document"}
SAFE_LINK = re.compile(r"https?://|mailto:|tel:|/(?!/)", re.IGNORECASE)


def extract_pictures(text: str, document: Document) -> str:
    """Store embedded pictures and replace their data: URLs with their keys."""

    def store(match: re.Match[str]) -> str:
        try:
            return document.add_picture(base64.b64decode(re.sub(r"\s|%..", "", match[1]), validate=True))
        except binascii.Error:
            return ""

    return DATA_URL.sub(store, text)


def clean_html(text: str, document: Document) -> BeautifulSoup:
    # The div avoids Beautiful Soup's warnings about XML or file names.
    soup = BeautifulSoup(f"<div>{text}", "html.parser")
    _check_nesting(soup)
    _read_head(soup, document)
    mark_title(soup)
    build_lists(soup)
    nest_google_lists(soup)
    remove_edits(soup, document)
    extract_footnotes(soup, document)
    _remove_unsupported(soup, document)
    for picture in soup.find_all("img"):
        _check_picture(picture, document)
    for link in soup.find_all("a", href=True):
        _check_link(link, document)
    for cell in soup.find_all(["td", "th", "tr"]):
        if not cell.find_parent("table"):
            cell.name = "div"
    clean = nh3.clean(
        str(soup), tags={*ELEMENTS, *INLINE}, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    )
    return BeautifulSoup(clean, "html.parser")


def _check_nesting(soup: BeautifulSoup) -> None:
    depths = {id(soup): 0}
    for node in soup.descendants:
        depths[id(node)] = depths[id(node.parent)] + 1
    if max(depths.values()) > MAX_NESTING_DEPTH:
        raise Refused(_("This file is nested too deeply for an article."))


def _read_head(soup: BeautifulSoup, document: Document) -> None:
    if soup.title:
        document.fallback_title = " ".join(soup.title.get_text().split())
        soup.title.decompose()
    for tag in soup.find_all("meta", content=True):
        name, content = str(tag.get("name") or tag.get("property") or "").lower(), str(tag["content"])
        if name == "description":
            document.search_description = " ".join(content.split())
        elif name == "article:published_time":
            document.date = parse_date(content)
        elif name in ("changed", "dcterms.modified"):  # LibreOffice
            document.saved_on = parse_date(content)
    for tag in soup.find_all("time", datetime=True):
        document.date = document.date or parse_date(str(tag["datetime"]))
    for comment in soup.find_all(string=lambda string: isinstance(string, Comment)):
        if saved := re.search(r"<o:LastSaved>(.*?)</o:LastSaved>", comment):  # Word
            document.saved_on = parse_date(saved[1])


def _remove_unsupported(soup: BeautifulSoup, document: Document) -> None:
    for name in ("script", "style"):
        if tags := soup.find_all(name):
            document.note(_("<%(tag)s> was left out, %(count)s in all."), tag=name, count=len(tags))
    for tag in soup.find_all(["script", "style", *INVISIBLE_TAGS]):
        tag.decompose()
    for node in soup.find_all(string=lambda string: isinstance(string, PreformattedString)):
        # Comments that begin with [if are markup of Word.
        if isinstance(node, Comment) and node.strip() and not node.lstrip().startswith(("[if", "[endif")):
            document.note(_("a comment was left out: %(words)s"), words=quoted(node))
        node.extract()
    for tag in soup.find_all([*SITE_CHROME, *UNSUPPORTED_TAGS]):
        # Some sites wrap the whole page in one form.
        if not tag.decomposed and not (tag.name == "form" and tag.find(TEXT_BLOCKS)):
            words = quoted(tag.get_text(" "))
            document.note(_("<%(tag)s> was left out: %(words)s"), tag=tag.name, words=words)
            tag.decompose()


def _check_link(link: Tag, document: Document) -> None:
    target = str(link["href"]).strip()
    if target.startswith("https://www.google.com/url?"):  # Google Docs wraps every link in a tracker
        target = link["href"] = parse_qs(urlsplit(target).query).get("q", [target])[0]
    if SAFE_LINK.match(target) or (document.is_exact and target.startswith(("#", "document:"))):
        return
    if words := link.get_text().strip():
        document.note(
            _("the link on %(words)s was left out: %(target)s"),
            words=quoted(words),
            target=quoted(target, 200),
        )
    del link["href"]


def _check_picture(picture: Tag, document: Document) -> None:
    source = str(picture.get("src") or "")
    if source in document.pictures or source.startswith("image:"):
        return
    is_tracker = "1" in (str(picture.get("width")), str(picture.get("height")))
    if not is_tracker:
        words = quoted(str(picture.get("alt") or source), 200)
        document.note(_("an image wasn’t imported; add it by hand: %(words)s"), words=words)
    picture.decompose()
