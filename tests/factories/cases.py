"""People in detention and their cases."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone

from cases.access import join_case
from cases.models import (
    Absence,
    Capacity,
    Case,
    CaseParty,
    CustodyTitle,
    Deadline,
    Detainee,
    EmergencyAccess,
    FacilityStay,
    InflowType,
    NamedPerson,
    Phase,
    RegionalAgreement,
    Suspension,
)
from parties.models import Organisation
from tests.factories.base import LONG_AGO, TestActor, TrackedFactory

ENTRY = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)


class DetaineeFactory(TrackedFactory):
    class Meta:
        model = Detainee

    chain_number = factory.Sequence(lambda n: f"{7000000 + n}")
    first_names = "Sem"
    prefix = "van den"
    surname = factory.Sequence(lambda n: f"Berg{n}")
    birth_date = date(1990, 5, 17)
    sex = "m"


class CaseFactory(TrackedFactory):
    class Meta:
        model = Case

    number = factory.Sequence(lambda n: f"Z-2026-{50000 + n}")
    detainee = factory.SubFactory(DetaineeFactory)
    detention_number = factory.Sequence(lambda n: f"INS-99-{n:05d}")
    inflow_type = InflowType.ARRESTEE
    custody_title = CustodyTitle.SENTENCE
    phase = Phase.ADMITTED
    entered_at = ENTRY
    expected_release_on = date(2027, 1, 29)
    changed_at = LONG_AGO


class FacilityStayFactory(TrackedFactory):
    class Meta:
        model = FacilityStay

    case = factory.SubFactory(CaseFactory)
    detainee = factory.SelfAttribute("case.detainee")
    since = ENTRY


class DeadlineFactory(TrackedFactory):
    class Meta:
        model = Deadline

    case = factory.SubFactory(CaseFactory)
    step = "screening"
    step_valid_from = date(2019, 7, 1)
    starts_on = date(2026, 4, 20)
    raw_due_on = date(2026, 5, 6)
    due_on = date(2026, 5, 6)
    explanation = "10 werkdagen na 20 april 2026; Koningsdag en 5 mei niet geteld"


class RegionalAgreementFactory(TrackedFactory):
    class Meta:
        model = RegionalAgreement

    step = "two_week_plan"
    valid_from = date(2019, 7, 1)
    source = "afspraak van de regio"


class SuspensionFactory(TrackedFactory):
    """A second suspension in a row that somebody asked for."""

    class Meta:
        model = Suspension

    reason = "wacht-op-partij"
    state = "aangevraagd"
    since = date(2026, 4, 22)
    until = date(2026, 4, 29)


class NamedPersonFactory(TrackedFactory):
    class Meta:
        model = NamedPerson

    since = LONG_AGO


class AbsenceFactory(TrackedFactory):
    """Away this whole week, by the clock of the machine, unless said otherwise."""

    class Meta:
        model = Absence

    since = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=3))
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=4))


class EmergencyAccessFactory(TrackedFactory):
    class Meta:
        model = EmergencyAccess

    role_kind = "casemanager"
    reason = "Vannacht incident op de afdeling"
    since = LONG_AGO
    until = LONG_AGO + timedelta(hours=24)


def take_part(
    case: Case,
    party: Organisation,
    capacity: Capacity,
    *,
    since: datetime = ENTRY,
    until: datetime | None = None,
    on_title: bool = True,
) -> CaseParty:
    """Let a party take part through the real action; a reclassering on a title, unless said otherwise."""
    return join_case(
        case=case,
        party=party,
        capacity=capacity,
        since=since,
        until=until,
        on_title=on_title and capacity == Capacity.PROBATION,
        by=TestActor(),
        at=since,
        why="test",
    )
