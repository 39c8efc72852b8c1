"""The words in which messages are judged: what lies in the store, what it leads to, and the verdict per message."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from cases.messages.facts import MessageFacts, PersonFacts
from cases.models.vocabulary import MessageStatus


@dataclass(frozen=True)
class Verdict:
    """What becomes of a message, and why, for the person who must act on it."""

    status: MessageStatus
    code: str = ""
    reason: str = ""


APPLIED = Verdict(MessageStatus.APPLIED)


def parked(code: str, reason: str) -> Verdict:
    return Verdict(MessageStatus.PARKED, code, reason)


@dataclass(frozen=True)
class Stored:
    """A message as it lies in the store."""

    pk: int
    facts: MessageFacts
    received_at: datetime
    applied_before: bool = False


@dataclass(frozen=True)
class Standing:
    """The period of a detention that stands in the system already."""

    begin_at: datetime
    end_at: datetime | None

    def overlaps(self, other: "Standing") -> bool:
        """Whether the two periods have a moment in common."""
        return (other.end_at is None or self.begin_at < other.end_at) and (
            self.end_at is None or other.begin_at < self.end_at
        )


@dataclass(frozen=True)
class Stay:
    """A stay in one PI, half-open."""

    facility_code: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class EpisodeState:
    """What one detention looks like when every message that can be applied is applied."""

    number: str
    inflow_type: str
    custody_title: str
    announced_at: datetime | None = None
    announced_for: date | None = None
    announced_facility: str = ""
    entered_at: datetime | None = None
    heard_at: datetime | None = None
    released_at: datetime | None = None
    expected_release_on: date | None = None
    origin_code: str = ""
    stays: tuple[Stay, ...] = ()

    @property
    def begin_at(self) -> datetime:
        """When it began, or when it was announced."""
        begin = self.entered_at or self.announced_at
        assert begin is not None
        return begin

    @property
    def opens_at(self) -> datetime:
        """From when parties take part: the entry, or sooner when DJI told of a coming entry."""
        return min(self.begin_at, self.heard_at or self.begin_at)

    @property
    def period(self) -> "Standing":
        return Standing(self.begin_at, self.released_at)


@dataclass
class Replay:
    """The outcome: the person, his detentions in order, and what became of each message by its key in the store."""

    person: PersonFacts | None = None
    episodes: list[EpisodeState] = field(default_factory=list)
    verdicts: dict[int, Verdict] = field(default_factory=dict)

    def park(self, messages: Iterable[Stored], code: str, reason: str) -> None:
        """Set messages aside with a reason."""
        for stored in messages:
            self.verdicts[stored.pk] = parked(code, reason)
