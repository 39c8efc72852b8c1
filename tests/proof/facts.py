"""What happened in the small world, as dates and names, and who may read which text of it now.

Written by hand from domain C3 and C6. It imports nothing of the application and knows no table: a ground is a period,
and a text is readable when somebody takes part and a period holds. To add a rule of law: a kind of fact, a line in
:meth:`Facts.open_domains` or :meth:`Facts.may_read`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DOMAINS = (
    "identiteitsbewijs",
    "onderdak",
    "werk-en-inkomen",
    "schulden",
    "zorg",
    "sociaal-netwerk",
    "zorg-voor-thuis",
)
PI, ORIGIN, RESETTLEMENT, PROBATION, GUEST = (
    "inrichting",
    "herkomst",
    "hervestiging",
    "reclassering",
    "genodigde",
)
MUNICIPAL = (ORIGIN, RESETTLEMENT)


def day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def midnight_after(moment: datetime) -> datetime:
    following = day(moment) + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=AMSTERDAM).astimezone(
        moment.tzinfo
    )


@dataclass
class Part:
    """An organisation takes part in a case, from a moment until (not including) another."""

    case: str
    party: str
    capacity: str
    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Said:
    """What the detainee said about one domain and one recipient: yes, no, or that an earlier yes is over.

    The moment on the paper counts, then the order in which papers came in (C6.10).
    """

    case: str
    party: str
    domain: str
    yes: bool
    moment: datetime
    turn: int
    until: datetime | None = None


@dataclass
class Relied:
    """That the law is relied on in one case, for one party and one domain; no domain: all that the law opens (ADR 0013)."""

    case: str
    party: str
    domain: str
    since: datetime
    until: datetime | None = None
    ended: bool = False

    def holds(self, at: datetime) -> bool:
        return not self.ended and self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Text:
    """A mark that somebody wrote. ``named``: the one other party it is addressed to; ``told``: the only ones outside
    the PI for whom it was made, if it was not made for all.
    """

    kind: str
    case: str
    domain: str
    mark: str
    owner: str
    named: str = ""
    told: frozenset[str] | None = None


@dataclass
class Facts:
    """Everything that happened."""

    parts: list[Part] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    laws: dict[tuple[str, str, date], date | None] = field(default_factory=dict)
    """From which day until (not including) which other day the law opens a domain to a capacity, where relied on."""
    relied: list[Relied] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    gone: dict[str, date] = field(default_factory=dict)
    """Gemeenten that were disconnected or merged, and from which day."""
    over: dict[str, date] = field(default_factory=dict)
    """People and programs whose role ended, and from which day."""
    dismissed: set[str] = field(default_factory=set)
    """People whose account was closed."""

    def part_of(self, case: str, party: str, at: datetime) -> Part | None:
        """Access follows the present: who takes part at this moment (C3 rule 1); a gemeente while it is connected."""
        for part in self.parts:
            if (part.case, part.party) == (case, party) and part.holds(at):
                return None if part.capacity in MUNICIPAL and self.is_gone(party, at) else part
        return None

    def parties_in(self, case: str, at: datetime) -> dict[str, str]:
        """Who takes part now, and as what."""
        found = {part.party: self.part_of(case, part.party, at) for part in self.parts if part.case == case}
        return {party: part.capacity for party, part in found.items() if part is not None}

    def is_gone(self, party: str, at: datetime) -> bool:
        return party in self.gone and self.gone[party] <= day(at)

    def works(self, who: str, at: datetime) -> bool:
        """Whether this person or program still has its role today."""
        return who not in self.dismissed and not (who in self.over and self.over[who] <= day(at))

    def consents(self, case: str, party: str, at: datetime) -> set[str]:
        """The domains for which the last word is a yes that still holds; of this case, for this party (C3 rule 4)."""
        return {domain for domain in DOMAINS if self._last_word_is_yes(case, party, domain, at)}

    def _last_word_is_yes(self, case: str, party: str, domain: str, at: datetime) -> bool:
        words = [one for one in self.said if (one.case, one.party, one.domain) == (case, party, domain)]
        last = max(words, key=lambda one: (one.moment, one.turn), default=None)
        return last is not None and last.yes and (last.until is None or at < last.until)

    def by_law(self, capacity: str, at: datetime) -> set[str]:
        """Switched on and off by a date (C7 D1)."""
        return {
            domain
            for (whose, domain, first), end in self.laws.items()
            if whose == capacity and first <= day(at) and (end is None or day(at) < end)
        }

    def open_domains(self, case: str, party: str, at: datetime) -> set[str]:
        """The domains of which a party may read what the PI wrote."""
        part = self.part_of(case, party, at)
        if part is None:
            return set()
        if part.capacity == PI:
            return set(DOMAINS)
        named = {
            one.domain for one in self.relied if (one.case, one.party) == (case, party) and one.holds(at)
        }
        lawful = self.by_law(part.capacity, at)
        return self.consents(case, party, at) | (lawful if "" in named else lawful & named)

    def may_read(self, text: Text, party: str, at: datetime) -> bool:
        part = self.part_of(text.case, party, at)
        if part is None:
            return False
        if part.capacity == PI or party in (text.owner, text.named):
            return True
        if text.told is not None and party not in text.told:
            return False
        if text.kind in (
            "inbreng",
            "besluit",
        ):  # PM 20d is about what the PI writes; minutes stay with consent
            return text.domain in self.consents(text.case, party, at)
        return text.domain in self.open_domains(text.case, party, at)

    def readable(self, case: str, party: str, at: datetime, *kinds: str) -> set[str]:
        """The marks of these kinds that a party may read in one case now; of every kind when none is named."""
        return {
            text.mark
            for text in self.texts
            if text.case == case and (not kinds or text.kind in kinds) and self.may_read(text, party, at)
        }

    def latest(self, kind: str, case: str) -> Iterator[Text]:
        return (text for text in self.texts if (text.kind, text.case) == (kind, case))

    def say(
        self, case: str, party: str, domain: str, moment: datetime, *, yes: bool, until: datetime | None
    ) -> None:
        self.said.append(Said(case, party, domain, yes, moment, len(self.said), until))

    def leave(self, case: str, at: datetime, *, party: str = "", capacity: str = "") -> None:
        """End what runs of this party, or in this capacity."""
        for part in self.parts:
            runs = part.until is None or part.until > at
            if part.case == case and runs and (part.party == party or part.capacity == capacity):
                part.until = at

    def join(self, case: str, party: str, capacity: str, at: datetime, until: datetime | None = None) -> None:
        self.parts.append(Part(case, party, capacity, at, until))
