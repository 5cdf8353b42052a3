"""Words, links and markup only label a message; together with the trap field they move it to Spam."""

import random
from itertools import chain
from pathlib import Path

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.urgency.messages import written_by
from inquiries.management.sample_data import SAMPLES, TOPICS, URGENT
from inquiries.models import Inquiry
from inquiries.triage.spam import judge, sentences

LEGS = "Since this morning I cannot feel my legs and I have no control over my bladder."
URL = reverse("inquiries:contact")
PITCH = "We offer SEO services and backlinks to the first page of Google. https://rank.example"

PITCHES = [
    "We offer SEO services and backlinks that bring you to the first page of Google. https://rank.example",
    "Earn $5000 a week with crypto! Click here: http://coin.example",
    "[url=http://casino.example]casino[/url] best slot machines",
    '<a href="http://pills.example">cheap meds</a> no prescription needed',
    "viagra cialis online pharmacy www.meds.example",
    "I can redesign your website for a low price, see https://a.example https://b.example",
    "Dear Sir, I am a prince and offer an inheritance, telegram me",
    "Best forex and bitcoin betting: site.xyz",
    "Buy 10,000 email list of doctors, qualified leads, order now",
    "Hot dating site, click here https://love.example/?id=%d",
    "Get a payday loan today, merchant cash in 24h: loans.top",
    "http://a.example http://b.example http://c.example",
    "Hi, I noticed your website is not ranking on Google. We can fix that in 30 days.",
    "I came across your site and offer a guest post with a do-follow link. What is your rate?",
    "Do you need more patients? We generate exclusive leads for pain clinics. https://calls.example",
    "Купить диплом недорого https://diplom.example",
    "您好，我们可以帮您的网站排名提升",
    "Your mailbox is almost full. Verify your account at http://mail.example",
    "Medical equipment at factory price, contact our company",
    "You are using my images without permission. The evidence: https://files.example/view",
    "Funding up to $500k for your business, no credit check",
    "I can redesign your website at an affordable price. Are you interested?",
]


def lines_of(name):
    return (Path(__file__).parent / name).read_text().splitlines()


def bots(number):
    """Yield names and messages of scripted pitches, reproducibly."""
    chance = random.Random(7)  # noqa: S311
    for position in range(number):
        text = chance.choice(PITCHES).replace("%d", str(position))
        name = f"{chance.choice(['Robert', 'Anna', 'James'])}{chance.choice(['Tup', 'Lix', 'Ket'])}"
        yield name, f"{text} {position}"


def test_nearly_all_scripted_pitches_are_labeled_and_trapped_ones_are_spam():
    verdicts = [(judge(*bot), judge(*bot, [{"code": "trap"}])) for bot in bots(100)]
    assert sum(verdict.is_labeled for verdict, _trapped in verdicts) >= 99
    assert sum(trapped.is_spam for _verdict, trapped in verdicts) >= 93


def test_offers_without_links_are_detected_by_their_subjects():
    """Most offers on other subjects are missed: docs/front-desk.md has the figures."""
    offers = lines_of("offers.txt")
    labeled = [text for text in offers if judge("Mike Smith", text).is_labeled]
    assert len(labeled) >= 0.6 * len(offers)


def test_patients_messages_and_demo_samples_arent_labeled():
    training = [m.text for m in written_by("train-1") if m.kind not in {"vendor", "sales", "recruiter"}]
    texts = training + lines_of("not_offers.txt")
    assert len(texts) >= 400
    samples = [
        *chain.from_iterable(SAMPLES[topic] for topic in TOPICS),
        *(message for _because, message in URGENT),
    ]
    texts += [f"(Made up.) {text}" for text in samples]
    assert not [text for text in texts if judge("Maria Example", text, []).is_labeled]


@pytest.mark.parametrize("fields", [{"message": PITCH}, {"url": "x"}])
def test_words_or_the_trap_alone_only_label_and_the_message_stays_due(client, answers, fields):
    client.post(URL, {**answers, **fields})
    inquiry = Inquiry.objects.get()
    assert (inquiry.status, inquiry.probably_spam) == ("new", True)
    assert inquiry in Inquiry.objects.to_do()
    assert inquiry.due_at
    assert not ProcrastinateJob.objects.filter(args__inquiry_id=inquiry.pk).exists()
    inquiry.patient_wrote("I have the reading code")  # proves a real patient
    inquiry.refresh_from_db()
    assert (inquiry.status, inquiry.probably_spam) == ("new", False)
    assert ProcrastinateJob.objects.filter(args__letter="front_desk_notice").exists()


def test_an_emergency_is_never_labeled(client, answers):
    links = "https://a.example https://b.example https://c.example"
    client.post(URL, {**answers, "url": "x", "message": f"{LEGS} {links}"})
    inquiry = Inquiry.objects.get()
    assert (inquiry.status, inquiry.urgent, inquiry.probably_spam) == ("new", True, False)
    assert ProcrastinateJob.objects.filter(args__letter="front_desk_notice").exists()


def test_words_with_the_trap_are_spam_with_reasons_stored_as_codes(client, answers, desk):
    client.post(URL, {**answers, "url": "x", "message": PITCH})
    assert Inquiry.objects.get().status == "spam"
    reasons = Inquiry.objects.get().spam_reasons
    assert reasons[0] == {"code": "trap"}
    assert {"code": "links", "number": 1} in reasons
    assert not {"seo", "backlinks", "rank"} & set(str(reasons).lower().split())
    html = desk.get(reverse("inquiry:view", args=["spam"])).content.decode()
    assert "A hidden field was filled in" in html
    assert "Links in the message: 1" in html
    assert sentences([{"code": "from a later version"}]) == ["from a later version"]


def test_the_form_hides_the_trap_field(client):
    html = client.get(URL).content.decode()
    assert '<p hidden><label>Leave this empty <input name="url" tabindex="-1" autocomplete="off">' in html
