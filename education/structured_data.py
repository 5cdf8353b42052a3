"""What search engines read about an article (schema.org), beside what they read on every page."""

from django.utils import timezone
from django.utils.translation import get_language

from clinic import phones
from clinic.structured_data import absolute, clinic_id, describe_place


def describe_page(page, root_url, path, time_zone):
    """Any page of ours. A review is named only where the records hold one."""
    described = {
        "@type": "MedicalWebPage" if page.contains_medical_claims else "WebPage",
        "url": absolute(path, root_url),
        "name": page.title,
        "description": page.summary,
        "inLanguage": get_language(),
        "publisher": {"@id": clinic_id(root_url)},
    }
    if page.contains_medical_claims:
        described.update(describe_review(page, root_url, time_zone))
    return described


def describe_review(page, root_url, time_zone):
    """Days are the clinic's, as on the page."""
    review = page.clinical_review and page.clinical_review.shown
    if not review or review.has_lapsed(timezone.localdate(timezone=time_zone)):
        return {}
    described = {"lastReviewed": f"{review.created_at.astimezone(time_zone):%Y-%m-%d}"}
    if review.reviewer_name:
        person = {"@type": "Person", "name": review.reviewer_name}
        if review.reviewer_credentials:
            person["honorificSuffix"] = review.reviewer_credentials
        if review.reviewer_page and review.reviewer_page.live:
            person["url"] = absolute(review.reviewer_page.url, root_url)
        described["reviewedBy"] = person
    return described


def describe_article(article, root_url, path, time_zone):
    described = {
        **describe_page(article, root_url, path, time_zone),
        "datePublished": f"{article.published_on:%Y-%m-%d}",
    }
    if article.last_published_at:
        # An article that is dated ahead of its loading was not changed before it appeared.
        modified = max(article.last_published_at.astimezone(time_zone).date(), article.published_on)
        described["dateModified"] = f"{modified:%Y-%m-%d}"
    if article.author:
        described["author"] = {"@type": "Person", "name": article.author.title}
    if article.sources:
        described["citation"] = [source.value["title"] for source in article.sources]
    return described


def describe_topic(topic, root_url, path, time_zone):
    return {
        **describe_page(topic, root_url, path, time_zone),
        "hasPart": [
            {"@type": "MedicalWebPage", "name": article.title, "url": absolute(article.get_url(), root_url)}
            for article in topic.readable_articles()
        ],
    }


def describe_person(person, root_url, path):
    described = {
        "@type": "Person",
        "name": person.title,
        "url": absolute(path, root_url),
        "jobTitle": person.role,
        "worksFor": {"@id": clinic_id(root_url)},
    }
    if person.credentials:
        described["honorificSuffix"] = person.credentials
    if person.language_list:
        described["knowsLanguage"] = person.language_list
    return described


def describe_location(location, root_url, path):
    described = {
        "@type": "MedicalClinic",
        "name": location.title,
        "url": absolute(path, root_url),
        "parentOrganization": {"@id": clinic_id(root_url)},
        **describe_place(location.place),
    }
    if location.fax:
        described["faxNumber"] = phones.parse(location.fax).e164
    return described
