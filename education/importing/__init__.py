"""Import articles from files without losing a sentence.

`read_article` parses the bytes of a file into an Article, without the database. `make_page` creates a draft
page from it. In between, an editor can review the result and the notes on it (screens.py).

All formats take the same path: readers/ converts the file to clean HTML, elements.py parses that into pieces,
and compose.py builds the article's blocks from them.
"""

from education.importing.article import Article, Refused
from education.importing.files import read_article
from education.importing.pages import make_page
