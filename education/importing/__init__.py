"""From a clinic's file to an article, without losing a sentence.

`read_article` turns the bytes of a file into an Article: plain data, no database. `make_page` turns that
into a draft page. Between them a person may look at what was understood and what was not.

A reader for each kind of file (plain text, Markdown, HTML) says what stands in the file, as the pieces in
article.py; compose.py decides what they are in an article of ours: the lead, sections, steps, titled points.
"""

from education.importing.article import Article, Note, Refused
from education.importing.files import read_article
from education.importing.pages import make_page

__all__ = ["Article", "Note", "Refused", "make_page", "read_article"]
