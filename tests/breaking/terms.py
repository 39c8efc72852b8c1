"""Terms around today, and which reminder of them is due: written down by hand, without the code that finds them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from cases.models import Capacity, Case, Channel, Deadline, Notification
from parties.models import PartyKind, Role, RoleKind
from tests.breaking.post_office import PostOffice
from tests.conftest import World
from tests.factories.cases import CaseFactory, DeadlineFactory, FacilityStayFactory, take_part

Message = tuple[object, ...]


def terms(world: World, days: dict[date, int]) -> list[Deadline]:
    """So many cases of PI Zwolle with a screening that is due on each day."""
    return [_term(world, day) for day, number in days.items() for _ in range(number)]


def _term(world: World, day: date) -> Deadline:
    case: Case = CaseFactory(origin_municipality=world.zwolle)
    FacilityStayFactory(case=case, facility=world.pi)
    take_part(case, world.pi, Capacity.PRISON)
    starts_on = day - timedelta(days=14)
    made: Deadline = DeadlineFactory(case=case, due_on=day, raw_due_on=day, starts_on=starts_on)
    return made


def stage_on(due: date, on: date) -> str | None:
    """Of a term that is due today or was due in the past fortnight; later ones are not in these stories."""
    late = (on - due).days
    if late < 0:
        return None
    return "op-de-dag" if late == 0 else "te-laat-1" if late <= 7 else "te-laat-2"


@dataclass(frozen=True)
class Reminders:
    """What should have been written and sent against what is there."""

    lost: int
    doubled: int
    extra: int
    mails_lost: int
    mails_again: int
    written: int

    def __str__(self) -> str:
        return (
            f"lost = {self.lost + self.mails_lost}, doubled = {self.doubled + self.extra}"
            f" ({self.written} messages; mails arrived again with the same Message-ID {self.mails_again})"
        )

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.extra or self.mails_lost)


def reminders(expected: set[tuple[Deadline, str]], office: PostOffice) -> Reminders:
    """Stages from the day itself on: each once for the PI, in the application and by mail for whoever works there."""
    of_the_day_or_later = Q(stage="op-de-dag") | Q(stage__startswith="te-laat")
    rows = Notification.objects.filter(of_the_day_or_later, event__startswith="termijn:")
    there: Counter[Message] = Counter(rows.values_list("event", "stage", "recipient_id", "channel"))
    wanted = {message for term, stage in expected for message in _messages(term, stage)}
    mails = {str(key) for key in rows.filter(channel=Channel.MAIL).values_list("key", flat=True)}
    copies = office.copies()
    return Reminders(
        lost=len(wanted - set(there)),
        doubled=sum(times - 1 for times in there.values()),
        extra=len(set(there) - wanted),
        mails_lost=len(mails - set(copies)),
        mails_again=sum(copies.values()) - len(copies),
        written=sum(there.values()),
    )


def _messages(term: Deadline, stage: str) -> set[Message]:
    event = f"termijn:{term.pk}:{term.due_on}"
    people = Role.objects.filter(kind=RoleKind.CASEMANAGER, organisation__kind=PartyKind.PRISON)
    people = people.values_list("user_id", flat=True)
    personal = {
        (event, stage, person, channel) for person in people for channel in (Channel.IN_APP, Channel.MAIL)
    }
    return {(event, stage, None, Channel.EVENT), *personal}
