"""Who may screen, share, plan and contribute, and what a screening or a plan still lacks. Pure decisions.

``manages`` and ``contributes`` are the guardian permissions of the organisation on this case, asked by the door.
"""

from datetime import date

from cases.ending import is_inside, is_running
from cases.models import SIX_DOMAINS, DeadlineStatus, LifeDomain
from cases.steps import Step
from consent.visibility import RowKind
from parties.models import PartyKind, RoleKind
from parties.viewer import Viewer
from plans.models import (
    Action,
    ActionState,
    ChildCheckAnswer,
    ContentTerm,
    DomainStatus,
    InstrumentKind,
    InstrumentOutcome,
    NetworkMember,
    Note,
    NoteKind,
    Plan,
    PlanState,
    SafetyReport,
    SupportAnswer,
)
from plans.screening import Screening
from plans.terms import SETTLED_BY_HAND

LEADING_ROLES = frozenset({RoleKind.CASEMANAGER, RoleKind.UNIT_HEAD})
"""The casemanager has the regie within the PI and the afdelingshoofd stands in; the director reads along (R130, C3)."""

REPORT_ROLES = frozenset(
    {
        RoleKind.BIJ_MANDATARY,
        RoleKind.RISK_OFFICER,
        RoleKind.PROBATION_OFFICER,
        RoleKind.SAFETY_HOUSE_DIRECTOR,
    }
)
"""Who reads or sends beside the cases. Within the PI a BIJ report is read from its case."""

VALID_DOCUMENT = "geldig_aanwezig"

OF_PROBATION = (NoteKind.BEHAVIOUR, NoteKind.OFFENCE, NoteKind.VICTIM, NoteKind.CONDITION)
"""What the reclassering writes in its own file (C3, column RC); internal notes are of the PI."""


def keeps_file(viewer: Viewer, *, manages: bool) -> bool:
    """Casemanager and afdelingshoofd of the PI of the current stay (R130)."""
    return manages and viewer.is_of(PartyKind.PRISON) and viewer.role_kind in LEADING_ROLES


def may_screen(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """Only the PI of the current stay screens, as long as that stay lasts (R139, C2)."""
    return keeps_file(viewer, manages=manages) and is_inside(phase)


def may_send_sheet(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """The PI of stay sends the informatieblad (R26), after release too: that is handing over."""
    return keeps_file(viewer, manages=manages) and is_running(phase)


def may_begin_plan(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """A plan and its goals are made during the detention (R147, R171, C2)."""
    return keeps_file(viewer, manages=manages) and is_inside(phase)


def may_edit_plan(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """The PI writes the plan; the others confirm, object and do their own actions (R147, users.md 1.6).

    After release it is finished and handed over: regie, actions, and what became of the goals (R150, C2).
    """
    return keeps_file(viewer, manages=manages) and is_running(phase)


def may_read_inner_part(viewer: Viewer, *, manages: bool) -> bool:
    """The three internal parts stay within the PI of stay (C3: full plan, security part)."""
    return manages and viewer.is_of(PartyKind.PRISON)


def may_contribute(viewer: Viewer, *, contributes: bool, phase: str) -> bool:
    """Gemeente and reclassering bring in what they know (R54, R139), in aftercare too (R154)."""
    kinds = (PartyKind.MUNICIPALITY, PartyKind.PROBATION)
    return contributes and viewer.is_of(*kinds) and is_running(phase)


def may_react(viewer: Viewer, *, contributes: bool, phase: str) -> bool:
    """The three parties confirm or object; the PI does so by adopting (users.md 3.8)."""
    return may_contribute(viewer, contributes=contributes, phase=phase)


def may_settle(viewer: Viewer, term: ContentTerm, *, manages: bool, contributes: bool, phase: str) -> bool:
    """The PI and the gemeenten record that it was done, where no other fact says so (C4)."""
    if term.step not in SETTLED_BY_HAND or term.status != DeadlineStatus.OPEN or not is_running(phase):
        return False
    of_gemeente = contributes and viewer.is_of(PartyKind.MUNICIPALITY)
    return keeps_file(viewer, manages=manages) or of_gemeente


def terms_to_begin(viewer: Viewer, *, manages: bool, contributes: bool, phase: str) -> tuple[Step, ...]:
    """The PI knows a breach and what DJI says, as long as somebody is inside; a gemeente its own application (C4)."""
    if may_screen(viewer, manages=manages, phase=phase):
        return (Step.FAMILY_TIMEOUT, Step.PP_WINDOW)
    of_gemeente = contributes and viewer.is_of(PartyKind.MUNICIPALITY) and is_running(phase)
    return (Step.ADVANCE_PAYMENT,) if of_gemeente else ()


def note_kinds(viewer: Viewer, *, manages: bool, contributes: bool, phase: str) -> tuple[NoteKind, ...]:
    """The kinds of note that this viewer may write: the PI all, the reclassering its own, a gemeente none (C3)."""
    if not is_running(phase):
        return ()
    if keeps_file(viewer, manages=manages):
        return tuple(NoteKind)
    return OF_PROBATION if contributes and viewer.has_role(RoleKind.PROBATION_OFFICER) else ()


def may_change_note(viewer: Viewer, note: Note, kinds: tuple[NoteKind, ...]) -> bool:
    """Only who wrote it changes it, and only where he may write such a note (C6.54, PM 38: a dossier moves to be read)."""
    return note.owner_id == viewer.organisation.pk and note.kind in kinds


def may_keep_network(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """The PI of stay keeps people and addresses, until the case is closed (C3: T minimal)."""
    return keeps_file(viewer, manages=manages) and is_running(phase)


def may_involve(member: NetworkMember) -> bool:
    """With a contactverbod or a victim no network action and no gezinsbenadering (C6.36)."""
    return not member.is_barred


def may_close_action(viewer: Viewer, action: Action, *, manages: bool) -> bool:
    """Who must do it ticks it off; the casemanager may do it for others, since he keeps the plan (C3: own actions).

    The director reads along. Also in a closed case: an action that stays open would stand on a worklist for ever.
    """
    own = action.assignee_id == viewer.organisation.pk and not viewer.has_role(RoleKind.DIRECTOR)
    return own or keeps_file(viewer, manages=manages)


def missing_in_screening(screening: Screening) -> list[str]:
    """What is still to be answered before the screening is done (C2): six domains, ID and the kind-check."""
    missing = [
        f"{domain.label}: hulpvraag nog niet gevraagd"
        for domain in SIX_DOMAINS
        if not screening.is_answered(domain)
    ]
    identity = screening.records.get(LifeDomain.IDENTITY)
    if identity is not None and _lacks_document_answer(identity.support_answer, identity.facts):
        missing.append("Identiteitsbewijs: is er een geldig document?")
    if screening.child_check is None:
        missing.append("Kind-check: nog niet gevraagd")
    return missing


def unknown_in_screening(screening: Screening) -> list[str]:
    """Domains of which nobody said how they stand. That is allowed, but it is said when the screening is finished."""
    return [
        str(domain.label)
        for domain in SIX_DOMAINS
        if domain not in screening.records or screening.records[domain].status == DomainStatus.UNKNOWN
    ]


def _lacks_document_answer(support_answer: str, facts: dict[str, str]) -> bool:
    """Who refuses every answer about the document has answered (C2)."""
    asked = support_answer not in (SupportAnswer.UNKNOWN, SupportAnswer.REFUSED)
    return asked and not facts.get(VALID_DOCUMENT)


def needs_identity_document(screening: Screening) -> bool:
    """No valid document: an application starts as early as possible ."""
    identity = screening.records.get(LifeDomain.IDENTITY)
    return identity is not None and identity.facts.get(VALID_DOCUMENT) == "nee"


def screening_hints(screening: Screening) -> list[str]:
    """What the answers ask for next, with the rule that says so."""
    outcomes = {kind: row.outcome for kind, row in screening.instruments.items()}
    hints = []
    if outcomes.get(InstrumentKind.LANGUAGE) == InstrumentOutcome.LOW:
        hints.append("De Taalmeter is laag: maak direct een afspraak met onderwijs.")
    if InstrumentOutcome.LOW in outcomes.values() and InstrumentKind.SCIL not in outcomes:
        hints.append("Er is een vermoeden van een licht verstandelijke beperking: neem de SCIL af.")
    if needs_identity_document(screening):
        hints.append("Geen geldig identiteitsbewijs: start de aanvraag zo vroeg mogelijk.")
    if _asks(screening, LifeDomain.CARE):
        hints.append("Er is een zorgvraag: bespreek die in het MDO en breng die in het PMO.")
    check = screening.child_check
    if check and check.answer == ChildCheckAnswer.YES and check.contacted_on is None:
        hints.append("De kind-check is positief: neem vandaag contact op met de gemeente van herkomst.")
    return hints


def _asks(screening: Screening, domain: LifeDomain) -> bool:
    record = screening.records.get(domain)
    return record is not None and (
        record.support_answer == SupportAnswer.REQUEST or record.status == DomainStatus.URGENT
    )


def missing_for_adoption(plan: Plan) -> list[str]:
    """What a plan lacks before an MDO may adopt it: discussed with the detainee, and regie (R147, R172)."""
    missing = []
    if plan.state == PlanState.CONCEPT or plan.discussed_on is None:
        missing.append("Het plan is nog niet besproken met de gedetineerde.")
    if plan.lead_id is None:
        missing.append("Er is nog geen partij met de regie.")
    return missing


def is_late(action: Action, on: date) -> bool:
    """Open and due before today (architecture 4)."""
    return action.state == ActionState.OPEN and action.due_on is not None and action.due_on < on


def may_open_reports(viewer: Viewer) -> bool:
    """Who has an inbox of its own for BIJ or 18b, or sends 18b (C3 rows BIJ and 18b)."""
    return viewer.role_kind in REPORT_ROLES


def may_report_bij(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """The casemanager of the PI of stay reports; afdelingshoofd and director read along (R41, C3 row BIJ)."""
    return manages and viewer.has_role(RoleKind.CASEMANAGER) and is_inside(phase)


def may_report_risk(viewer: Viewer) -> bool:
    """18b is a permission of its own within the PI, not the casemanager's (B6, C3 row 18b)."""
    return viewer.is_of(PartyKind.PRISON) and viewer.has_role(RoleKind.RISK_OFFICER)


def may_recall(viewer: Viewer, report: SafetyReport) -> bool:
    """Whoever may send this kind takes it back, as long as there is something to take back (C6.51)."""
    sender = RoleKind.CASEMANAGER if report.kind == RowKind.BIJ_REPORT else RoleKind.RISK_OFFICER
    stands = report.recalled_at is None and report.destroyed_at is None
    return stands and viewer.is_of(PartyKind.PRISON) and viewer.has_role(sender)


def may_record_measures(viewer: Viewer, report: SafetyReport) -> bool:
    """The BIJ-gemandateerde, of what was opened and is not closed yet (R45, B7)."""
    standing = report.received_at is not None and report.recalled_at is None and viewer.on < report.closes_on
    return standing and viewer.has_role(RoleKind.BIJ_MANDATARY)
