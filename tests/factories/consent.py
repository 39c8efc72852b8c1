"""What a detainee decided, and the rows of law."""

from datetime import UTC, datetime

import factory

from cases.models import LifeDomain
from consent.models import Answer, CaseGround, Consent, Evidence, GroundCode, RowKind, StatutoryGround
from tests.factories.base import LONG_AGO, TrackedFactory
from tests.factories.cases import CaseFactory
from tests.factories.parties import OrganisationFactory

A_PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
A_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(30) + b"IEND\xaeB`\x82"
A_JPEG = b"\xff\xd8\xff\xe0" + bytes(30) + b"\xff\xd9"


class ConsentFactory(TrackedFactory):
    class Meta:
        model = Consent

    case = factory.SubFactory(CaseFactory)
    domain = LifeDomain.HOUSING
    recipient = factory.SubFactory(OrganisationFactory)
    answer = Answer.GIVEN
    given_at = LONG_AGO
    sequence = factory.Sequence(lambda n: n + 1)
    declaration_number = factory.Sequence(lambda n: f"TV-{n:05d}")
    evidence = Evidence.SIGNED
    recorded_at = LONG_AGO
    recorded_for = factory.SelfAttribute("recipient")


class StatutoryGroundFactory(TrackedFactory):
    class Meta:
        model = StatutoryGround

    code = GroundCode.OWN_TASK
    article = "Pbw 18a"
    capacity = "inrichting"
    row_kind = RowKind.DOMAIN_RECORD
    valid_from = datetime(2019, 7, 1, tzinfo=UTC)
    source = "test"


class CaseGroundFactory(TrackedFactory):
    class Meta:
        model = CaseGround

    case = factory.SubFactory(CaseFactory)
    code = GroundCode.PBW18A
    recipient = factory.SubFactory(OrganisationFactory)
    necessity = "Nodig om onderdak te regelen"
    since = LONG_AGO
    recorded_at = LONG_AGO
    recorded_for = factory.SelfAttribute("recipient")
