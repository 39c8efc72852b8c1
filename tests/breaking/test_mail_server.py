"""Whatever the mail server does, every mail arrives at least once with the same Message-ID, and none waits for another."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from cases.actions import deliver_mail, notify
from cases.models import Channel, Notification
from parties.models import Role, RoleKind
from tests.breaking.post_office import (
    BUSY,
    CLOSE,
    CONNECT,
    DATA,
    HANG,
    RECIPIENT,
    REFUSED,
    TAKEN,
    WELL,
    PostOffice,
)
from tests.conftest import NOW, Hire, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mails_to_office")]


@pytest.fixture
def people(world: World, hire: Hire) -> list[Role]:
    """Six colleagues in Zwolle."""
    return [hire(world.zwolle, RoleKind.AFTERCARE_COORDINATOR) for _ in range(6)]


@pytest.fixture
def written(world: World, people: list[Role]) -> None:
    """To each a mail; the third of them has the address with which things go wrong."""
    notify(case=None, organisation=world.zwolle, kind="betrokken", event="betrokken:1", at=NOW)


def plan_for(address: str, at_step: str, how: str, times: int) -> Callable[[str, str], str]:
    """The server does this so many times at this step for this address; otherwise all is well."""
    met = count()

    def plan(step: str, to: str) -> str:
        goes_wrong = step == at_step and to in (address, "") and next(met) < times
        return how if goes_wrong else WELL

    return plan


def waiting() -> int:
    return Notification.objects.undelivered_mail().count()


@pytest.mark.parametrize("how", [BUSY, HANG, CLOSE])
@pytest.mark.parametrize("step", [RECIPIENT, DATA, TAKEN])
def test_one_address_that_goes_wrong_holds_up_nobody(
    written: None, people: list[Role], office: PostOffice, step: str, how: str
) -> None:
    office.plan = plan_for(people[2].user.email, step, how, times=1)

    while deliver_mail(at=NOW):
        pass

    assert waiting() == 1
    [held_up] = Notification.objects.undelivered_mail()
    assert (held_up.recipient, held_up.leased_until) == (people[2].user, None)

    deliver_mail(at=NOW + timedelta(hours=1))

    copies = office.copies()
    keys = {str(row.key) for row in Notification.objects.filter(channel=Channel.MAIL)}
    assert waiting() == 0
    assert set(copies) == keys
    assert sum(copies.values()) - len(copies) == (1 if step == TAKEN else 0)


def test_an_address_that_does_not_exist_is_given_up_and_the_rest_goes(
    written: None, people: list[Role], office: PostOffice
) -> None:
    office.plan = plan_for(people[2].user.email, RECIPIENT, REFUSED, times=1)

    while deliver_mail(at=NOW):
        pass

    assert waiting() == 0
    given_up = Notification.objects.get(channel=Channel.MAIL, failed_at__isnull=False)
    assert (given_up.recipient, len(office.copies())) == (people[2].user, 5)


@pytest.mark.parametrize("how", [REFUSED, HANG, CLOSE])
def test_a_server_that_takes_no_line_loses_nothing(written: None, office: PostOffice, how: str) -> None:
    office.plan = plan_for("", CONNECT, how, times=1)
    deliver_mail(at=NOW)
    assert (waiting(), office.letters) == (6, [])

    deliver_mail(at=NOW + timedelta(hours=1))

    assert (waiting(), len(office.copies())) == (0, 6)
