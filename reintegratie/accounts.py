"""How people log in: by e-mail, with an account that beheer made. Nobody signs up."""

import logging
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """allauth with the door for new accounts closed, and its messages in the Dutch of this house."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Dit account is niet actief. Vraag het de beheerder van uw organisatie.",
        "email_password_mismatch": "Het e-mailadres of het wachtwoord klopt niet.",
        "enter_current_password": "Vul uw huidige wachtwoord in.",
        "incorrect_code": "Deze code klopt niet.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "invalid_login": "Inloggen is niet gelukt.",
        "invalid_password_reset": "Deze link is verlopen of al gebruikt.",
        "rate_limited": "U hebt dit te vaak geprobeerd. Wacht een paar minuten.",
        "too_many_login_attempts": "U hebt te vaak geprobeerd in te loggen. Wacht een kwartier.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail that cannot be sent never stops what it tells about (quality 3.3); no address in the log."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.warning("account mail not sent: %s", template_prefix)


class MfaAdapter(DefaultMFAAdapter):
    """The messages of the second step in the Dutch of this house."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "U kunt deze tweede stap niet uitzetten.",
        "cannot_generate_recovery_codes": "Zet eerst een tweede stap aan; daarna kunt u herstelcodes maken.",
        "incorrect_code": "Deze code klopt niet. Gebruik de nieuwste code uit de app.",
        "unverified_email": "Uw e-mailadres is nog niet bevestigd. Vraag het de beheerder van uw organisatie.",
    }


def address_of(request: HttpRequest) -> str | None:
    """From where somebody tries to log in: for axes as for allauth, what the outermost of our own proxies saw."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    claimed = request.headers.get("X-Forwarded-For", "").split(",")
    behind = proxies and len(claimed) >= proxies
    return claimed[-proxies].strip() if behind else request.META.get("REMOTE_ADDR")


def name_for_lockout(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """Whose failures are counted: allauth logs in with "email", which axes does not look for.

    Without a name all failures behind one address count together, and ten typing errors would lock out a whole PI.
    """
    posted = request.POST.get("login", "") if request is not None else ""
    return str((credentials or {}).get("email") or posted).strip().lower()


class PasswordLength(MinimumLengthValidator):
    """Django's rule; its Dutch translation lacks this message."""

    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort: gebruik minstens {self.min_length} tekens."
