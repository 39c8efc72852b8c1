"""The demo tells the story of the README: from the begin message to the agenda of the next MDO."""

from datetime import UTC, datetime

import pytest

from cases.models import Case, CaseParty, DeadlineStatus, DetentionMessage, LifeDomain, MessageStatus, Phase
from meetings.models import AgendaItem, Meeting, MeetingState
from parties.models import Organisation, Role
from parties.viewer import Viewer, viewer_for
from plans.models import Action, DomainRecord, InformationSheet, SheetPart, SheetState

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SMIT, DE_VRIES = "INS-01-00012", "INS-01-00017"


pytestmark = [
    pytest.mark.usefixtures("demo"),
    pytest.mark.django_db,
    pytest.mark.xdist_group("browser"),  # in the process that loads the demo anyway
]


def person(email: str, at: datetime = NOW) -> Viewer:
    return viewer_for(Role.objects.select_related("organisation", "user").get(user__email=email), at=at)


def of(number: str) -> Case:
    return Case.objects.get(detention_number=number)


class TestDemo:
    """What was loaded through every action, read by who works with it."""

    def test_tells_one_story(self) -> None:
        self.every_message_has_an_outcome()
        self.the_gemeente_sees_what_was_consented_and_not_what_was_withdrawn()
        self.the_reclassering_sees_its_own_domains()
        self.the_plan_was_adopted_in_a_held_mdo_and_the_clock_runs_on()
        self.the_guests_see_their_own_item_only()
        self.an_outsider_sees_nothing_of_zwolle()

    def every_message_has_an_outcome(self) -> None:
        statuses = set(DetentionMessage.objects.values_list("status", flat=True))
        assert DetentionMessage.objects.count() >= 270
        assert statuses == {MessageStatus.APPLIED, MessageStatus.PARKED, MessageStatus.REFUSED}

    def the_gemeente_sees_what_was_consented_and_not_what_was_withdrawn(self) -> None:
        zwolle = person("nazorg@zwolle.gemeente.test")
        case = of(SMIT)
        domains = set(
            DomainRecord.objects.visible_to(zwolle).filter(case=case).values_list("domain", flat=True)
        )
        assert domains == {
            LifeDomain.IDENTITY,
            LifeDomain.HOUSING,
            LifeDomain.WORK_INCOME,
            LifeDomain.NETWORK,
        }
        sheets = InformationSheet.objects.visible_to(zwolle).filter(case=case).order_by("number")
        assert [(s.number, s.state) for s in sheets] == [(1, SheetState.REPLACED), (2, SheetState.ISSUED)]
        parts = SheetPart.objects.visible_to(zwolle).filter(case=case).values_list("domain", flat=True)
        assert LifeDomain.DEBTS not in set(parts)

    def the_reclassering_sees_its_own_domains(self) -> None:
        officer = person("werker@rn-no.reclassering.test")
        rows = DomainRecord.objects.visible_to(officer).filter(case=of(SMIT))
        assert set(rows.values_list("domain", flat=True)) == {
            LifeDomain.HOUSING,
            LifeDomain.WORK_INCOME,
            LifeDomain.CARE,
        }
        assert (
            Action.objects.visible_to(officer).filter(case=of(SMIT), assignee=officer.organisation).exists()
        )

    def the_plan_was_adopted_in_a_held_mdo_and_the_clock_runs_on(self) -> None:
        case = of(DE_VRIES)
        assert case.phase in {Phase.PLAN_ADOPTED, Phase.MONITORING}
        assert Meeting.objects.filter(state=MeetingState.HELD).count() == 1
        cycle = case.deadlines.filter(step="mdo_cycle", status=DeadlineStatus.OPEN).get()
        assert cycle.due_on.isoformat() == "2026-11-26"

    def the_guests_see_their_own_item_only(self) -> None:
        partner = person("contact@woningcorporatie.partner.test", at=datetime.now(UTC))
        items = AgendaItem.objects.visible_to(partner)
        assert [item.case_id for item in items] == [of(SMIT).pk]
        assert not DomainRecord.objects.visible_to(partner).exists()

    def an_outsider_sees_nothing_of_zwolle(self) -> None:
        leeuwarden = person("casemanager@leeuwarden.pi.test")
        zwolle = Organisation.objects.get(kind="pi", code="ZWO")
        theirs = CaseParty.objects.active(NOW).filter(party=zwolle).values("case")
        assert not DomainRecord.objects.visible_to(leeuwarden).filter(case__in=theirs).exists()
