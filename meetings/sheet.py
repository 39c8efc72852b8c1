"""What an agenda looks like on its way to paper: frozen texts, in which nothing is left to decide."""

from dataclasses import dataclass

from consent.visibility import Ground


@dataclass(frozen=True)
class TermLine:
    """A term of the case, how it stands in words, and why its day is what it is."""

    label: str
    due: str
    standing: str
    is_late: bool
    why: str


@dataclass(frozen=True)
class ActionLine:
    """An open action: what, who, by when."""

    domain: str
    text: str
    party: str
    due: str
    standing: str
    is_late: bool


@dataclass(frozen=True)
class DecisionLine:
    """A decision of the last meeting on this case."""

    day: str
    kind: str
    text: str
    domain: str


@dataclass(frozen=True)
class AgendaBlock:
    """One case on the sheet. ``grounds`` says per domain on which ground another party reads it."""

    item_id: str
    case_id: str
    identity: str
    subject: str
    time: str
    proposal: str
    invited: tuple[str, ...]
    terms: tuple[TermLine, ...]
    decisions: tuple[DecisionLine, ...]
    actions: tuple[ActionLine, ...]
    grounds: dict[str, Ground]
    ground_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgendaSheet:
    """A whole sheet; what it does not hold, its readers may not see."""

    kind: str
    day: str
    time: str
    place: str
    link: str
    chair: str
    deputy: str
    secretary: str
    for_outside: bool
    blocks: tuple[AgendaBlock, ...]


@dataclass(frozen=True)
class MinutesBlock:
    """What came of one case. ``presence`` and everything else that stays inside is empty for another party."""

    item_id: str
    case_id: str
    identity: str
    subject: str
    discussed: bool
    presence: str
    decisions: tuple[DecisionLine, ...]
    actions: tuple[ActionLine, ...]
    upcoming: tuple[str, ...]
    grounds: dict[str, Ground]
    ground_texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class MinutesSheet:
    """A whole besluitenlijst; what it does not hold, its readers may not see."""

    kind: str
    day: str
    time: str
    planned: str
    place: str
    chair: str
    secretary: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    for_outside: bool
    blocks: tuple[MinutesBlock, ...]
