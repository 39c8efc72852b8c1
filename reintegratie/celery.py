"""Which work runs in the background, and when. Redis only wakes it; PostgreSQL remembers (architecture 4)."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegratie.settings")

app = Celery("reintegratie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def every(minutes: int, task: str) -> dict[str, Any]:  # what beat reads
    """A beat that no worker took before the next one came is void: the next one does the same work."""
    return {"task": task, "schedule": crontab(minute=f"*/{minutes}"), "options": {"expires": minutes * 60}}


def nightly(task: str) -> dict[str, Any]:  # same
    """At a quiet hour (UTC); a night that is missed is made up for by the next."""
    return {"task": task, "schedule": crontab(hour="2", minute="30"), "options": {"expires": 24 * 60 * 60}}


app.conf.beat_schedule = {
    "judge-waiting-messages": every(5, "cases.tasks.judge_waiting_messages"),
    "apply-calendar": every(5, "cases.tasks.apply_calendar"),
    "apply-agreements": every(5, "cases.tasks.apply_agreements"),
    "sweep-deadlines": every(5, "cases.tasks.sweep_deadlines"),
    "write-digests": every(15, "cases.tasks.write_digests"),
    "deliver-notifications": every(1, "cases.tasks.deliver_notifications"),
    "keep-asking": every(15, "consent.tasks.keep_asking"),
    "catch-up-terms": every(5, "plans.tasks.catch_up_terms"),
    "renew-sheets": every(5, "plans.tasks.renew_sheets"),
    "outdate-prints": every(5, "meetings.tasks.outdate_prints"),
    "send-links": every(1, "parties.tasks.send_links"),
    "seal-ledgers": every(1, "parties.tasks.seal_ledgers"),
    "destroy-reports": nightly("plans.tasks.destroy_reports"),
    "throw-away-expired": nightly("parties.tasks.throw_away_expired"),
}
