"""/metrics has numbers about requests, inquiries, emails, checks and backups, for Prometheus only."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from prometheus_client import REGISTRY

from clinic.models.operations import Backup, CheckResult
from inquiries.models import Inquiry
from tests.clinic.caching.reader import Reader

URL = "/metrics"
MONITORING = Path(__file__).resolve().parents[3] / "deploy" / "monitoring"


@pytest.fixture
def scrape(client, db):
    def read():
        lines = client.get(URL).content.decode().splitlines()
        return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))

    return read


def test_inquiries_and_emails_are_counted(scrape, client, answers, as_user, front_desk, article):
    client.post(reverse("inquiries:contact"), answers)
    before = scrape()
    assert float(before["clinic_inquiries_received_1d"]) == 1
    assert float(before["clinic_inquiries_unread"]) == 1
    assert float(before["clinic_emails_queued"]) == 2
    as_user(front_desk).get(reverse("inquiry:inspect", args=[Inquiry.objects.get().pk]))
    after = scrape()
    assert float(after["clinic_inquiries_unread"]) == 0
    assert float(after["clinic_first_read_longest_seconds"]) >= 0


def test_alerts_and_the_dashboard_use_existing_metrics(scrape, client):
    now = timezone.now()
    CheckResult.objects.create(pk="worker", problem="Dead.", checked_at=now, since=now)
    Backup.objects.create(archive="a", made_at=now, size=7, proven_at=now, proof_seconds=1)
    client.get("/healthz")
    metrics = scrape()
    assert float(metrics['clinic_check_failing{check="worker"}']) == 1
    assert float(metrics["clinic_backup_bytes"]) == 7
    assert float(metrics["clinic_proven_restore_timestamp"]) == pytest.approx(now.timestamp())
    known = {name.partition("{")[0] for name in metrics}
    for file in ["clinic-alerts.yml", "grafana-dashboard.json"]:
        assert set(re.findall(r"\bclinic_\w+", (MONITORING / file).read_text())) <= known, file


def test_requests_are_counted_by_area_without_paths(scrape, client, article):
    client.get("/contact/")
    metrics = scrape()
    assert float(metrics['clinic_request_seconds_count{area="contact",status="2xx"}']) >= 1
    assert not [name for name in metrics if "/contact" in name]


def test_page_cache_hits_are_counted(db):
    reader, hit = Reader(), ("clinic_page_cache_total", {"result": "hit"})
    before = REGISTRY.get_sample_value(*hit) or 0
    for _ in range(3):
        reader.get("/contact/")
    assert REGISTRY.get_sample_value(*hit) == before + 2


def test_remote_clients_need_the_token(client, db, settings):
    assert client.get(URL, HTTP_X_FORWARDED_FOR="127.0.0.1").status_code == 404
    remote = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.get(URL, **remote).status_code == 404
    settings.METRICS_TOKEN = "t0ken"
    for headers in [{}, {"HTTP_AUTHORIZATION": "Bearer wrong"}]:
        assert client.get(URL, **remote, **headers).status_code == 404
    assert client.get(URL, **remote, HTTP_AUTHORIZATION="Bearer t0ken").status_code == 200
