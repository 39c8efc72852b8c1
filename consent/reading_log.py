"""Who saw or did what about this person, when and on which ground; and what was given to whom? (C5.19, quality 2.5)

Each organisation reads its own lines and its own disclosures and receipts: each is its own controller (C7 D11).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from cases.models import Case, CaseParty, LifeDomain
from consent.models import Disclosure, GroundCode
from consent.sight import Ground
from parties.ledger import acts_behind, lines_about
from parties.models import AuditLine, Organisation, ProcessingLine, RoleKind
from reintegratie.lib.dutch import day_text, moment_text
from reintegratie.lib.moments import moment_from
from reintegratie.lib.workdays import day_of, midnight_of

SAID_OTHERWISE = {
    "overleg-voorstellen": "Zaak getoond bij 'Aan de beurt'",
    "bij-melding": "BIJ-melding",
    "bij-meldingen-van-zaak": "BIJ-meldingen bij de zaak bekeken",
    "bij-melding-maken": "BIJ-melding maken geopend",
    "bekijken-als": "Gezien zoals een andere partij de zaak ziet",
    "bekijken-als-openen": "Bekijk als geopend",
}
"""Acts of which the name says something else than what was done."""


@dataclass(frozen=True)
class Place:
    """Where in the log a reader stopped: at this moment, of which he read so many lines.

    Not the number of a line: all parties write in one ledger, so it would tell how much the others do (quality 2.3).
    """

    at: datetime
    read: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.read}"


@dataclass(frozen=True)
class LogLine:
    """One act on the data of one person, in words."""

    at: datetime
    who: str
    role: str
    what: str
    channel: str
    domains: str
    ground: str
    refused: bool
    times: int = 1

    @property
    def when(self) -> str:
        return moment_text(self.at)

    @property
    def day(self) -> date:
        return day_of(self.at)

    @property
    def repeated(self) -> str:
        """How often on that day, when it was more than once; the line itself tells the last time."""
        return f"{self.times} keer op deze dag" if self.times > 1 else ""


@dataclass(frozen=True)
class Given:
    """One disclosure or receipt, in words."""

    at: datetime
    kind: str
    version: int
    case_number: str
    sender: str
    recipient: str
    domains: str
    grounds: str
    necessity: str
    opened_at: datetime | None

    @property
    def when(self) -> str:
        return moment_text(self.at)

    @property
    def opened(self) -> str:
        return moment_text(self.opened_at) if self.opened_at else "nog niet"


@dataclass(frozen=True)
class Period:
    """Whole days, of which either end may be open."""

    since: date | None = None
    until: date | None = None

    def of(self, field: str) -> Q:
        """The condition that a moment lies in this period."""
        after = Q(**{f"{field}__gte": midnight_of(self.since)}) if self.since else Q()
        before = Q(**{f"{field}__lt": midnight_of(self.until + timedelta(days=1))}) if self.until else Q()
        return after & before

    def of_lines(self) -> Q:
        """The same for the lines of the log."""
        return self.of("at")

    @property
    def text(self) -> str:
        begin = f"vanaf {day_text(self.since)}" if self.since else "vanaf het begin"
        return f"{begin} tot en met {day_text(self.until)}" if self.until else begin


def log_lines(
    case: Case,
    organisation: Organisation,
    period: Period,
    *,
    hidden: Collection[str],
    size: int,
    after: Place | None = None,
) -> list[LogLine]:
    """The newest lines of this organisation about this case, or those behind a place; two statements.

    ``hidden``: what has a channel of its own and is not for this reader (:mod:`consent.own_channel`); nothing of it
    is said, not even that it exists.
    """
    rows = lines_about(case.pk, organisation).filter(period.of_lines()).exclude(domains__overlap=list(hidden))
    if after is not None:
        rows = rows.filter(at__lte=after.at)
    read = after.read if after else 0
    lines = list(rows[read : read + size])
    acts = acts_behind(lines)
    return [_in_words(line, acts.get(line.span_id)) for line in lines]


def place_behind(lines: Sequence[LogLine], after: Place | None) -> Place:
    """Where the page behind these lines begins."""
    at = lines[-1].at
    earlier = after.read if after and after.at == at else 0
    return Place(at, earlier + sum(line.at == at for line in lines))


def folded(lines: Iterable[LogLine]) -> list[LogLine]:
    """One line for what the same person did again on the same day, with how often; newest first stays newest first."""
    seen: dict[LogLine, LogLine] = {}
    for line in lines:
        alike = replace(line, at=datetime.combine(line.day, time()))
        first = seen.get(alike)
        seen[alike] = replace(first, times=first.times + 1) if first else line
    return list(seen.values())


def given(
    case: Case,
    organisation: Organisation,
    period: Period,
    *,
    hidden: Collection[str],
    party: UUID | None = None,
    size: int,
    of_this_case: bool = False,
) -> list[Given]:
    """What this organisation gave or received about this person, in whichever detention, newest first."""
    rows = disclosures_of(case, organisation, hidden).filter(period.of("at"))
    if of_this_case:
        rows = rows.filter(case=case)
    if party is not None:
        rows = rows.filter(Q(sender=party) | Q(recipient=party))
    people = rows.select_related("case", "sender", "recipient")
    return [_given(row) for row in people.order_by("-at", "-id")[:size]]


def disclosures_of(case: Case, organisation: Organisation, hidden: Collection[str]) -> QuerySet[Disclosure]:
    """The register as this organisation keeps it about the person of this case, without what is hidden.

    What belongs to another case that is shielded there stands on the page of that case only (C6.37).
    """
    shielded = CaseParty.objects.filter(party=organisation, named_only=True).exclude(case=case)
    rows = Disclosure.objects.filter(
        Q(sender=organisation) | Q(recipient=organisation), case__detainee=case.detainee_id
    )
    return rows.exclude(case__in=shielded.values("case")).exclude(domains__overlap=list(hidden))


def counterparts(case: Case, organisation: Organisation, hidden: Collection[str]) -> list[tuple[str, str]]:
    """The other parties in that register, by name, to choose from."""
    rows = disclosures_of(case, organisation, hidden).order_by()
    pairs: set[tuple[UUID, str]] = set()
    for side in ("sender", "recipient"):
        others = rows.exclude(**{f"{side}": None}).exclude(**{side: organisation})
        pairs |= set(others.annotate(name=F(f"{side}__name")).values_list(side, "name").distinct())
    return [(str(key), name) for key, name in sorted(pairs, key=lambda pair: pair[1])]


def place_of(text: str) -> Place:
    """Read a place in the log back from an address. Raises ValueError."""
    moment, _, number = text.partition("_")
    if not (number.isascii() and number.isdigit()) or len(number) > 4:
        raise ValueError(text)
    return Place(moment_from(moment), int(number))


def _in_words(line: ProcessingLine, act: AuditLine | None) -> LogLine:
    return LogLine(
        at=line.at,
        who=_name(act),
        role=str(RoleKind(act.role_kind).label) if act and act.role_kind else "",
        what=SAID_OTHERWISE.get(line.activity) or line.activity.replace("-", " ").capitalize(),
        channel=act.channel if act else "",
        domains=labels(line.domains),
        ground=_ground_in_words(line.ground),
        refused=line.outcome != "toegestaan",
    )


def _ground_in_words(text: str) -> str:
    """The name of a ground, where a line begins with its code ('EIGEN-TAAK Pbw art. 18a')."""
    code, _, reference = text.partition(" ")
    if code not in GroundCode.values:
        return text
    label = str(GroundCode(code).label)
    return label if "(" in label else Ground(code, reference).label  # some names hold their article already


def _name(act: AuditLine | None) -> str:
    if act is None:
        return "onbekend"
    if act.user is not None:
        return act.user.name
    return act.client.name if act.client is not None else "automatisch"


def _given(row: Disclosure) -> Given:
    return Given(
        at=row.at,
        kind=row.kind.replace("-", " ").capitalize(),
        version=row.document_version,
        case_number=row.case.number,
        sender=row.sender.called,
        recipient=row.recipient.called if row.recipient else row.recipient_text,
        domains=labels(row.domains),
        grounds="; ".join(sorted({_ground(ground) for ground in row.grounds.values()})),
        necessity=row.necessity,
        opened_at=row.opened_at,
    )


def _ground(ground: dict[str, str]) -> str:
    known = ground["code"] in GroundCode
    return Ground(ground["code"], ground["reference"]).label if known else ground["code"]


def labels(domains: Iterable[str]) -> str:
    """Domains by their names, in the fixed order."""
    held = set(domains)
    return ", ".join(str(domain.label) for domain in LifeDomain if domain in held)
