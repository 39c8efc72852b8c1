"""People who save over HTTP; each save is one transaction that causes messages. What was lost, and what doubled?"""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from cases.models import Capacity, Case, CaseParty, Channel, Notification
from parties.models import Organisation, PartyKind, Role, RoleKind
from parties.viewer import Viewer
from tests.breaking.post_office import PostOffice
from tests.conftest import SignedIn, World
from tests.factories.cases import CaseFactory, FacilityStayFactory, take_part
from tests.factories.parties import OrganisationFactory, RoleFactory, UserFactory
from tests.proof.race import TOKEN, Line

OFFICERS = 2
MONTHS = 60 * 60 * 24 * 100


@dataclass(frozen=True)
class Event:
    """This organisation is asked to work on this case; both its officers are told, by mail too."""

    case: Case
    organisation: Organisation

    def save(self, line: Line) -> bool:
        """Whether the answer says that it was written."""
        form = {"organisation": str(self.organisation.pk), "assignment": "advies", "on_title": "ja"}
        try:
            status, _ = line.post(f"/zaken/{self.case.pk}/reclassering/", form)
        except (OSError, http.client.HTTPException):
            return False
        return status == 302


def events(world: World, number: int) -> list[Event]:
    """So many, on cases of PI Zwolle and organisations with two officers each."""
    organisations = []
    for place in range(min(number, 12)):
        organisation = OrganisationFactory(
            kind=PartyKind.PROBATION, code=f"RN-{place}", name=f"Reclassering {place}"
        )
        for _ in range(OFFICERS):
            RoleFactory(user=UserFactory(), organisation=organisation, kind=RoleKind.PROBATION_OFFICER)
        organisations.append(organisation)
    cases = []
    for _ in range(-(-number // len(organisations))):
        case = CaseFactory(origin_municipality=world.zwolle)
        FacilityStayFactory(case=case, facility=world.pi)
        take_part(case, world.pi, Capacity.PRISON)
        cases.append(case)
    return [Event(case, organisation) for case in cases for organisation in organisations][:number]


def session(signed_in: SignedIn, viewer: Viewer) -> dict[str, str]:
    """The headers of a browser in which this person stays logged in for months."""
    client = signed_in(viewer)
    kept = client.session
    kept.set_expiry(MONTHS)
    kept.save()
    return {"Cookie": f"sessie={client.cookies['sessie'].value}; csrf={TOKEN}"}


@dataclass
class Savers:
    """Save all, several at a time, at this pace; what was acknowledged, and how long each answer took."""

    line: Line
    pause: float = 0.0
    acknowledged: list[Event] = field(default_factory=list)
    refused: list[Event] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def save(self, event: Event) -> None:
        if self.stopped.is_set():
            return
        began = time.monotonic()
        good = event.save(self.line)
        self.seconds.append(time.monotonic() - began)
        (self.acknowledged if good else self.refused).append(event)
        time.sleep(self.pause)

    def save_all(self, todo: list[Event], at_once: int = 3) -> None:
        with ThreadPoolExecutor(max_workers=at_once) as pool:
            list(pool.map(self.save, todo))


@dataclass(frozen=True)
class Account:
    """What should be there against what is there."""

    lost: int
    doubled: int
    half: int
    leased: int
    undelivered: int
    mails_lost: int
    mails_again: int

    def __str__(self) -> str:
        return (
            f"lost = {self.lost + self.mails_lost}, doubled = {self.doubled}"
            f" (half written {self.half}, under a lease {self.leased}, waiting {self.undelivered};"
            f" mails not arrived {self.mails_lost}, arrived again with the same Message-ID {self.mails_again})"
        )

    @property
    def is_clean(self) -> bool:
        return not (
            self.lost or self.doubled or self.half or self.leased or self.undelivered or self.mails_lost
        )


def account(acknowledged: list[Event], office: PostOffice) -> Account:
    """Every acknowledged save is there once with all its messages, and nothing is there by half."""
    rows = CaseParty.objects.filter(capacity=Capacity.PROBATION)
    saved = Counter(rows.values_list("case_id", "party_id"))
    present = Counter(messages())
    expected = {message for pk, party in rows.values_list("pk", "party_id") for message in of_row(pk, party)}
    told = {event for event, *_ in present}
    mails = Notification.objects.filter(channel=Channel.MAIL)
    copies = office.copies()
    delivered = mails.filter(delivered_at__isnull=False).values_list("key", flat=True)
    asked = {(event.case.pk, event.organisation.pk) for event in acknowledged}
    return Account(
        lost=len(asked - set(saved)),
        doubled=sum(times - 1 for times in (*saved.values(), *present.values())),
        half=len(expected ^ set(present)) + len(told ^ {event for event, *_ in expected}),
        leased=mails.exclude(leased_until=None).count(),
        undelivered=mails.filter(delivered_at=None).count(),
        mails_lost=sum(str(key) not in copies for key in delivered)
        + mails.filter(failed_at__isnull=False).count(),
        mails_again=sum(copies.values()) - len(copies),
    )


def messages() -> Iterator[tuple[object, ...]]:
    rows = Notification.objects.filter(kind="betrokken")
    yield from rows.values_list("event", "organisation_id", "recipient_id", "stage", "channel")


def of_row(pk: object, party: object) -> Iterator[tuple[object, ...]]:
    """The messages that one involvement must have caused, written down without the code that writes them."""
    event = f"betrokken:{pk}"
    yield (event, party, None, "", Channel.EVENT)
    for person in Role.objects.filter(organisation=party).values_list("user_id", flat=True):
        yield (event, party, person, "", Channel.IN_APP)
        yield (event, party, person, "", Channel.MAIL)
