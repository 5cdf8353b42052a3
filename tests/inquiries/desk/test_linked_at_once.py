"""Two colleagues who call two inquiries each other's duplicate at the same instant make no ring."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from inquiries.models import Inquiry, StaleInquiry
from tests.inquiries.desk.desk_cast import receive, seen


def test_when_two_link_each_other_at_once_one_is_refused(committed_db, front_desk):
    first, second = receive(message="Hello"), receive(message="Me again")
    both_have_begun = Barrier(2, timeout=10)

    def link(pair):
        inquiry, original = (Inquiry.objects.get(pk=one.pk) for one in pair)
        try:
            with transaction.atomic():
                # Each has read both inquiries as they were, unlinked.
                both_have_begun.wait()
                inquiry.link(original, by=front_desk, seen=seen(inquiry))
            return "linked"
        except (ValidationError, StaleInquiry):
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(link, [(first, second), (second, first)]))
    assert said == ["linked", "told"]
    assert Inquiry.objects.exclude(duplicate_of=None).count() == 1
