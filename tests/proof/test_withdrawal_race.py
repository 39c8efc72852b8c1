"""Who asks after a withdrawal was answered never gets what was taken back, however many ask at once (quality 2.1, R9).

A real gunicorn with several processes and threads; one casemanager gives and takes back over HTTP, by count and not by
time; programs and people of the receiving gemeente read without pause.
"""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from oauth2_provider.models import AccessToken

from cases.models import Case, LifeDomain
from consent.models import Consent
from parties.models import RoleKind
from parties.viewer import Viewer
from plans.actions import record_domain
from reintegratie.lib.workdays import AMSTERDAM
from tests.api.conftest import Connect
from tests.conftest import SignedIn, World
from tests.proof.race import TOKEN, Line, Race, canary, server

DOMAINS = tuple(LifeDomain)
CHASED = ("API", "pagina", "screening", "geschiedenis")

Run = Callable[..., Race]


@pytest.fixture
def run(
    transactional_db: None,
    world: World,
    case: Case,
    casemanager: Viewer,
    coordinator: Viewer,
    signed_in: SignedIn,
    connect: Connect,
    tmp_path: Path,
) -> Run:
    """Start the server, let them race until so many consents were taken back, and tell what happened."""
    now = timezone.now()
    write_canaries(case, replace(casemanager, at=now))
    api = connect(world.zwolle, RoleKind.AFTERCARE_COORDINATOR)
    AccessToken.objects.update(expires=now + timedelta(days=1))
    cookies = {
        name: signed_in(who).cookies["sessie"].value
        for name, who in (("pi", casemanager), ("gemeente", coordinator))
    }
    paths = paths_of(case)

    def _run(*, withdrawals: int, readers: int, forgetful: float = 0) -> Race:
        with server(settings.SECRET_KEY, tmp_path / "web.log", forgetful=forgetful) as port:

            def line(channel: str) -> Line:
                headers = (
                    {"Authorization": f"Bearer {api.token}"}
                    if channel == "API"
                    else session(cookies["gemeente"])
                )
                return Line(port, headers)

            race = Race()
            with ExitStack() as stack:
                stack.callback(race.ended.set)
                threads = [
                    threading.Thread(target=race.read_on, args=(channel, line(channel), paths[channel]))
                    for channel in (CHASED * readers)[:readers]
                ]
                for thread in threads:
                    thread.start()
                    stack.callback(thread.join)
                stack.callback(race.ended.set)
                chasers = {channel: line(channel) for channel in CHASED}
                give_and_take(
                    race, Line(port, session(cookies["pi"])), case, world, withdrawals, chasers, paths
                )
            return race

    return _run


def write_canaries(case: Case, by: Viewer) -> None:
    """A text in every domain that nothing else holds."""
    for domain in DOMAINS:
        record_domain(
            case=case, domain=domain, support_answer="ja", support_request=canary(domain), by=by, at=by.at
        )


def paths_of(case: Case) -> dict[str, str]:
    """Where the gemeente reads it, by channel."""
    here = f"/zaken/{case.pk}"
    return {
        "API": f"/api/v1/trajecten/{case.pk}/leefgebieden",
        "pagina": f"{here}/",
        "screening": f"{here}/screening/",
        "geschiedenis": f"{here}/geschiedenis/",
    }


def session(value: str) -> dict[str, str]:
    return {"Cookie": f"sessie={value}; csrf={TOKEN}"}


def give_and_take(
    race: Race,
    line: Line,
    case: Case,
    world: World,
    withdrawals: int,
    chasers: dict[str, Line],
    paths: dict[str, str],
) -> None:
    """All seven on one paper, then back one by one; after each the next channel is asked at once."""
    consents = f"/zaken/{case.pk}/toestemming"
    while race.withdrawals < withdrawals:
        for domain in DOMAINS:
            race.will_open(domain)
        status, text = line.post(f"{consents}/ontvanger/{world.zwolle.pk}/vastleggen/", paper())
        assert status == 302, text
        standing = Consent.objects.filter(case=case, recipient=world.zwolle, withdrawn_at=None)
        for pk, domain in list(standing.values_list("pk", "domain")):
            status, text = line.post(f"{consents}/{pk}/intrekken/", {"reason": ""})
            assert status == 302, text
            race.is_closed(domain)
            channel = CHASED[race.withdrawals % len(CHASED)]
            race.read(channel, chasers[channel], paths[channel])


def paper() -> dict[str, str]:
    now = timezone.now().astimezone(AMSTERDAM)
    return {
        "given_on": now.date().isoformat(),
        "given_time": f"{now:%H:%M}",
        "evidence": "ondertekend",
        "language": "Nederlands",
        "explained_how": "voorgelezen",
        **{f"antwoord-{domain}": "gegeven" for domain in DOMAINS},
    }


def everybody_looked(race: Race) -> None:
    """Else a race without stale answers says nothing: open answers held the text, and closed ones were asked for."""
    full, tested = race.looked()
    assert min(full[channel] for channel in CHASED) > 0, full
    assert min(tested[channel] for channel in CHASED) > 0, tested


def test_nobody_reads_what_was_taken_back(run: Run) -> None:
    race = run(withdrawals=42, readers=2)

    assert race.stale() == []
    everybody_looked(race)


def test_a_server_that_keeps_an_answer_for_a_moment_is_caught(run: Run) -> None:
    race = run(withdrawals=21, readers=2, forgetful=0.25)

    assert race.stale() != []


@pytest.mark.long
def test_nobody_reads_what_was_taken_back_in_five_thousand_times(run: Run) -> None:
    race = run(withdrawals=5000, readers=6)

    assert race.stale() == []
    everybody_looked(race)
