"""Organisations, people and roles, as beheer would make them."""

from datetime import date

import factory
from django.contrib.auth.models import Group

from parties.models import ApiClient, BijMandate, Organisation, PartyKind, Role, RoleKind, User
from tests.factories.base import TrackedFactory


class OrganisationFactory(TrackedFactory):
    class Meta:
        model = Organisation

    kind = PartyKind.MUNICIPALITY
    code = factory.Sequence(lambda n: f"{9000 + n}")
    name = factory.Sequence(lambda n: f"Gemeente {n}")
    connected_since = date(2020, 1, 1)
    group = factory.LazyAttribute(lambda o: Group.objects.create(name=f"{o.kind}:{o.code}"))


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"medewerker{n}@voorbeeld.test")
    name = factory.Sequence(lambda n: f"Medewerker {n}")
    password = factory.django.Password("wachtwoord-voor-de-test")


class RoleFactory(TrackedFactory):
    class Meta:
        model = Role

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    kind = RoleKind.AFTERCARE_COORDINATOR
    since = date(2020, 1, 1)


class BijMandateFactory(TrackedFactory):
    class Meta:
        model = BijMandate

    municipality = factory.SubFactory(OrganisationFactory)
    safety_house = factory.SubFactory(OrganisationFactory, kind=PartyKind.SAFETY_HOUSE)
    since = date(2020, 1, 1)


class ApiClientFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ApiClient

    name = factory.Sequence(lambda n: f"client-{n}")
    client_id = factory.Sequence(lambda n: f"client-{n}")
    client_secret = "geheim-voor-de-test"  # a made-up secret for a made-up client
    client_type = ApiClient.CLIENT_CONFIDENTIAL
    authorization_grant_type = ApiClient.GRANT_CLIENT_CREDENTIALS
    organisation = factory.SubFactory(OrganisationFactory)
