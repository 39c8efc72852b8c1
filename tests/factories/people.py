"""Notes, people of the network and addresses."""

from datetime import date

import factory

from cases.models import LifeDomain
from plans.models import Address, NetworkMember, Note
from tests.factories.base import ContentFactory
from tests.factories.cases import CaseFactory
from tests.factories.parties import OrganisationFactory


class NoteFactory(ContentFactory):
    class Meta:
        model = Note

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    kind = "interne-notitie"
    text = "Spreekt op de afdeling met niemand over thuis"
    noted_on = date(2026, 4, 21)


class NetworkMemberFactory(ContentFactory):
    class Meta:
        model = NetworkMember

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    domain = LifeDomain.NETWORK
    name = "Anna Voorbeeld"
    relation = "ouder"
    phone = "06-00000000"


class AddressFactory(ContentFactory):
    class Meta:
        model = Address

    case = factory.SubFactory(CaseFactory)
    owner = factory.SubFactory(OrganisationFactory)
    domain = LifeDomain.HOUSING
    purpose = "na-ontslag"
    street = "Voorbeeldstraat"
    number = "1"
    postcode = "8011 AA"
    place = "Zwolle"
