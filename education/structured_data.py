"""What search engines read about an article (schema.org), beside what they read on every page."""

from django.utils.translation import get_language

from clinic.structured_data import absolute, clinic_id


def describe(article, root_url, path, time_zone):
    """A review is named only where the records hold one. Days are the clinic's, as on the page."""
    described = {
        "@type": "MedicalWebPage",
        "url": absolute(path, root_url),
        "name": article.title,
        "description": article.summary,
        "inLanguage": get_language(),
        "datePublished": f"{article.published_on:%Y-%m-%d}",
        "publisher": {"@id": clinic_id(root_url)},
    }
    if article.last_published_at:
        # An article that is dated ahead of its loading was not changed before it appeared.
        modified = max(article.last_published_at.astimezone(time_zone).date(), article.published_on)
        described["dateModified"] = f"{modified:%Y-%m-%d}"
    approval = article.clinical_approval
    if approval:
        described["lastReviewed"] = f"{approval.at.astimezone(time_zone):%Y-%m-%d}"
        if approval.reviewer:
            described["reviewedBy"] = {"@type": "Person", "name": approval.reviewer}
    if article.sources:
        described["citation"] = [source.value["title"] for source in article.sources]
    return described
