"""What may happen in the world without this or that party noticing: each change with the parties that may know of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction

from cases.access import case_for
from cases.actions import Result, assign_worker, involve_probation, open_task, receive_message
from cases.models import Capacity, CaseParty, LifeDomain, TaskKind
from cases.steps import Step
from consent.actions import decide, withdraw_consent
from consent.models import Answer, Consent, Evidence
from meetings.actions import change_item, invite, plan_meeting, print_agenda, reorder
from meetings.models import AgendaItem, ItemKind, ItemNote
from parties.models import RoleKind
from parties.viewer import Viewer
from plans.actions import (
    Person,
    Place,
    add_action,
    add_contribution,
    add_goal,
    begin_term,
    issue_sheet,
    react_to_plan,
    record_domain,
    record_instrument,
    remind_of_content,
    save_address,
    save_member,
    save_plan,
    write_note,
)
from plans.models import (
    AddressPurpose,
    ContributionKind,
    DomainStatus,
    GoalKind,
    InstrumentKind,
    InstrumentOutcome,
    NoteKind,
    Plan,
    ReactionAnswer,
    Relation,
    Secrecy,
    SupportAnswer,
    TermKind,
)
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, DetaineeFactory, FacilityStayFactory, take_part
from tests.factories.meetings import on_agenda
from tests.factories.messages import message
from tests.factories.parties import RoleFactory, UserFactory
from tests.factories.plans import ContentTermFactory
from tests.worlds.numbers import others_came_first
from tests.worlds.seeded import BUILT, CARE, DEBTS, WORK, Seeded

LATER = BUILT + timedelta(hours=2)
"""When it happens: after everything else, before anybody looks."""
WHY = "a change in the other world"
PI = frozenset({"pi"})


@dataclass(frozen=True)
class Change:
    """Something that happens, and who may know."""

    make: Callable[[Seeded], None]
    known_to: frozenset[str]
    shown_at: str
    """Where the PI notices: a page of the shared case, or a whole address."""

    def page_of(self, seeded: Seeded) -> str:
        case = seeded.shared.get_absolute_url()
        return self.shown_at if self.shown_at.startswith("/") else f"{case}{self.shown_at}"


@contextmanager
def rolled_back() -> Iterator[None]:
    """A world of its own: what is written here, by whomever, never was."""
    here = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(here)


def _by(seeded: Seeded) -> Viewer:
    return replace(seeded.casemanager, at=LATER)


def _of(seeded: Seeded, party: str, role: RoleKind) -> Viewer:
    person = RoleFactory(user=UserFactory(), organisation=getattr(seeded.world, party), kind=role)
    return Viewer(person.organisation, role, LATER, user=person.user)


def screening(seeded: Seeded) -> None:
    """Another answer in a domain that is open to nobody, and another outcome of an instrument."""
    record_domain(
        case=seeded.shared,
        domain=DEBTS,
        status=DomainStatus.URGENT,
        support_answer=SupportAnswer.NONE,
        support_request="Heel anders",
        by=_by(seeded),
        at=LATER,
    )
    record_instrument(
        case=seeded.shared,
        kind=InstrumentKind.SCIL,
        outcome=InstrumentOutcome.REFUSED,
        taken_on=date(2026, 4, 22),
        note="Heel anders",
        by=_by(seeded),
        at=LATER,
    )


def terms_of_content(seeded: Seeded) -> None:
    """Terms in a closed domain, of instruments and of behaviour, begun, moved and over."""
    common = {
        "case": seeded.shared,
        "owner": seeded.world.pi,
        "round": 9,
    }  # beside those that follow from facts
    for step in (Step.ID_APPLICATION, Step.SEARCH_PERIOD_START, Step.APPLICATION_DAY_ONE):
        ContentTermFactory(**common, step=step, domain=DEBTS, due_on=date(2026, 4, 23))
    for step, kind in ((Step.SCIL, TermKind.INSTRUMENT), (Step.FAMILY_TIMEOUT, TermKind.BEHAVIOUR)):
        ContentTermFactory(**common, step=step, kind=kind, domain="", due_on=date(2026, 4, 21))
    begin_term(case=seeded.shared, step=Step.PP_WINDOW, since=date(2026, 4, 21), by=_by(seeded), at=LATER)
    remind_of_content(at=LATER)


def plan(seeded: Seeded) -> None:
    """More goals and actions in that domain, sooner than all others, and other inner parts."""
    found = Plan.objects.unrestricted(reason=WHY).get(case=seeded.shared)
    common = {"case": seeded.shared, "by": _by(seeded), "at": LATER}
    goal = add_goal(
        plan=found, domain=DEBTS, kind=GoalKind.REINTEGRATION, text="Aaa", by=_by(seeded), at=LATER
    )
    for domain in (DEBTS, ""):
        add_action(
            domain=domain,
            text="Aaa",
            assignee=seeded.world.pi,
            due_on=date(2026, 4, 23),
            goal=goal if domain else None,
            **common,
        )
    save_plan(
        plan=found,
        lead=seeded.world.kampen,
        care_part="Heel anders",
        security_part="",
        reintegration_part="x" * 2000,
        by=_by(seeded),
        at=LATER,
    )


def of_the_reclassering(seeded: Seeded) -> None:
    """What the reclassering brings in, and what it says of the plan."""
    by = _of(seeded, "probation", RoleKind.PROBATION_OFFICER)
    for domain in (DEBTS, ""):
        add_contribution(
            case=seeded.shared, domain=domain, kind=ContributionKind.FACT, text="Aaa", by=by, at=LATER
        )
    react_to_plan(case=seeded.shared, answer=ReactionAnswer.AGREE, note="Heel anders", by=by, at=LATER)
    open_task(
        case=seeded.shared,
        party=seeded.world.probation,
        kind=TaskKind.BEGIN_MESSAGE,
        by=TestActor(),
        at=LATER,
    )
    row = CaseParty.objects.get(case=seeded.shared, party=seeded.world.probation)
    assign_worker(row=row, worker=by.user, by=by, at=LATER, why="test")
    case_for(by, seeded.shared.pk)


def of_kampen(seeded: Seeded) -> None:
    """A new yes and an end of another for Kampen, the sheet that follows, what it brings in, and an invitation."""
    kampen = seeded.world.kampen
    decide(
        case=seeded.shared,
        recipient=kampen,
        answers={DEBTS: Answer.GIVEN, LifeDomain.NETWORK: Answer.REFUSED},
        given_at=LATER - timedelta(minutes=1),
        evidence=Evidence.SIGNED,
        by=_by(seeded),
        at=LATER,
    )
    standing = Consent.objects.get(case=seeded.shared, recipient=kampen, domain=WORK, withdrawn_at=None)
    withdraw_consent(consent=standing, reason="Heel anders", by=_by(seeded), at=LATER)
    issue_sheet(case=seeded.shared, recipient=kampen, by=_by(seeded), at=LATER)
    by = _of(seeded, "kampen", RoleKind.AFTERCARE_COORDINATOR)
    add_contribution(
        case=seeded.shared, domain=DEBTS, kind=ContributionKind.FACT, text="Aaa", by=by, at=LATER
    )
    invite(item=_item_of(seeded, seeded.shared), organisation=kampen, by=_by(seeded), at=LATER)


def taken_back_from_the_reclassering(seeded: Seeded) -> None:
    standing = Consent.objects.get(
        case=seeded.shared, recipient=seeded.world.probation, domain=CARE, withdrawn_at=None
    )
    withdraw_consent(consent=standing, reason="", by=_by(seeded), at=LATER)


def others_join(seeded: Seeded) -> None:
    """A second reclassering, and a guest: a gemeente and a partner know neither (C3)."""
    probation, guest, _ = seeded.newcomers
    involve_probation(
        case=seeded.shared,
        organisation=probation,
        assignment="advies",
        on_title=True,
        by=_by(seeded),
        at=LATER,
    )
    invite(item=_item_of(seeded, seeded.shared), organisation=guest, by=_by(seeded), at=LATER)


def _item_of(seeded: Seeded, case: object) -> AgendaItem:
    items = AgendaItem.objects.unrestricted(reason=WHY).select_related("meeting", "case")
    return items.get(meeting=seeded.coming, case=case)


def agenda(seeded: Seeded) -> None:
    """Another person first on the agenda, other subjects, copies for others, and a meeting of the PI alone."""
    by = _by(seeded)
    first = CaseFactory(
        detainee=DetaineeFactory(surname="Aaa", first_names="Sem"),
        origin_municipality=seeded.newcomers[2],
    )
    FacilityStayFactory(case=first, facility=seeded.world.pi)
    take_part(first, seeded.world.pi, Capacity.PRISON)
    seeded.coming.refresh_from_db()
    item = on_agenda(seeded.coming, first, by, ItemKind.CARE, proposal="Heel anders", minutes=55)
    for _ in range(2):
        seeded.coming.refresh_from_db()
        item = _item_of(seeded, first)
        reorder(item=item, direction="omhoog", expected_version=seeded.coming.version, by=by, at=LATER)
    for case in (seeded.shared, seeded.deventer):
        one = _item_of(seeded, case)
        change_item(
            item=one,
            kind=ItemKind.CARE,
            proposal="Heel anders",
            minutes=one.minutes,
            expected_version=ItemNote.objects.unrestricted(reason=WHY).get(item=one).version,
            by=by,
            at=LATER,
        )
    print_agenda(meeting=seeded.coming, reader=seeded.world.pi, with_notes=True, by=by, at=LATER)
    assert seeded.coming.chair is not None
    plan_meeting(starts_at=LATER + timedelta(days=1), chair=seeded.coming.chair, by=by, at=LATER)


def somebody_else(seeded: Seeded) -> None:
    """Detention messages about others: one is taken in, one names no known PI."""
    for number, prison, becomes in (
        ("7999991", "ZWO", Result.ACCEPTED),
        ("7999992", "???", Result.REFUSED),
    ):
        body = message(
            person={"strafrechtsketennummer": number, "bsn": None, "achternaam": "Aaa"},
            nummer=f"INS-{number}",
            gemeenteHerkomst="0166",
            inrichting=prison,
        )
        outcome = receive_message(body=body, by=TestActor(), at=LATER)
        assert outcome.result is becomes, outcome


def elsewhere(seeded: Seeded) -> None:
    """The other PI changes what it knows about somebody of Zwolle, which that gemeente may not see."""
    at = LATER
    person = RoleFactory(user=UserFactory(), organisation=seeded.world.other_pi, kind=RoleKind.CASEMANAGER)
    by = Viewer(person.organisation, person.kind, at, user=person.user)
    record_domain(
        case=seeded.elsewhere,
        domain=DEBTS,
        support_answer=SupportAnswer.NONE,
        support_request="Heel anders",
        by=by,
        at=at,
    )


def people(seeded: Seeded) -> None:
    """Notes of kinds that are open to nobody, somebody of the network, and a secret address."""
    by = _by(seeded)
    for kind in (NoteKind.INTERNAL, NoteKind.OFFENCE, NoteKind.CONDITION):
        write_note(case=seeded.shared, kind=kind, text="Heel anders", by=by, at=LATER)
    write_note(case=seeded.shared, kind=NoteKind.BEHAVIOUR, domain=DEBTS, text="Heel anders", by=by, at=LATER)
    save_member(case=seeded.shared, person=Person("Aaa", Relation.PARTNER), by=by, at=LATER)


def secret_address(seeded: Seeded) -> None:
    secret = Place(AddressPurpose.LEAVE, "Aaa", "1", "8000 AA", "Aaa", secrecy=Secrecy.SHELTER)
    save_address(case=seeded.shared, place=secret, by=_by(seeded), at=LATER)


CHANGES = {
    "people": Change(people, PI, "notities/"),
    "secret address": Change(secret_address, PI | {"zwolle", "probation"}, "adressen/"),
    "screening": Change(screening, PI, "screening/"),
    "terms of content": Change(terms_of_content, PI, "termijnen/"),
    "plan": Change(plan, PI, "plan/"),
    "of the reclassering": Change(of_the_reclassering, PI | {"probation"}, "inbreng/"),
    "of Kampen": Change(of_kampen, PI | {"kampen"}, "toestemming/"),
    "taken back from the reclassering": Change(
        taken_back_from_the_reclassering, PI | {"probation"}, "toestemming/"
    ),
    "others join": Change(others_join, PI | {"probation"}, ""),
    "agenda": Change(agenda, PI, "overleggen/"),
    "somebody else": Change(somebody_else, PI | {"kampen"}, "/zaken/"),
    "numbers": Change(lambda _: others_came_first(), frozenset(), ""),
    "elsewhere": Change(elsewhere, frozenset({"other_pi"}), ""),
}


def hidden_from(party: str) -> list[str]:
    """What this party may not notice."""
    return [name for name, change in CHANGES.items() if party not in change.known_to]


def happen(names: list[str], seeded: Seeded) -> None:
    """Let these changes happen, one after another."""
    for name in names:
        CHANGES[name].make(seeded)
