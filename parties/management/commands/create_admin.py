"""The first account of an installation: somebody who keeps accounts and reference data, and sees no case."""

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from parties.actions import give_role, register_organisation, register_user
from parties.models import PartyKind, RoleKind, User
from reintegratie.lib.workdays import day_of


class Setup:
    """Who makes the first account: nobody has a role yet."""

    actor = "process:create_admin"


class Command(BaseCommand):
    help = (
        "Maakt een account voor functioneel beheer. Het wachtwoord komt uit ADMIN_PASSWORD of wordt gevraagd."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("naam")

    def handle(self, *args: Any, email: str, naam: str, **options: Any) -> None:  # Django's own signature
        password = os.environ.get("ADMIN_PASSWORD") or getpass.getpass("Wachtwoord: ")
        try:
            validate_email(email)
            validate_password(password, User(email=email, name=naam))
        except ValidationError as fault:
            raise CommandError("; ".join(fault.messages)) from fault
        if User.objects.filter(email=email.lower()).exists():
            raise CommandError(f"er is al een account met het adres {email}")
        make_admin(email, naam, password)
        self.stdout.write(f"{email} kan inloggen en werkt in /beheer/")


@transaction.atomic
def make_admin(email: str, name: str, password: str) -> None:
    at = timezone.now()
    home = register_organisation(
        kind=PartyKind.OPERATOR,
        code="BEHEER",
        name="Functioneel beheer",
        connected_since=None,
        by=Setup(),
        at=at,
    )
    user = register_user(email=email, name=name, password=password, is_staff=True)
    give_role(
        user=user,
        organisation=home,
        kind=RoleKind.FUNCTIONAL_ADMIN,
        since=day_of(at),
        by=Setup(),
        at=at,
    )
