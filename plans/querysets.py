"""Named reads of the content of a case. Each asks ``visible_to`` first; what a party may not see is not read at all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Q, Value

from cases.models import SIX_DOMAINS, Capacity, Case, CaseParty, LifeDomain
from consent.visibility import ContentQuerySet, Ground, sight_of
from parties.models import Organisation, PartyKind, Role, User
from parties.viewer import CONTENT_ROLES, Viewer
from plans.listed import open_lines
from plans.models import (
    Action,
    ActionState,
    Address,
    ContentTerm,
    DomainRecord,
    DomainStatus,
    Goal,
    NetworkMember,
    SupportAnswer,
)
from plans.questions import AnswerLine

TONE_OF_STATUS = {
    DomainStatus.UNKNOWN: "inactive",
    DomainStatus.IN_ORDER: "success",
    DomainStatus.ATTENTION: "warning",
    DomainStatus.URGENT: "danger",
}
LINES_ON_A_CARD = 3


@dataclass(frozen=True)
class DomainCard:
    """One of the six domains as one party may see it; also the parameter of ``components/domain_card.html``.

    A closed card is the same whether or not anything is recorded (architecture 3.3).
    """

    domain: str
    label: str
    open: bool = False
    status_code: str = ""
    status: str = ""
    tone: str = "inactive"
    support_answer: str = ""
    request: str = ""
    lines: tuple[AnswerLine, ...] = ()
    open_action_count: int = 0
    ground: str = ""
    changed_at: datetime | None = None
    url: str = ""
    link: str = ""
    aside: str = ""
    aside_url: str = ""
    """What more there is about this domain: people of the network, addresses."""

    @property
    def title(self) -> str:
        return self.label

    @property
    def closed(self) -> bool:
        return not self.open

    @property
    def facts(self) -> tuple[AnswerLine, ...]:
        return self.lines

    @property
    def note(self) -> str:
        """How many actions are open, in words."""
        if self.closed:
            return ""
        return "1 actie open" if self.open_action_count == 1 else f"{self.open_action_count} acties open"


def domain_cards(case: Case, viewer: Viewer, *, screens: bool = False) -> list[DomainCard]:
    """The six cards of the case page in three statements: the sight, the records, what else may be counted.

    ``screens``: whether this viewer may fill them in (:func:`plans.rules.may_screen`); if not, a card leads to reading.
    """
    sight = sight_of(viewer, case)
    records = records_by_domain(case, viewer)
    counts = _counts(case, viewer)
    within = viewer.is_of(PartyKind.PRISON)
    readable = "screening/" if within else "plan/"
    return [
        _open_card(
            domain,
            ground=sight.ground_of(domain),
            within=within,
            record=records.get(domain),
            actions=counts[ACTIONS, domain],
            aside=counts[ASIDE, domain],
            case=case,
            url=case.get_absolute_url() + (f"screening/{domain}/" if screens else readable),
            link="Openen" if domain in records or not screens else "Invullen",
        )
        if sight.opens(domain)
        else DomainCard(domain=domain, label=domain.label)
        for domain in SIX_DOMAINS
    ]


ACTIONS, ASIDE = "acties", "ernaast"
ASIDE_PAGES = {LifeDomain.HOUSING: ("adres", "adressen"), LifeDomain.NETWORK: ("persoon", "personen")}
ASIDE_ADDRESS = {LifeDomain.HOUSING: "adressen/", LifeDomain.NETWORK: "netwerk/"}
"""What stands beside a domain: one, many, and the page behind the case."""


def _counts(case: Case, viewer: Viewer) -> Counter[tuple[str, str]]:
    """Per domain the open actions, and the people or addresses, as far as this viewer may see them; one statement."""
    actions = Action.objects.visible_to(viewer).filter(case=case, state=ActionState.OPEN)
    beside = [model.objects.visible_to(viewer).filter(case=case) for model in (Address, NetworkMember)]
    parts = [(ACTIONS, actions), *((ASIDE, rows) for rows in beside)]
    first, *rest = [rows.annotate(what=Value(what)).values_list("what", "domain") for what, rows in parts]
    return Counter(first.union(*rest, all=True))


def _aside(domain: LifeDomain, count: int) -> str:
    if not count or domain not in ASIDE_PAGES:
        return ""
    one, many = ASIDE_PAGES[domain]
    return f"{count} {one if count == 1 else many}"


def _open_card(
    domain: LifeDomain,
    *,
    case: Case,
    ground: Ground | None,
    within: bool,
    record: DomainRecord | None,
    actions: int,
    aside: int,
    url: str,
    link: str,
) -> DomainCard:
    """``within``: in the PI itself nobody needs to read on which ground."""
    known = record or DomainRecord(domain=domain, question_set="")
    return DomainCard(
        domain=domain,
        label=domain.label,
        open=True,
        status_code=known.status,
        status=str(known.get_status_display()).capitalize(),
        tone=TONE_OF_STATUS[DomainStatus(known.status)],
        support_answer=known.support_answer,
        request=request_in_words(known),
        lines=tuple(open_lines(known, ground, card=True)[:LINES_ON_A_CARD]),
        open_action_count=actions,
        ground="" if within or ground is None else ground.label,
        changed_at=record.changed_at if record else None,
        url=url,
        link=link,
        aside=_aside(domain, aside),
        aside_url=case.get_absolute_url() + ASIDE_ADDRESS.get(domain, ""),
    )


def request_in_words(record: DomainRecord) -> str:
    """The hulpvraag in words: the text of the request, or that there is none, or that it was not asked."""
    if record.support_answer == SupportAnswer.REQUEST and record.support_request:
        return record.support_request
    return str(record.get_support_answer_display()).capitalize()


def records_by_domain(case: Case, viewer: Viewer) -> dict[str, DomainRecord]:
    """What the PI recorded per domain, as far as this viewer may see it. The newest counts (PM 38: the dossier moves)."""
    rows = DomainRecord.objects.visible_to(viewer).filter(case=case, owner__kind=PartyKind.PRISON)
    return {row.domain: row for row in rows.select_related("recorded_by").order_by("changed_at", "pk")}


def content_terms(case: Case, viewer: Viewer) -> list[ContentTerm]:
    """The terms of content that this viewer may see, first due first (ADR 0016)."""
    rows = ContentTerm.objects.visible_to(viewer).filter(case=case)
    return list(rows.order_by("due_on", "step", "about", "round", "pk"))


def content_term_for(case: Case, viewer: Viewer, key: UUID) -> ContentTerm | None:
    """One of them; a hidden one is not there."""
    row: ContentTerm | None = ContentTerm.objects.visible_to(viewer).filter(case=case, pk=key).first()
    return row


def goals_and_actions(case: Case, viewer: Viewer) -> tuple[list[Goal], list[Action]]:
    """The goals and actions of the plan that this viewer may see, with own actions always (C3)."""
    goals = Goal.objects.visible_to(viewer).filter(case=case).order_by("domain", "created_at", "pk")
    actions = Action.objects.visible_to(viewer).filter(case=case).select_related("assignee", "worker")
    return list(goals), list(in_order_of_urgency(actions))


def open_actions(viewer: Viewer) -> ContentQuerySet:
    """What this viewer's organisation has to do, over all its cases; the most urgent first."""
    mine = Action.objects.visible_to(viewer).filter(assignee=viewer.organisation, state=ActionState.OPEN)
    return in_order_of_urgency(mine.select_related("assignee", "worker"))


def in_order_of_urgency(actions: ContentQuerySet) -> ContentQuerySet:
    """Open before closed, then by due date; an action without a date comes last."""
    is_open = ExpressionWrapper(Q(state=ActionState.OPEN), BooleanField())
    return actions.order_by(is_open.desc(), F("due_on").asc(nulls_last=True), "created_at", "pk")


def domains_of(rows: Iterable[DomainRecord | Goal | Action]) -> tuple[str, ...]:
    """The domains that were read, for the ledger."""
    return tuple(sorted({row.domain for row in rows if row.domain}))


def goals_of(case: Case, viewer: Viewer) -> list[Goal]:
    """The goals to which an action may belong."""
    return list(Goal.objects.visible_to(viewer).filter(case=case).order_by("domain", "created_at", "pk"))


def goal_for(case: Case, viewer: Viewer, key: UUID) -> Goal | None:
    goal: Goal | None = Goal.objects.visible_to(viewer).filter(case=case, pk=key).first()
    return goal


def action_for(case: Case, viewer: Viewer, key: UUID) -> Action | None:
    """One action of this case, when the viewer may see it."""
    rows = Action.objects.visible_to(viewer).filter(case=case, pk=key)
    action: Action | None = rows.select_related("assignee", "worker", "owner").first()
    return action


def organisations_in(case: Case, at: datetime) -> list[Organisation]:
    """The parties of the case that may get work, the PI first."""
    rows = CaseParty.objects.active(at).filter(case=case).select_related("party")
    return [
        row.party for row in sorted(rows, key=lambda row: (row.capacity != Capacity.PRISON, row.party.name))
    ]


def workers_in(case: Case, viewer: Viewer) -> list[tuple[User, Organisation]]:
    """The people of those parties who may see content, with their organisation."""
    parties = CaseParty.objects.active(viewer.at).filter(case=case).values("party")
    roles = Role.objects.active_on(viewer.on).filter(organisation__in=parties, kind__in=CONTENT_ROLES)
    rows = roles.select_related("user", "organisation").order_by("organisation__name", "user__name")
    return list({role.user_id: (role.user, role.organisation) for role in rows}.values())
