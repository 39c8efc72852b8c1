"""Can this process do its work: does the database answer, and is the broker there to wake the worker?"""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.watchdog import backlog
from meetings.reminding import SOURCES

WELL, UNREACHABLE = "goed", "onbereikbaar"


@require_safe
@login_not_required
@transaction.non_atomic_requests
def health(request: HttpRequest) -> JsonResponse:
    """503 without a database; without a broker still 200, since saving and reading go on and messages wait (quality 3.3)."""
    database, broker = database_state(), broker_state()
    status = 200 if database == WELL else 503
    answer = {"status": database, "database": database, "broker": broker}
    # An open page asks with HEAD, from every desk and only to stay logged in.
    counts = request.method == "GET" and database == WELL
    return JsonResponse(answer | (waiting_work() if counts else {}), status=status)


def waiting_work() -> dict[str, int]:
    """What the background should have done by now; counts only, and at most a hundred."""
    overdue = backlog(at=timezone.now(), sources=SOURCES)
    return {
        "herinneringenAchter": overdue.reminders,
        "weekoverzichtenAchter": overdue.digests,
        "berichtenAchter": overdue.mails,
    }


def database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return UNREACHABLE
    return WELL


def broker_state() -> str:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1) as client:
            client.ping()
    except redis.RedisError:
        return UNREACHABLE
    return WELL
