"""Which role may open which page of a case, and who may do what with its frame. Pure decisions.

``manages`` and ``contributes`` are the guardian permissions of the organisation on this case, asked by the door.
"""

from cases.access import CASE_ROLES
from cases.digest import DIGEST_ROLES
from cases.ending import is_inside, is_running
from cases.events import RoadEvent, Setter
from cases.frame import KNOWS_ALL, KNOWS_DATES, Knowledge, Part
from cases.models import Capacity, CaseParty, CaseTask
from parties.models import PartyKind, RoleKind, User
from parties.viewer import Viewer

WORKING = KNOWS_ALL | KNOWS_DATES
"""The three parties around one plan; the others follow their own part (R1, C3)."""
ALL = frozenset(Capacity)
WORKING_KINDS = (PartyKind.PRISON, PartyKind.MUNICIPALITY, PartyKind.PROBATION)

LEADING_ROLES = frozenset({RoleKind.CASEMANAGER, RoleKind.UNIT_HEAD})
"""The casemanager has the regie within the PI and the afdelingshoofd stands in; the director reads along (R130, C3)."""

ARRANGING_ROLES = frozenset({RoleKind.UNIT_HEAD, RoleKind.AFTERCARE_COORDINATOR})
"""Who arranges the work of colleagues: in a PI the afdelingshoofd, in a gemeente the coördinator nazorg (C3)."""

SHIELDING_ROLES = LEADING_ROLES | {
    RoleKind.DIRECTOR,
    RoleKind.AFTERCARE_COORDINATOR,
    RoleKind.PROBATION_OFFICER,
}
"""Who decides at a PI, gemeente or reclassering that a case is for named people only (C6.37)."""

ENDED_BY_PRISON = frozenset({Capacity.PROBATION, Capacity.PARTNER, Capacity.SAFETY_HOUSE, Capacity.GUEST})
"""A gemeente takes part by law and the PI by the stay: nobody ends those by hand (R21-R23, C3 rule 1)."""

PAGES_OF_CASE = {
    "overzicht": ALL,
    "screening": WORKING,
    "notities": WORKING | {Capacity.SAFETY_HOUSE},
    "netwerk": ALL,
    "adressen": ALL,
    "toestemming": WORKING,
    "informatiebladen": WORKING,
    "plan": ALL,
    "termijnen": WORKING,
    "overleggen": ALL,
    "geschiedenis": WORKING,
    "inzage": WORKING | {Capacity.SAFETY_HOUSE},
    "bijzondere-meldingen": frozenset({Capacity.PRISON}),
}
"""In which capacity a party has a page of a case at all. What stands on it is for consent.visibility."""

PRIVACY_PAGES = frozenset({"inzage"})
"""The functionaris gegevensbescherming sees who saw what, and no case (C3, column AD)."""


def may_list_cases(viewer: Viewer) -> bool:
    """Whether there are cases at all for this role (C3 note 5: the BIJ-gemandateerde is not the GCN)."""
    return viewer.role_kind in CASE_ROLES


def may_open_releases(viewer: Viewer) -> bool:
    """Release dates are for the three parties around the plan; a partner knows no dates (C3)."""
    return viewer.sees_content and viewer.is_of(*WORKING_KINDS)


def may_open_report(viewer: Viewer) -> bool:
    """Figures of one's own organisation, for who works on cases and for who guards how (C5.20)."""
    return viewer.is_of(*WORKING_KINDS) and may_list_cases(viewer)


def may_open_messages(viewer: Viewer) -> bool:
    """The PI looks after the detention messages about its own people (contract 5)."""
    return viewer.is_of(PartyKind.PRISON) and viewer.sees_content


def may_open_lost_messages(viewer: Viewer) -> bool:
    """A message that names no known inrichting belongs to no PI: beheer completes the reference data."""
    return viewer.has_role(RoleKind.FUNCTIONAL_ADMIN)


def may_open_week(viewer: Viewer) -> bool:
    """The overview of the week is for who leads an afdeling, or coordinates at a gemeente or reclassering."""
    return viewer.role_kind in DIGEST_ROLES and viewer.is_of(*WORKING_KINDS)


def may_look_after_delivery(viewer: Viewer) -> bool:
    """Beheer mends addresses and accounts; it sees that mail does not arrive, and never what it is about (quality 2.9)."""
    return viewer.has_role(RoleKind.FUNCTIONAL_ADMIN)


def may_settle_messages(viewer: Viewer) -> bool:
    """Who has the regie decides what becomes of a message; the director reads along."""
    return may_open_messages(viewer) and viewer.role_kind in LEADING_ROLES


def sees_persons(viewer: Viewer) -> bool:
    """The functionaris gegevensbescherming knows cases by their number, not whom they are about (C3, column AD)."""
    return viewer.sees_content


def may_open_page(viewer: Viewer, capacity: Capacity | None, page: str) -> bool:
    """Whether this page of a case exists for this role."""
    if viewer.has_role(RoleKind.PRIVACY_OFFICER):
        return page in PRIVACY_PAGES
    return viewer.sees_content and capacity in PAGES_OF_CASE[page]


def has_tab(viewer: Viewer, capacity: Capacity | None, page: str) -> bool:
    """A partner or guest reaches what it may read of a plan from its overview: to most of them all six doors are closed."""
    aside = page == "plan" and capacity not in WORKING
    return may_open_page(viewer, capacity, page) and not aside


def may_lead(viewer: Viewer, *, manages: bool) -> bool:
    """The PI of stay has the regie on the frame: who takes part, from where and where to (R130)."""
    return manages and viewer.role_kind in LEADING_ROLES


def may_do_tasks(viewer: Viewer) -> bool:
    """Who sees content does the work of his party; the director reads along."""
    return viewer.sees_content and not viewer.has_role(RoleKind.DIRECTOR)


def may_see_work_of_others(viewer: Viewer) -> bool:
    """How much is late per colleague: for who arranges their work, and for the director who reads along."""
    return viewer.role_kind in ARRANGING_ROLES | {RoleKind.DIRECTOR}


def may_reassign(viewer: Viewer) -> bool:
    """Who may name the worker of one case may do so for several at once (R37)."""
    return may_do_tasks(viewer) and viewer.is_of(*WORKING_KINDS)


def may_open_absences(viewer: Viewer) -> bool:
    """Who is away and who stands in is known to everybody who works with cases there."""
    return viewer.sees_content


def may_arrange_absence(viewer: Viewer, person: User) -> bool:
    """Everybody for himself; for colleagues who arranges their work."""
    own = viewer.user is not None and person.pk == viewer.user.pk
    return may_do_tasks(viewer) and (own or viewer.role_kind in ARRANGING_ROLES)


def may_assign_worker(viewer: Viewer, *, works: bool, phase: str) -> bool:
    """Each party names its own worker (R37), as long as there is work. ``works``: manages or contributes."""
    return works and may_do_tasks(viewer) and is_running(phase)


def may_involve_probation(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """The PI brings in the reclassering on an assignment (R13, C3 rule 7), at the release too (R155)."""
    return may_lead(viewer, manages=manages) and is_running(phase)


def may_end_involvement(viewer: Viewer, row: CaseParty, *, manages: bool) -> bool:
    """The PI ends an assignment it gave; the reclassering may end its own (C6.47). It only takes away: never refused."""
    if row.until is not None or row.capacity not in ENDED_BY_PRISON:
        return False
    own = row.party_id == viewer.organisation.pk and viewer.has_role(RoleKind.PROBATION_OFFICER)
    return own or may_lead(viewer, manages=manages)


def may_shield(viewer: Viewer, *, keeps: bool) -> bool:
    """Each party closes a case for its own people, and who is named opens it again (C7 D11). ``keeps``: he is named,
    or the case is not shielded.
    """
    return keeps and viewer.role_kind in SHIELDING_ROLES


def may_open_in_emergency(viewer: Viewer) -> bool:
    """A person who works with cases; a program or beheer never."""
    return viewer.sees_content and viewer.user is not None


GOING_ON = frozenset({Capacity.ORIGIN, Capacity.RESETTLEMENT, Capacity.PROBATION})
"""Who works on after the release (R154, R155)."""

RECORDED_EVENTS = frozenset(
    {
        RoadEvent.ABSENT,
        RoadEvent.RETURNED,
        RoadEvent.CUSTODY_SUSPENDED,
        RoadEvent.CUSTODY_RESUMED,
        RoadEvent.EXTRAMURAL_STARTED,
        RoadEvent.EXTRAMURAL_RECALLED,
        RoadEvent.RELEASE_PREPARED,
        RoadEvent.PROMOTED,
        RoadEvent.DEMOTED,
        RoadEvent.AFTERCARE_STARTED,
        RoadEvent.AFTERCARE_CLOSED,
        RoadEvent.DECEASED,
        RoadEvent.EXPELLED,
        RoadEvent.NOT_REPORTED,
        RoadEvent.OUT_OF_SCOPE,
    }
)
"""What a person writes down on the page of the phase; the rest has its own page, or comes by message or work."""


def phase_setters(
    viewer: Viewer, *, manages: bool, contributes: bool, on_title: bool, phase: str
) -> tuple[Setter, ...]:
    """On whose word this person may record what happened: the PI of stay until the release, and after it who goes on.

    ``on_title``: a gemeente, or a reclassering with a title (R154, R155).
    """
    if not is_running(phase):
        return ()
    if is_inside(phase):
        leads = (Setter.LEADING,) if may_lead(viewer, manages=manages) else ()
        directs = (Setter.DIRECTOR,) if manages and viewer.has_role(RoleKind.DIRECTOR) else ()
        return (*leads, *directs)
    goes_on = viewer.has_role(RoleKind.AFTERCARE_COORDINATOR, RoleKind.PROBATION_OFFICER)
    return (Setter.AFTERCARE,) if contributes and on_title and goes_on else ()


def may_choose_municipality(viewer: Viewer, *, manages: bool, phase: str) -> bool:
    """The PI records where somebody comes from when that is unknown, and where he will settle (R71, C6.33)."""
    return may_lead(viewer, manages=manages) and is_running(phase)


def may_finish_task(viewer: Viewer, task: CaseTask) -> bool:
    """A task belongs to one party, and only its people tick it off."""
    return task.done_at is None and task.party_id == viewer.organisation.pk and may_do_tasks(viewer)


def knows_party(viewer: Viewer, knows: Knowledge, row: CaseParty) -> bool:
    """Whether this party may know that another one takes part.

    Everybody knows the PI; who knows the identity knows the gemeenten, and who knows the course who supervises (C3).
    """
    if Part.COURSE in knows or row.party_id == viewer.organisation.pk:
        return True
    known = {Capacity.PRISON} | (KNOWS_DATES if Part.IDENTITY in knows else set())
    return row.capacity in known
