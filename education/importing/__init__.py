"""From a clinic's file to an article, without losing a sentence.

`read_article` turns the bytes of a file into an Article: plain data, no database. `make_page` turns that
into a draft page. Between them a person may look at what was understood and what was not (screens.py).

All files go one way: a reader makes clean HTML of the file (readers/), elements.py says which element is
what, and compose.py makes an article's blocks of that.
"""

from education.importing.article import Article, Refused
from education.importing.files import read_article
from education.importing.pages import make_page
