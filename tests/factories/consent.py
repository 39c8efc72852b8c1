"""What a detainee decided, and the rows of law."""

from datetime import UTC, datetime

import factory

from cases.models import Capacity, LifeDomain
from consent.models import (
    FRAME_KINDS,
    Answer,
    CaseGround,
    Consent,
    Evidence,
    GroundCode,
    RowKind,
    StatutoryGround,
)
from consent.own_channel import CHANNEL_KINDS
from parties.models import RoleKind
from reintegratie.lib.history import add_all_as
from tests.factories.base import LONG_AGO, TestActor, TrackedFactory
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


CHANNEL_LAW = (
    (RowKind.BIJ_REPORT, GroundCode.BIJ11A, Capacity.PRISON, ""),
    (RowKind.BIJ_REPORT, GroundCode.BIJ11A, "eigen-kanaal", RoleKind.BIJ_MANDATARY),
    (RowKind.RISK_REPORT, GroundCode.PBW18B, Capacity.PRISON, RoleKind.RISK_OFFICER),
    (RowKind.RISK_REPORT, GroundCode.PBW18B, "eigen-kanaal", RoleKind.BIJ_MANDATARY),
    (RowKind.RISK_REPORT, GroundCode.PBW18B, "eigen-kanaal", RoleKind.PROBATION_OFFICER),
    (RowKind.RISK_REPORT, GroundCode.PBW18B, "eigen-kanaal", RoleKind.SAFETY_HOUSE_DIRECTOR),
)
"""Who sends and who reads beside the case (data/grondslagen.csv)."""
GEMEENTEN = (Capacity.ORIGIN, Capacity.RESETTLEMENT)


def law_of_the_land() -> None:
    """The rows of law that every installation has and that ask for nothing in the case, as in data/grondslagen.csv."""
    own = (GroundCode.OWN_TASK, "Pbw 18a")
    rows = [
        (*own, Capacity.PRISON, kind, False)
        for kind in RowKind
        if kind not in {RowKind.INTERNAL_NOTE, *CHANNEL_KINDS}
    ]
    rows += [(*own, Capacity.PROBATION, kind, True) for kind in (*FRAME_KINDS, RowKind.VICTIM)]
    for gemeente in GEMEENTEN:
        rows.append((GroundCode.PBW5B, "R122", gemeente, RowKind.CHILD_CHECK, False))
        rows += [
            (GroundCode.WJSG51C, "Wjsg art. 51c", gemeente, kind, False)
            for kind in (RowKind.IDENTITY, RowKind.DETENTION)
        ]
    made = [
        StatutoryGroundFactory.build(
            code=code, article=article, capacity=capacity, row_kind=kind, with_title=with_title
        )
        for code, article, capacity, kind, with_title in rows
    ]
    made += [
        StatutoryGroundFactory.build(code=code, article="art.", capacity=capacity, row_kind=kind, role=role)
        for kind, code, capacity, role in CHANNEL_LAW
    ]
    add_all_as([(row, "test") for row in made], by=TestActor(), at=LONG_AGO)


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
