"""Text, headings and block types of a page, to compare with the imported file."""

import re

from bs4 import BeautifulSoup


def sentences(text):
    """Return the set of sentences in a text, without list markers, heading marks and asterisks."""
    found = set()
    for line in text.splitlines():
        line = re.sub(r"^\s*(?:[-*•]|\d+[.)]|#+)\s+", "", line)
        for sentence in re.split(r"(?<=[.!?:])\s+", line):
            if words := " ".join(sentence.replace("*", "").split()).rstrip(":"):
                found.add(words)
    return found


def sentences_of(page):
    """Return the set of sentences that readers of a page see."""
    values = [section.value for section in page.body]
    texts = [page.title, page.lead, *(point.value for point in page.key_points)]
    for section in values:
        texts.append(section["heading"])
        texts += [text for block in section["content"] for text in texts_of(block)]
    return sentences("\n".join(texts))


def texts_of(block):
    match block.block_type:
        case "text" | "nested_list":
            return [plain(block.value.source)]
        case "steps":
            return [plain(step["text"].source) for step in block.value]
        case "points":
            return [text for p in block.value for text in (p["title"], plain(p["text"].source))]
        case "callout":
            return [plain(block.value["text"].source)]
        case "subheading":
            return [block.value]
        case "table":
            table = block.value
            rows = [[str(cell.value) for cell in row] for row in table.rows]
            headings = [column["heading"] for column in table.columns]
            return [table.caption, *(plain(" | ".join(cells)) for cells in [headings, *rows])]
        case "image":
            return [block.value["alt_text"], block.value["caption"]]
        case "quote":
            return [plain(block.value["quote"].source), block.value["source"]]
        case _:
            return [plain(item.source) for item in block.value]


def plain(html):
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["p", "br", "li"]):
        tag.append("\n")
    for item in soup.find_all("li"):
        item.insert_before("\n")
    return soup.get_text()


def kinds(page):
    """Return the block types of each section."""
    return [[block.block_type for block in section.value["content"]] for section in page.body]


def headings(page):
    return [section.value["heading"] for section in page.body]
