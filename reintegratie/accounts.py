"""How people log in: by e-mail, with an account that beheer made. Nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """allauth with the door for new accounts closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
