"""Web server, worker and PostgreSQL are killed while patients send: what was acknowledged is there, once.

`make drill` is the long form, with a thousand inquiries.
"""

import os
import shutil

from django.conf import settings

from bench.drill import run as drill


def test_nothing_acknowledged_is_lost_or_doubled():
    # Not pytest's temporary folder: that is private, and the database's own user must reach its files.
    data_dir = settings.DATA_DIR / f"drill-{os.getpid()}"
    try:
        report = drill.run(data_dir, inquiries=120, clients=8, kills=4)
    finally:
        shutil.rmtree(data_dir, ignore_errors=True)
    assert report.passed, str(report)
    assert len(report.acknowledged) == report.stored == 120
    assert all(report.killed[name] for name in drill.WHAT)
