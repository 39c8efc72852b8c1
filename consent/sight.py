"""Which life domains are open to a party of a case, and on which ground? The words beside the one rule."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONArray

from cases.models import Case, CaseParty, LifeDomain
from consent.models import CaseGround, Consent, GroundCode, RowKind, StatutoryGround
from consent.querysets import GroundQuerySet
from parties.models import PartyKind
from parties.viewer import Viewer

LISTING = (GroundCode.PBW18A,)
"""Grounds with a closed list of facts."""
LAW = ("by_consent", "valid_from", "turn", "domain", "code", "article")
CONSENT = ("by_consent", "given_at", "sequence", "domain", "code", "declaration_number")
"""The columns of the two clauses, in one order: law before consents, then as they came."""
CONDITIONS = ("capacity", "organisation", "with_title", "per_case", "subject")
"""When a row of law holds for a party."""


@dataclass(frozen=True)
class Ground:
    """Why a party may see a domain: the code, and the consent's number or the article."""

    code: str
    reference: str
    listed_only: bool = False
    """Whether it opens only what the law lists by name: PM 20d, without a consent beside it (B2)."""

    @property
    def label(self) -> str:
        return (
            f"{GroundCode(self.code).label} ({self.reference})"
            if self.reference
            else str(GroundCode(self.code).label)
        )


@dataclass(frozen=True)
class Sight:
    """Which domains one organisation may see in one case now, and on which ground."""

    grounds: dict[str, Ground]

    def opens(self, domain: str) -> bool:
        return domain in self.grounds

    def ground_of(self, domain: str) -> Ground | None:
        return self.grounds.get(domain)


def sight_of(viewer: Viewer, case: Case, row_kind: RowKind = RowKind.DOMAIN_RECORD) -> Sight:
    """The domains that are open to this viewer's organisation, read from the same querysets as the rule itself.

    Rows that the organisation owns stay visible to it without a ground; they are not in the sight.
    """
    if not viewer.sees_content:
        return Sight({})
    mine = CaseParty.objects.of(viewer).filter(case=case)
    holding = mine.filter(capacity=OuterRef("capacity"), on_title__gte=OuterRef("with_title"))
    law = _in_columns(_laws(viewer, [row_kind]).filter(relied_on(viewer, case), Exists(holding)))
    consents = _consents(case, viewer.at).filter(Exists(mine), recipient=viewer.organisation)
    by_law, by_consent = law.values_list(*LAW), consents.values_list(*CONSENT)
    return _sight(by_law.union(by_consent, all=True))  # one statement: every page asks it


def sights_of(
    viewer: Viewer, case_ids: Collection[uuid.UUID], row_kinds: Collection[RowKind]
) -> dict[tuple[uuid.UUID, RowKind], Sight]:
    """The sight of this viewer's organisation in each of these cases, per kind of row; one statement for all."""
    if not viewer.sees_content or not case_ids:
        return {}
    rows: dict[tuple[uuid.UUID, RowKind], list[tuple[Any, ...]]] = defaultdict(list)
    for case_id, laws, consents in _openings(viewer, case_ids, row_kinds):
        for kind in row_kinds:
            rows[case_id, kind] += [
                *((0, turn, 0, *of_law[1:]) for turn, of_law in enumerate(laws) if of_law[0] == kind),
                *((1, turn, 0, *given) for turn, given in enumerate(consents)),
            ]
    return {key: _sight(found) for key, found in rows.items()}


def _openings(
    viewer: Viewer, case_ids: Collection[uuid.UUID], row_kinds: Collection[RowKind]
) -> QuerySet[Any, tuple[uuid.UUID, list[list[str]], list[list[str]]]]:
    """Per part that the organisation takes in these cases: the law for that capacity, and the consents to it."""
    law = _laws(viewer, row_kinds).filter(
        relied_on(viewer, OuterRef(OuterRef("case"))),
        capacity=OuterRef("capacity"),
        with_title__lte=OuterRef("on_title"),
    )
    law = law.order_by("valid_from", "pk")
    consents = Consent.objects.in_force(viewer.at).filter(
        case=OuterRef("case"), recipient=viewer.organisation
    )
    consents = consents.order_by("given_at", "sequence").annotate(code=Value(GroundCode.CONSENT.value))
    mine = CaseParty.objects.of(viewer).filter(case__in=case_ids)
    return mine.annotate(
        laws=ArraySubquery(law.values(row=JSONArray("row_kind", "domain", "code", "article"))),
        consents=ArraySubquery(consents.values(row=JSONArray("domain", "code", "declaration_number"))),
    ).values_list("case_id", "laws", "consents")


def relied_on(viewer: Viewer, case: "Case | OuterRef") -> Q:
    """A row of law that works by itself, or on which this case relies for this recipient (:class:`CaseGround`)."""
    named = Q(subject="") | Q(subject=OuterRef("subject"))
    recorded = CaseGround.objects.in_force(viewer.at).filter(
        named, case=case, recipient=viewer.organisation.pk, code=OuterRef("code")
    )
    return Q(per_case=False) | Q(Exists(recorded))


def parties_with_sight(
    case: Case, at: datetime, row_kind: RowKind = RowKind.DOMAIN_RECORD
) -> dict[uuid.UUID, Sight]:
    """The sight of every organisation that takes part now, by its key; four statements however many there are."""
    taking_part = (
        CaseParty.objects.active(at).filter(case=case).values_list("party_id", "capacity", "on_title")
    )
    rows = _of_prison(StatutoryGround.objects.in_force(at).filter(role=""), [row_kind])
    law = list(_in_columns(rows).values_list(*LAW, *CONDITIONS))
    relied = set(
        CaseGround.objects.in_force(at).filter(case=case).values_list("recipient", "code", "subject")
    )
    consents = list(_consents(case, at).values_list(*CONSENT, "recipient_id"))

    def holds(party: uuid.UUID, capacity: str, on_title: bool, row: tuple[Any, ...]) -> bool:
        code, (of_capacity, only, with_title, per_case, subject) = row[4], row[len(LAW) :]
        recorded = {(party, code, ""), (party, code, subject)} & relied
        return (
            of_capacity == capacity
            and only in (None, party)
            and with_title <= on_title
            and (not per_case or bool(recorded))
        )

    return {
        party: _sight(
            [row[: len(LAW)] for row in law if holds(party, capacity, on_title, row)]
            + [row[:-1] for row in consents if row[-1] == party]
        )
        for party, capacity, on_title in taking_part
    }


def _in_columns(law: QuerySet[StatutoryGround]) -> QuerySet[Any]:
    return law.annotate(by_consent=Value(0), turn=Value(0, BigIntegerField()))


def _laws(viewer: Viewer, row_kinds: Collection[RowKind]) -> GroundQuerySet:
    return _of_prison(StatutoryGround.objects.for_viewer(viewer), row_kinds)


def _of_prison(law: GroundQuerySet, row_kinds: Collection[RowKind]) -> GroundQuerySet:
    """Statutory grounds for what the PI writes, since that is what is shared; a ground for all rows counts as well."""
    of_prison = law.filter(row_kind__in=row_kinds, owner_kind__in=["", PartyKind.PRISON])
    return of_prison.with_subject()


def _consents(case: Case, at: datetime) -> QuerySet[Any]:
    in_force = Consent.objects.in_force(at).filter(case=case)
    return in_force.annotate(by_consent=Value(1), code=Value(GroundCode.CONSENT.value))


def _sight(rows: Iterable[tuple[Any, ...]]) -> Sight:
    """Law comes first, then consents, each in the order in which it came; a closed list never hides a full ground."""
    grounds: dict[str, Ground] = {}
    for by_consent, _, _, domain, code, reference in sorted(rows):
        for opened in [domain] if domain else LifeDomain.values:
            before, listed = grounds.get(opened), code in LISTING
            if by_consent and before is not None:
                grounds[opened] = replace(before, listed_only=False)
            elif before is None or before.listed_only or not listed:
                grounds[opened] = Ground(code, reference, listed_only=listed)
    return Sight(grounds)
