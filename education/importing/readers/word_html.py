"""Fix HTML saved or pasted from Word or Google Docs: titles, lists, comments, deleted text."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.translation import gettext as _

from education.importing.article import Document, quoted

MARKER = re.compile(r"[·•o§▪◦–-]|(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]")
LIST_STYLE = re.compile(r"MsoList(?:Paragraph|(?:Bullet|Number)(?P<level>[2-5])?)")
LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d)")
INDENT = re.compile(r"margin-left:\s*([\d.]+)(in|pt|cm)")
GOOGLE_LIST = re.compile(r"\blst-kix_(\w+)-(\d)")
COMMENT = re.compile(r"mso-element:\s*comment")
STRUCK_THROUGH = re.compile(r"line-through")
INDENT_PER_LEVEL = {"in": 0.5, "pt": 36.0, "cm": 1.27}


def mark_title(soup: BeautifulSoup) -> None:
    for paragraph in soup.find_all("p", class_=["MsoTitle", "title"]):
        paragraph.name = "h1"


def remove_edits(soup: BeautifulSoup, document: Document) -> None:
    """Remove comments and crossed-out text, which would otherwise turn into normal text."""
    comments = [tag for tag in soup.find_all(style=COMMENT) if not tag.find_parent(style=COMMENT)]
    comments += soup.find_all(class_="MsoCommentReference")
    # Google Docs: comments, and references to them
    for anchor in soup.find_all("a", id=re.compile(r"cmnt(?:_ref)?\d")):
        comments.append(anchor.find_parent("sup" if "ref" in anchor["id"] else ["div", "p"]) or anchor)
    for tag in comments:
        tag.decompose()
    if comments:
        document.note(_("comments in the margin were left out."))
    for tag in [*soup.find_all(["del", "s", "strike"]), *soup.find_all(style=STRUCK_THROUGH)]:
        if not tag.decomposed:
            document.note(_("crossed-out words were left out: %(words)s"), words=quoted(tag.get_text()))
            tag.decompose()


def nest_google_lists(soup: BeautifulSoup) -> None:
    """Nest the lists of Google Docs, which splits the outer list and puts nested ones in between."""
    for found in soup.find_all(["ul", "ol"], class_=GOOGLE_LIST):
        outer = found.find_previous_sibling()
        name, level = _google_list(found)
        if not (outer and _google_list(outer)[0]):
            continue
        for _level in range(level):
            inner = outer.select(":scope > li:last-of-type > :is(ul, ol)")
            outer = inner[-1] if inner else outer
        if _google_list(outer) == (name, level) and "start" not in found["class"]:
            outer.extend(list(found.contents))
            found.decompose()
        elif level and (items := outer.find_all("li", recursive=False)):
            items[-1].append(found.extract())


def _google_list(tag: Tag) -> tuple[str, int]:
    """Return the list's name and the nesting level of this part."""
    match = GOOGLE_LIST.search(" ".join(name for name in tag.get_attribute_list("class") if name))
    return (match[1], int(match[2])) if match else ("", 0)


def build_lists(soup: BeautifulSoup) -> None:
    """Turn each run of list paragraphs into a list with nested lists."""
    open_lists: list[tuple[int, Tag]] = []
    last: Tag | None = None
    for paragraph in soup.find_all("p"):
        marker = _pop_marker(paragraph)
        if marker is None:
            continue
        level = _level(paragraph)
        if last is None or _next_element(last) is not paragraph:
            open_lists = []
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        top = open_lists[0][1] if open_lists else None
        if not open_lists or open_lists[-1][0] < level:
            new = soup.new_tag("ol" if marker[0].isalnum() and marker != "o" else "ul")
            if open_lists:
                open_lists[-1][1].find_all("li", recursive=False)[-1].append(new)
            else:
                paragraph.insert_before(new)
                top = new
            open_lists.append((level, new))
        item = soup.new_tag("li")
        open_lists[-1][1].append(item)
        item.extend(list(paragraph.contents))
        paragraph.decompose()
        last = top


def _next_element(tag: Tag) -> Tag | None:
    for node in tag.next_siblings:
        if isinstance(node, Tag):
            return node
        if type(node) is NavigableString and node.strip():
            return None
    return None


def _pop_marker(paragraph: Tag) -> str | None:
    """Remove and return the bullet or number of a list paragraph; None for other paragraphs."""
    style = str(paragraph.get("style") or "").replace("\n", " ")
    if not _list_style(paragraph) and "mso-list:" not in style:
        return None
    ignored = paragraph.find("span", style=re.compile(r"mso-list:\s*Ignore"))
    for span in [ignored] if ignored else paragraph.find_all("span"):
        marker = span.get_text().strip()
        if MARKER.fullmatch(marker):
            span.decompose()
            return marker
    text = next((node for node in paragraph.find_all(string=True) if node.strip()), None)
    match = re.match(rf"\s*({MARKER.pattern})\s+", text) if text else None
    if text is None or match is None:
        return None
    text.replace_with(text[match.end() :])
    return match[1]


def _list_style(paragraph: Tag) -> re.Match[str] | None:
    return LIST_STYLE.match(" ".join(name for name in paragraph.get_attribute_list("class") if name))


def _level(paragraph: Tag) -> int:
    if (named := _list_style(paragraph)) and named["level"]:  # to Word, each style is a separate list
        return int(named["level"])
    style = str(paragraph.get("style") or "").replace("\n", " ")
    if match := LEVEL.search(style):
        return int(match[1])
    if match := INDENT.search(style):
        return max(1, round(float(match[1]) / INDENT_PER_LEVEL[match[2]]))
    return 1
