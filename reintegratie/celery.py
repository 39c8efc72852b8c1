"""Which work runs in the background, and when. Redis only wakes it; PostgreSQL remembers (architecture 4)."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegratie.settings")

app = Celery("reintegratie")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep-deadlines": {"task": "cases.tasks.sweep_deadlines", "schedule": crontab(minute="*/5")},
    "deliver-notifications": {"task": "cases.tasks.deliver_notifications", "schedule": crontab()},
    "renew-sheets": {"task": "plans.tasks.renew_sheets", "schedule": crontab(minute="*/5")},
    "outdate-prints": {"task": "meetings.tasks.outdate_prints", "schedule": crontab(minute="*/5")},
    "seal-ledgers": {"task": "parties.tasks.seal_ledgers", "schedule": crontab()},
}
