"""What may each party read and write, and on which ground? The policy as rows, taken from what the code itself asks.

Nothing here decides anything: the rows come from the rules (as pure functions), the capacities and permissions of
``cases.access``, the models of content, and the statutory grounds that are in force in this installation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from cases import rules as case_rules
from cases.access import CASE_ROLES, CONTRIBUTE, MANAGE, PERMISSION_OF
from cases.frame import Part
from cases.models import Capacity, LifeDomain
from consent import rules
from consent.knowledge import opened_by_consent
from consent.models import FRAME_KINDS, GroundCode, RowKind, StatutoryGround
from consent.own_channel import CHANNEL_KINDS
from consent.visibility import ContentRow
from parties.models import ROLES_OF_KIND, Organisation, PartyKind, RoleKind
from parties.viewer import CONTENT_ROLES, Viewer

KINDS_IN = {
    Capacity.PRISON: (PartyKind.PRISON,),
    Capacity.ORIGIN: (PartyKind.MUNICIPALITY,),
    Capacity.RESETTLEMENT: (PartyKind.MUNICIPALITY,),
    Capacity.PROBATION: (PartyKind.PROBATION,),
    Capacity.PARTNER: (PartyKind.PARTNER,),
    Capacity.SAFETY_HOUSE: (PartyKind.SAFETY_HOUSE,),
    Capacity.GUEST: (PartyKind.PARTNER, PartyKind.SAFETY_HOUSE),
}
"""Which kinds of organisation take part in which capacity."""

OWN, ADDRESSED, TAKES_PART = "EIGEN-RIJ", "GEADRESSEERD", "DEELNAME"

MayWrite = Callable[["Seat"], bool]


@dataclass(frozen=True)
class Seat:
    """Somebody in a role, at a party in a capacity."""

    capacity: Capacity
    viewer: Viewer

    @property
    def manages(self) -> bool:
        """As ``cases.access.has_permission`` answers it."""
        return PERMISSION_OF[self.capacity] == MANAGE and self.viewer.sees_content

    @property
    def contributes(self) -> bool:
        return PERMISSION_OF[self.capacity] == CONTRIBUTE and self.viewer.sees_content


@dataclass(frozen=True)
class Writing:
    """Which rule the forms of one kind of content ask: for rows of one's own, and for rows addressed to one."""

    own: MayWrite
    addressed: MayWrite = lambda seat: False
    not_by_consent: frozenset[Capacity] = frozenset()
    """In which capacities no consent opens rows of this kind: they have no domain, or C3 says never."""


@dataclass(frozen=True)
class PolicyRow:
    """One line of the table; what has no line may not be read or written.

    ``limited``: even on this ground only rows that were made for this party, or to whose meeting it was invited.
    ``condition``: when this row of law holds at all, in words.
    """

    category: str
    domain: str
    kind: str
    capacity: str
    role: str
    ground: str
    source: str
    reads: bool
    writes: bool
    limited: bool = False
    condition: str = ""


def policy(at: datetime, writing: dict[RowKind, Writing]) -> Iterator[PolicyRow]:
    """Every line for every seat: the frame, the pages, consents, and each kind of content on each ground."""
    rows = StatutoryGround.objects.in_force(at).select_related("organisation")
    law = list(rows.order_by("code", "row_kind", "domain", "owner_kind", "capacity", "pk"))
    for seat in seats(at):
        yield from _frame(seat, law)
        yield from _pages(seat)
        if rules.may_see_matrix(seat.viewer, seat.capacity):
            writes = rules.may_record(seat.viewer, seat.capacity)
            yield _line(seat, "toestemmingen", ground=TAKES_PART, writes=writes)
        if seat.viewer.sees_content:
            for row_kind, rule in writing.items():
                yield from _content(seat, row_kind, law, rule)
    yield from _own_channel(law)


def _own_channel(law: list[StatutoryGround]) -> Iterator[PolicyRow]:
    """Who reads what is told beside the case (:mod:`consent.own_channel`); who makes it is for the pages of plans."""
    for row in law:
        if row.row_kind not in CHANNEL_KINDS:
            continue
        inside = row.capacity == Capacity.PRISON
        roles = [row.role] if row.role else sorted(CONTENT_ROLES) if inside else []
        for kind, role in ((kind, role) for kind in PartyKind for role in roles):
            if role in ROLES_OF_KIND[kind] and (kind == PartyKind.PRISON) == inside:
                yield PolicyRow(
                    category=row.row_kind,
                    domain="",
                    kind=str(kind),
                    capacity=row.capacity,
                    role=str(role),
                    ground=row.code,
                    source=row.article,
                    reads=True,
                    writes=False,
                    limited=not inside,
                )


def seats(at: datetime) -> Iterator[Seat]:
    """Every role that fits a kind of organisation that may take part, if cases exist for that role at all."""
    for capacity, kinds in KINDS_IN.items():
        for kind in kinds:
            for role in sorted(ROLES_OF_KIND[kind] & CASE_ROLES):
                yield Seat(capacity, Viewer(organisation=Organisation(kind=kind), role_kind=role, at=at))


def _frame(seat: Seat, law: list[StatutoryGround]) -> Iterator[PolicyRow]:
    """The number for everybody who takes part; each other part of the frame on its ground (``consent.knowledge``)."""
    writes = case_rules.may_lead(seat.viewer, manages=seat.manages)
    yield _line(seat, "zaaknummer", ground=TAKES_PART, writes=writes)
    if not seat.viewer.sees_content:
        return
    for row in law:
        if row.row_kind in FRAME_KINDS and row.capacity == seat.capacity:
            names = (Part.NAME, row.row_kind) if row.row_kind == RowKind.IDENTITY else (row.row_kind,)
            for name in names:
                yield _line(seat, name, ground=row.code, source=row.article, condition=_condition(row))
    if seat.capacity != Capacity.PRISON:
        for part in sorted(opened_by_consent(seat.viewer)):
            yield _line(seat, part, ground=GroundCode.CONSENT)


def _condition(row: StatutoryGround) -> str:
    """When a row of law holds, beside the capacity."""
    said = [
        f"alleen {row.organisation.called}" if row.organisation else "",
        f"alleen {RoleKind(row.role).label}" if row.role else "",
        "bij een justitiële titel" if row.with_title else "",
        "waar in de zaak vastgelegd, met de noodzaak" if row.per_case else "",
    ]
    return "; ".join(filter(None, said))


def _pages(seat: Seat) -> Iterator[PolicyRow]:
    for page in case_rules.PAGES_OF_CASE:
        if case_rules.may_open_page(seat.viewer, seat.capacity, page):
            yield _line(seat, f"pagina-{page}", ground=TAKES_PART)


def _content(
    seat: Seat, row_kind: RowKind, law: list[StatutoryGround], writing: Writing
) -> Iterator[PolicyRow]:
    """The clauses of the one rule: own rows, rows addressed by name, statutory grounds, consents per domain."""
    models = [model for model in content_models() if row_kind in kinds_in(model)]
    limited = any(_overrides(model, "meant_for") for model in models)
    yield _line(seat, row_kind, ground=OWN, writes=writing.own(seat))
    if any(_overrides(model, "addressed_to") for model in models):
        yield _line(seat, row_kind, ground=ADDRESSED, writes=writing.addressed(seat))
    for row in law:
        if (row.capacity, row.row_kind) == (seat.capacity, row_kind):
            source = f"{row.article}; rijen van: {row.owner_kind or 'iedereen'}"
            yield _line(
                seat,
                row_kind,
                domain=row.domain,
                ground=row.code,
                source=source,
                limited=limited,
                condition=_condition(row),
            )
    if seat.capacity not in writing.not_by_consent | {Capacity.PRISON}:
        for domain in LifeDomain:
            yield _line(seat, row_kind, domain=domain, ground=GroundCode.CONSENT, limited=limited)


def content_models() -> list[type[ContentRow]]:
    """Every table of content."""
    return [model for model in apps.get_models() if issubclass(model, ContentRow)]


def kinds_in(model: type[ContentRow]) -> set[str]:
    """The kinds of row that one table holds: one, or those of the column that says so per row."""
    if not model.kind_column:
        return {model.row_kind}
    column: Any = model._meta.get_field(model.kind_column)  # a field with choices
    return {value for value, _ in column.flatchoices}


def _overrides(model: type[ContentRow], name: str) -> bool:
    return getattr(model, name).__func__ is not getattr(ContentRow, name).__func__


def _line(
    seat: Seat,
    category: str,
    *,
    ground: str,
    domain: str = "",
    source: str = "",
    writes: bool = False,
    limited: bool = False,
    condition: str = "",
) -> PolicyRow:
    return PolicyRow(
        category=str(category),
        domain=str(domain),
        kind=str(seat.viewer.kind),
        capacity=str(seat.capacity),
        role=str(seat.viewer.role_kind),
        ground=str(ground),
        source=source,
        reads=True,
        writes=writes,
        limited=limited,
        condition=condition,
    )
