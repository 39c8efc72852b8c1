"""Which parts of the frame may this party know: name, identity, dates and place, course? (C3, ADR 0013)

The same grounds as for content: rows of law per capacity, what a case relies on, and consent. A party that has none of them
knows that there is a case with a number.
"""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONArray

from cases.frame import CaseFrame, Knowledge, Part, frame_of
from cases.models import Case, CaseParty
from consent.models import FRAME_KINDS, CaseGround, Consent, StatutoryGround
from consent.querysets import CaseGroundQuerySet
from parties.models import PartyKind
from parties.viewer import Viewer

BY_CONSENT = {PartyKind.PROBATION: frozenset({Part.NAME, Part.IDENTITY})}
NAME_AND_DATES = frozenset({Part.NAME, Part.DETENTION})
"""A yes in any domain opens the name and the dates, no BSN; to the reclassering the identity (C3: C minimum, S/C)."""
GIVING: dict[Part, tuple[Part, ...]] = {Part.NAME: (Part.NAME, Part.IDENTITY)}
"""Which kinds of rows of law give a part; any other part is given by its own kind."""
WITH_ANY = (Part.IDENTITY, Part.DETENTION)
"""What a case relies on about anything brings these along; the course of the detention is a subject of its own."""
NOBODY: Knowledge = frozenset()


def with_knowledge(rows: QuerySet[CaseParty], viewer: Viewer) -> QuerySet[CaseParty]:
    """Rows of taking part with what :func:`knows_of` needs, in their own statement.

    The table of law is read once for all rows; per row two looks in an index.
    """
    law = StatutoryGround.objects.for_viewer(viewer).filter(row_kind__in=FRAME_KINDS)
    return rows.annotate(
        frame_law=ArraySubquery(
            law.values(row=JSONArray("capacity", "row_kind", "with_title", "per_case", "code"))
        ),
        frame_relied=ArraySubquery(
            _relied(viewer).filter(case=OuterRef("case")).values(row=JSONArray("code", "subject"))
        ),
        frame_consented=Exists(_consents(viewer)),
    )


def knows_of(row: CaseParty, viewer: Viewer) -> Knowledge:
    """What the viewer's organisation may know, from its own row that was read with :func:`with_knowledge`."""
    if not viewer.sees_content:
        return NOBODY
    relied = {
        (code, kind)
        for code, subject in row.frame_relied  # type: ignore[attr-defined]  # annotated
        for kind in FRAME_KINDS
        if Part(kind) in WITH_ANY or subject in ("", kind)
    }
    law = {
        Part(kind)
        for capacity, kind, with_title, per_case, code in row.frame_law  # type: ignore[attr-defined]  # annotated
        if capacity == row.capacity
        and with_title <= row.on_title
        and (not per_case or (code, kind) in relied)
    }
    if row.frame_consented:  # type: ignore[attr-defined]  # annotated
        law |= opened_by_consent(viewer)
    return frozenset(law | {Part.NAME} if Part.IDENTITY in law else law)


def opened_by_consent(viewer: Viewer) -> Knowledge:
    """Which parts a yes in any domain opens to this kind of organisation."""
    return BY_CONSENT.get(PartyKind(viewer.kind), NAME_AND_DATES)


def frame_for(row: CaseParty, viewer: Viewer, parties: Iterable[CaseParty]) -> CaseFrame:
    """The frame of the case behind one's own row."""
    return frame_of(row.case, viewer, knows_of(row, viewer), parties)


def frame_in(case: Case, viewer: Viewer) -> CaseFrame:
    """The frame of one case, when nothing of it was read yet."""
    parties = list(with_knowledge(case.parties.active(viewer.at).with_people(), viewer))
    return frame_of(case, viewer, knowledge_among(parties, viewer), parties)


def knowledge_among(parties: Iterable[CaseParty], viewer: Viewer) -> Knowledge:
    """What the viewer may know, from the rows of everybody who takes part (read with :func:`with_knowledge`)."""
    row = next((row for row in parties if row.party_id == viewer.organisation.pk), None)
    return knows_of(row, viewer) if row else NOBODY


def knowing(viewer: Viewer, part: Part) -> Q:
    """Rows of taking part in whose case the viewer may know this part: for filters and searches, which tell facts too."""
    if not viewer.sees_content:
        return Q(pk__in=())
    law = StatutoryGround.objects.for_viewer(viewer).filter(row_kind__in=GIVING.get(part, (part,)))
    works = law.filter(per_case=False)
    about = Q() if part == Part.NAME or part in WITH_ANY else Q(subject__in=("", part))
    relied = _relied(viewer).filter(
        about,
        case=OuterRef("case"),
        code__in=law.filter(
            per_case=True,
            capacity=OuterRef(OuterRef("capacity")),
            with_title__lte=OuterRef(OuterRef("on_title")),
        ).values("code"),
    )
    known = Q(capacity__in=works.filter(with_title=False).values("capacity"))
    known |= Q(on_title=True, capacity__in=works.filter(with_title=True).values("capacity"))
    known |= Q(Exists(relied))
    return known | Q(Exists(_consents(viewer))) if part in opened_by_consent(viewer) else known


def knows_name(viewer: Viewer) -> Exists:
    """Beside a row with a ``case``: whether the viewer may know whom it is about."""
    return Exists(CaseParty.objects.of(viewer).filter(knowing(viewer, Part.NAME), case=OuterRef("case")))


def _relied(viewer: Viewer) -> CaseGroundQuerySet:
    return CaseGround.objects.in_force(viewer.at).filter(recipient=viewer.organisation.pk)


def _consents(viewer: Viewer) -> QuerySet[Consent]:
    in_force = Consent.objects.in_force(viewer.at)
    return in_force.filter(case=OuterRef("case"), recipient=viewer.organisation.pk)
