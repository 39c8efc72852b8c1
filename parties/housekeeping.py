"""What has had its time and says nothing about a case: logins, tokens and outcomes of calls. Ledgers and history stay."""

import logging
from datetime import datetime, timedelta
from importlib import import_module

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from oauth2_provider.models import clear_expired

from parties.models import IdempotentCall

log = logging.getLogger(__name__)


def throw_away_expired(*, at: datetime) -> None:
    """Delete what expired, and the log of logins after ``LOGIN_LOG_DAYS``. Safe to run twice, and after being stopped."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    clear_expired()  # tokens; a token that can still be used stays
    calls, _ = IdempotentCall.objects.filter(expires_at__lte=at).delete()
    before = at - timedelta(days=settings.LOGIN_LOG_DAYS)
    logins = sum(
        table.objects.filter(attempt_time__lt=before).delete()[0]
        for table in (AccessLog, AccessAttempt, AccessFailureLog)
    )
    log.info("thrown away: %s outcomes of calls, %s lines about logins", calls, logins)
