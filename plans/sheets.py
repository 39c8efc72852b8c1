"""What would an informatieblad to this recipient hold now, and how far is the sharing? (R26-R34, C5.3)

A draft holds exactly the domains for which a ground is in force. The preview shows a draft, and sending freezes the same
draft, so what was looked at is what is sent. Domains without a ground are absent, they are not called refused.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.models import Capacity, Case, CaseParty, LifeDomain
from consent.sight import LISTING
from consent.visibility import (
    Ground,
    GroundCode,
    RowKind,
    Sight,
    parties_with_sight,
    recipients_decided,
    sight_of,
    sights_of,
)
from parties.models import Organisation, PartyKind
from parties.viewer import Viewer
from plans.listed import listed_content, open_lines
from plans.models import DomainRecord, InformationSheet, SheetKind, SheetPart, SheetState, SupportAnswer
from plans.questions import AnswerLine
from plans.readers import reader_for
from plans.shareable import Difference, PlanOfDomain, differences, plan_for, plan_lines

RECIPIENT_CAPACITIES = (Capacity.ORIGIN, Capacity.RESETTLEMENT, Capacity.PROBATION)


@dataclass(frozen=True)
class DraftPart:
    """One domain as it would be sent."""

    domain: str
    ground: Ground
    content: dict[str, object]

    @property
    def label(self) -> str:
        return str(LifeDomain(self.domain).label)

    @property
    def lines(self) -> list[AnswerLine]:
        return lines_of(self.content)


def kind_of(parts: Iterable[DraftPart]) -> SheetKind:
    """On Pbw 18a it is the deelbaar D&R-plan, with the goals and actions beside the facts (B4)."""
    listed = any(part.ground.code in LISTING for part in parts)
    return SheetKind.SHAREABLE_PLAN if listed else SheetKind.SHEET


@dataclass(frozen=True)
class SheetDraft:
    """What would be sent now, and a digest of it: sending refuses when the digest is not the one that was shown."""

    recipient: Organisation
    parts: tuple[DraftPart, ...]
    open_domains: tuple[str, ...]

    @property
    def digest(self) -> str:
        content = [(part.domain, part.ground.label, part.content) for part in self.parts]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def kind(self) -> SheetKind:
        return kind_of(self.parts)

    @property
    def needs_necessity(self) -> bool:
        """On a statutory ground the necessity is written down; consent speaks for itself (C3, code S)."""
        return any(part.ground.code != GroundCode.CONSENT for part in self.parts)

    def is_same_as(self, parts: list[SheetPart]) -> bool:
        """Whether a sheet that was sent holds exactly this."""
        sent = {part.domain: (part.ground, part.content) for part in parts}
        return sent == {part.domain: (part.ground.label, part.content) for part in self.parts}


@dataclass(frozen=True)
class RecipientState:
    """How far the sharing with one recipient is."""

    organisation: Organisation
    capacity: Capacity
    standing: InformationSheet | None
    draft: SheetDraft
    decided: bool
    changed: bool

    @property
    def handled(self) -> bool:
        """Sent, or it was recorded that nothing may be shared (C4 share_requests)."""
        return self.standing is not None or (self.decided and not self.draft.open_domains)

    @property
    def still_open(self) -> str:
        """What keeps the sharing with this party open, in words; empty when it is handled."""
        if self.handled:
            return ""
        waits = "het informatieblad is nog niet verzonden" if self.draft.open_domains else "is niet gevraagd"
        name = self.organisation.called
        return f"{name}: {waits}" if self.draft.open_domains else f"{name} {waits}"


def sheet_sight(case: Case, recipient: Organisation, at: datetime) -> Sight:
    """The domains a sheet to this recipient may hold at this moment."""
    return sight_of(reader_for(recipient, at), case, RowKind.SHEET)


def draft_sheet(case: Case, recipient: Organisation, at: datetime) -> SheetDraft:
    """Every domain with a ground in force that was answered, in the fixed order of the domains."""
    sight = sheet_sight(case, recipient, at)
    return _draft(recipient, sight, _records(case, sight.grounds), _plan(case, recipient, sight, at))


def _plan(case: Case, recipient: Organisation, sight: Sight, at: datetime) -> dict[str, PlanOfDomain]:
    """The plan goes along on Pbw 18a only; an informatieblad holds no goals (C5.3)."""
    listed = any(ground.code in LISTING for ground in sight.grounds.values())
    return plan_for(case, recipient, at) if listed else {}


def _records(case: Case, domains: Iterable[str]) -> dict[str, DomainRecord]:
    reason = "informatieblad opstellen: alleen de leefgebieden met een grondslag voor deze ontvanger"
    rows = DomainRecord.objects.unrestricted(reason=reason).filter(
        case=case, owner__kind=PartyKind.PRISON, domain__in=list(domains)
    )
    return {row.domain: row for row in rows.order_by("changed_at", "pk")}


def _draft(
    recipient: Organisation,
    sight: Sight,
    records: dict[str, DomainRecord],
    plan: dict[str, PlanOfDomain],
) -> SheetDraft:
    return SheetDraft(
        recipient=recipient,
        parts=tuple(
            _part(records[domain], sight.grounds[domain], plan.get(domain, []))
            for domain in LifeDomain
            if sight.opens(domain)
            and domain in records
            and records[domain].support_answer != SupportAnswer.UNKNOWN
        ),
        open_domains=tuple(domain for domain in LifeDomain if sight.opens(domain)),
    )


def _part(record: DomainRecord, ground: Ground, plan: PlanOfDomain) -> DraftPart:
    content = content_of(record, ground)
    if ground.code in LISTING:
        content |= {"stand": str(record.get_status_display()), "doelen": plan}
    return DraftPart(record.domain, ground, content)


def content_of(record: DomainRecord, ground: Ground) -> dict[str, object]:
    """The frozen content of a part: the answers in words, so that it reads the same in ten years."""
    lines = open_lines(record, ground)
    return {
        "vragenset": record.question_set,
        "hulpvraag": str(record.get_support_answer_display()),
        "toelichting": record.support_request,
        "gegevens": [{"label": line.label, "value": line.value} for line in lines],
    }


def lines_of(content: dict[str, object]) -> list[AnswerLine]:
    """A frozen part as lines to show or print: hulpvraag first."""
    lines = [AnswerLine("Stand", str(content["stand"]))] if content.get("stand") else []
    lines.append(AnswerLine("Hulpvraag", str(content["hulpvraag"])))
    if content["toelichting"]:
        lines.append(AnswerLine("Toelichting", str(content["toelichting"])))
    facts = content["gegevens"]
    assert isinstance(facts, list)
    lines += [AnswerLine(fact["label"], fact["value"]) for fact in facts]
    return lines + plan_lines(content)


def recipients_of_sheets(case: Case, at: datetime) -> list[CaseParty]:
    """The parties with whom the hulpvragen are shared: each gemeente and the reclassering (R34)."""
    rows = CaseParty.objects.active(at).filter(case=case, capacity__in=RECIPIENT_CAPACITIES)
    return list(rows.select_related("party", "worker").order_by("party__kind", "party__name"))


def recipient_states(case: Case, viewer: Viewer) -> list[RecipientState]:
    """Per recipient: what was sent, what would be sent now, what is to do; as many statements for one as for five."""
    sheets = InformationSheet.objects.visible_to(viewer).filter(case=case, state=SheetState.ISSUED)
    standing = {sheet.recipient_id: sheet for sheet in sheets}
    parts = parts_by_sheet(viewer, list(standing.values()))
    decided = recipients_decided(case)
    sights = parties_with_sight(case, viewer.at, RowKind.SHEET)
    records = _records(case, LifeDomain.values)
    states = []
    for row in recipients_of_sheets(case, viewer.at):
        sheet = standing.get(row.party_id)
        sight = sights[row.party_id]
        draft = _draft(row.party, sight, records, _plan(case, row.party, sight, viewer.at))
        states.append(
            RecipientState(
                organisation=row.party,
                capacity=Capacity(row.capacity),
                standing=sheet,
                draft=draft,
                decided=row.party_id in decided,
                changed=sheet is not None and not draft.is_same_as(parts.get(sheet.pk, [])),
            )
        )
    return states


def parts_by_sheet(viewer: Viewer, sheets: list[InformationSheet]) -> dict[object, list[SheetPart]]:
    """The parts of these sheets that the viewer may see now, per sheet, in the order of the domains.

    Where only a ground with a closed list is left, what was sent with consent is read as far as that list goes (B2).
    """
    rows = SheetPart.objects.visible_to(viewer).filter(sheet__in=[sheet.pk for sheet in sheets])
    order = {domain: turn for turn, domain in enumerate(LifeDomain.values)}
    parts = sorted(rows, key=lambda part: order[part.domain])
    sights = sights_of(viewer, {part.case_id for part in parts}, [RowKind.SHEET])
    grouped: dict[object, list[SheetPart]] = {}
    for part in parts:
        ground = sights[part.case_id, RowKind.SHEET].ground_of(part.domain)
        if ground is not None and ground.listed_only:
            part.content = listed_content(part.domain, part.content)
        grouped.setdefault(part.sheet_id, []).append(part)
    return grouped


def sheets_of(case: Case, viewer: Viewer) -> list[InformationSheet]:
    """The sheets this viewer may know of: all for the PI, its own for a recipient; the newest first."""
    rows = InformationSheet.objects.visible_to(viewer).filter(case=case).select_related("recipient", "owner")
    return list(rows.order_by("recipient__kind", "recipient__name", "-number"))


def sheet_for(case: Case, viewer: Viewer, key: UUID) -> InformationSheet | None:
    """One sheet of this case, when the viewer may know of it."""
    rows = InformationSheet.objects.visible_to(viewer).filter(case=case, pk=key)
    sheet: InformationSheet | None = rows.select_related("recipient", "owner").first()
    if sheet is not None:
        sheet.case = case
    return sheet


def parts_of_sheets(sheets: list[InformationSheet], viewer: Viewer) -> dict[object, list[SheetPart]]:
    """The parts of each sheet that the viewer may see now; a recipient reads nothing of a withdrawn one."""
    keeps_the_file = viewer.is_of(PartyKind.PRISON)
    return parts_by_sheet(
        viewer, [sheet for sheet in sheets if keeps_the_file or sheet.state != SheetState.WITHDRAWN]
    )


def parts_of_sheet(sheet: InformationSheet, viewer: Viewer) -> list[SheetPart]:
    """The same for one sheet."""
    return parts_of_sheets([sheet], viewer).get(sheet.pk, [])


def changed_since(before: Iterable[SheetPart], now: Iterable[SheetPart | DraftPart]) -> list[Difference]:
    """What differs between the version before and this one, as far as both may be read."""
    return differences(
        {part.domain: lines_of(part.content) for part in before},
        {part.domain: lines_of(part.content) for part in now},
    )


def version_before(sheet: InformationSheet, viewer: Viewer) -> InformationSheet | None:
    """The version that this one took the place of, when the viewer may know of it."""
    rows = InformationSheet.objects.visible_to(viewer).filter(
        case=sheet.case_id, recipient=sheet.recipient_id
    )
    before: InformationSheet | None = rows.filter(number__lt=sheet.number).order_by("-number").first()
    return before


def shared_before(sheet: InformationSheet, viewer: Viewer) -> bool:
    """Whether the version before held a domain that this one does not: who used it must stop, and is told no more."""
    before = version_before(sheet, viewer)
    if before is None:
        return False
    reason = "tellen of een leefgebied verviel; er wordt geen inhoud getoond"
    rows = SheetPart.objects.unrestricted(reason=reason)
    held = set(rows.filter(sheet=before).values_list("domain", flat=True))
    return not held <= set(rows.filter(sheet=sheet).values_list("domain", flat=True))
