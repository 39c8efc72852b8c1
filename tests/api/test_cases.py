"""`/trajecten`: the own cases, as far as the law lets this party know."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.access import leave_case
from cases.actions import touch_parties
from cases.models import Capacity, Case, CaseParty
from parties.models import AuditLine, ProcessingLine, RoleKind
from tests.api.conftest import Api, Connect, token_for
from tests.conftest import World
from tests.factories.base import TestActor
from tests.factories.cases import CaseFactory, take_part
from tests.factories.consent import ConsentFactory
from tests.factories.parties import ApiClientFactory

PARTY_WIDE = {"id", "zaaknummer", "persoon", "hoedanigheid", "gewijzigdOp"}
DATES = {
    "fase",
    "begindatum",
    "verwachteBegindatum",
    "verwachteEinddatum",
    "einddatum",
    "inrichting",
    "gemeenteHerkomst",
    "gemeenteHervestiging",
}
DETENTION = {"instroomtype", "titel", "titelNaOntslag", "programma", "reclassering"}


def numbers(api: Api, query: str = "") -> list[str]:
    answer = api.get(f"/trajecten{query}")
    assert answer.status_code == 200, answer.content
    return [row["zaaknummer"] for row in answer.json()["resultaten"]]


def test_a_probation_officers_software_reads_its_cases(case: Case, probation_api: Api, world: World) -> None:
    (row,) = probation_api.get("/trajecten").json()["resultaten"]

    assert row["id"] == str(case.pk)
    assert row["persoon"]["achternaam"] == case.detainee.surname
    assert row["begindatum"] == "2026-04-20"
    assert row["verwachteEinddatum"] == "2027-01-29"
    assert row["inrichting"] == {"code": "ZWO", "naam": "PI Zwolle"}
    assert row["gemeenteHerkomst"] == {"code": "0193", "naam": "Zwolle"}
    assert row["reclassering"] == [{"code": "RN-NO", "naam": world.probation.name}]
    assert row["gewijzigdOp"].endswith("Z")
    assert probation_api.get(f"/trajecten/{case.pk}").json() == row


def test_every_party_knows_what_the_law_lets_it_know(
    case: Case, world: World, probation_api: Api, municipality_api: Api, connect: Connect
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    partner = connect(world.partner, RoleKind.PARTNER_CONTACT).get(f"/trajecten/{case.pk}").json()
    municipality = municipality_api.get(f"/trajecten/{case.pk}").json()
    probation = probation_api.get(f"/trajecten/{case.pk}").json()

    assert (set(partner), partner["persoon"]) == (PARTY_WIDE, {})
    assert set(municipality) == PARTY_WIDE | DATES
    assert "bsn" in municipality["persoon"]
    assert set(probation) == PARTY_WIDE | DATES | DETENTION


def test_a_partner_with_a_consent_knows_a_name_and_the_dates(
    case: Case, world: World, connect: Connect
) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    ConsentFactory(case=case, recipient=world.partner)

    partner = connect(world.partner, RoleKind.PARTNER_CONTACT).get(f"/trajecten/{case.pk}").json()

    assert set(partner["persoon"]) == {"voornamen", "tussenvoegsel", "achternaam"}
    assert set(partner) == PARTY_WIDE | DATES - {"gemeenteHerkomst", "gemeenteHervestiging"}


def test_a_reclassering_without_a_title_or_consent_knows_a_number(
    case: Case, world: World, connect: Connect
) -> None:
    take_part(case, world.other_probation, Capacity.PROBATION, on_title=False)

    row = connect(world.other_probation, RoleKind.PROBATION_OFFICER).get(f"/trajecten/{case.pk}").json()

    assert (set(row), row["persoon"]) == (PARTY_WIDE, {})


def test_an_outsider_learns_nothing(case: Case, outsider_api: Api) -> None:
    hidden, absent = outsider_api.get(f"/trajecten/{case.pk}"), outsider_api.get(f"/trajecten/{uuid4()}")

    assert numbers(outsider_api) == []
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)


def test_an_assignment_that_ends_at_noon_ends_at_noon(case: Case, world: World, probation_api: Api) -> None:
    assert numbers(probation_api) == [case.number]
    row = CaseParty.objects.get(case=case, party=world.probation)

    leave_case(row=row, until=timezone.now(), by=TestActor(), at=timezone.now(), why="opdracht beëindigd")

    assert numbers(probation_api) == []
    assert probation_api.get(f"/trajecten/{case.pk}").status_code == 404


def test_filters_narrow_the_list(case: Case, world: World, probation_api: Api) -> None:
    other = CaseFactory(origin_municipality=world.deventer, expected_release_on=date(2026, 6, 1))
    take_part(other, world.other_pi, Capacity.PRISON)
    take_part(other, world.probation, Capacity.PROBATION)
    CaseParty.objects.filter(case=other, party=world.probation).update(is_open=False)

    assert numbers(probation_api, "?status=open") == [case.number]
    assert numbers(probation_api, "?status=gesloten") == [other.number]
    assert numbers(probation_api, "?ontslagVoor=2026-06-02") == [other.number]
    assert numbers(probation_api, "?ontslagVoor=2026-06-01") == []
    assert numbers(probation_api, "?gemeente=0193") == [case.number]
    assert numbers(probation_api, "?inrichting=LEE&gemeente=0150") == [other.number]
    assert numbers(probation_api, "?inrichting=LEE&gemeente=0193") == []


def test_a_filter_tells_a_partner_nothing_it_may_not_know(case: Case, world: World, connect: Connect) -> None:
    take_part(case, world.partner, Capacity.PARTNER)
    api = connect(world.partner, RoleKind.PARTNER_CONTACT)

    assert numbers(api) == [case.number]
    for query in ("?gemeente=0193", "?inrichting=ZWO", "?ontslagVoor=2100-01-01"):
        assert numbers(api, query) == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?status=dicht", {"status"}),
        ("?status=", {"status"}),
        ("?gewijzigdSinds=gisteren", {"gewijzigdSinds"}),
        ("?gewijzigdSinds=2026-11-22T09:00:00", {"gewijzigdSinds"}),
        ("?gewijzigdSinds=2026-02-30T09:00:00Z", {"gewijzigdSinds"}),
        ("?gewijzigdSinds=0001-01-01T00:00:00%2B14:00", {"gewijzigdSinds"}),
        ("?ontslagVoor=31-12-2026", {"ontslagVoor"}),
        ("?bsn=999990019", {"bsn"}),
        ("?offset=100&limit=5&status=x", {"offset", "limit", "status"}),
        ("?gemeente=%00", {"gemeente"}),
        ("?cursor=abc", {"cursor"}),
        ("?status=open&status=open", {"status"}),
    ],
)
def test_a_bad_query_is_told_whole(probation_api: Api, query: str, names: set[str]) -> None:
    answer = probation_api.get(f"/trajecten{query}")

    assert answer.status_code == 400
    assert {error["location"]["name"] for error in answer.json()["errors"]} == names


def many_cases(world: World, count: int) -> None:
    for _ in range(count):
        case = CaseFactory(origin_municipality=world.zwolle)
        take_part(case, world.pi, Capacity.PRISON)
        take_part(case, world.probation, Capacity.PROBATION)


def test_pages_follow_each_other_without_a_gap(
    world: World, probation_api: Api, outsider_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reintegratie.lib.rest.pages.PAGE_SIZE", 4)
    many_cases(world, 9)

    seen, url = [], "/trajecten?status=open"
    while url:
        body = probation_api.get(url).json()
        assert len(body["resultaten"]) <= 4
        seen += [row["zaaknummer"] for row in body["resultaten"]]
        url, last = body["volgende"], url

    assert sorted(seen) == sorted(Case.objects.values_list("number", flat=True))
    assert len(seen) == len(set(seen))
    assert "status=open" in last
    assert outsider_api.get(last).status_code == 400
    assert probation_api.get(last.replace("status=open&", "")).status_code == 400


def queries_for(api: Api) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert api.get("/trajecten").status_code == 200
    return [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]


def test_a_page_costs_six_statements_for_1_10_and_50_cases(world: World, probation_api: Api) -> None:
    """Token with client and organisation, publish, rows, parties beside them, audit line, subject lines (Q1)."""
    many_cases(world, 1)
    one = queries_for(probation_api)
    many_cases(world, 9)
    ten = queries_for(probation_api)
    many_cases(world, 40)
    fifty = queries_for(probation_api)

    assert len(one) == len(ten) == len(fifty) <= 6, one


def test_each_person_in_a_list_has_a_line_in_the_ledger(world: World, probation_api: Api) -> None:
    many_cases(world, 3)

    probation_api.get("/trajecten")

    line = AuditLine.objects.get(action="trajecten-lijst")
    assert (line.client_id, line.channel, line.organisation) == (
        probation_api.client.pk,
        "api",
        world.probation,
    )
    subjects = ProcessingLine.objects.filter(span_id=line.span_id).values_list("subject_id", flat=True)
    assert set(subjects) == set(Case.objects.values_list("detainee", flat=True))


def test_a_refusal_is_written_down_with_who_and_what(case: Case, world: World, outsider_api: Api) -> None:
    outsider_api.get(f"/trajecten/{case.pk}")

    line = AuditLine.objects.get(outcome="geweigerd")
    assert (line.action, line.object_id, line.organisation) == (
        "api-niet-gevonden",
        str(case.pk),
        world.other_probation,
    )


def test_a_token_without_the_scope_is_refused(world: World) -> None:
    client = ApiClientFactory(organisation=world.probation)
    token = token_for(client, scope="acties").json()["access_token"]

    assert Api(client, token).call("HEAD", "/trajecten").status_code == 403
    assert Api(client, token).get("/trajecten").status_code == 403
    assert set(AuditLine.objects.filter(outcome="geweigerd").values_list("action", flat=True)) == {
        "api-geweigerd"
    }


def test_the_functional_admin_has_no_cases_in_the_api_either(
    case: Case, world: World, connect: Connect
) -> None:
    api = connect(world.operator, RoleKind.FUNCTIONAL_ADMIN)

    assert api.get("/trajecten").status_code == 403
    assert api.get(f"/trajecten/{case.pk}").status_code == 404


def test_since_gives_what_changed_since_the_previous_reading(
    case: Case, world: World, probation_api: Api
) -> None:
    first = probation_api.get("/trajecten").json()
    assert numbers(probation_api, f"?gewijzigdSinds={first['standPer']}") == []

    touch_parties(case=case, parties=[world.probation.pk], at=timezone.now())

    assert numbers(probation_api, f"?gewijzigdSinds={first['standPer']}") == [case.number]


def test_a_change_keeps_its_own_moment_when_it_was_saved_in_time(
    case: Case, world: World, probation_api: Api
) -> None:
    moment = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
    touch_parties(case=case, parties=[world.probation.pk], at=moment)

    (row,) = probation_api.get("/trajecten").json()["resultaten"]

    assert row["gewijzigdOp"] == "2026-05-01T12:00:00Z"
    assert numbers(probation_api, "?gewijzigdSinds=2026-05-01T12:00:00Z") == [case.number]
    assert numbers(probation_api, "?gewijzigdSinds=2026-05-01T12:00:01Z") == []


def test_a_change_that_was_saved_late_is_still_found(case: Case, world: World, probation_api: Api) -> None:
    """Its request began before the reading and was saved after it."""
    began = timezone.now() - timedelta(minutes=5)
    first = probation_api.get("/trajecten").json()

    touch_parties(case=case, parties=[world.probation.pk], at=began)

    assert numbers(probation_api, f"?gewijzigdSinds={first['standPer']}") == [case.number]


def test_no_address_holds_a_name_or_a_bsn(
    case: Case, probation_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reintegratie.lib.rest.pages.PAGE_SIZE", 0 + 1)
    other = CaseFactory()
    take_part(other, CaseParty.objects.get(case=case, capacity=Capacity.PROBATION).party, Capacity.PROBATION)

    url = probation_api.get("/trajecten").json()["volgende"]

    assert case.detainee.surname not in url
    assert str(case.detainee.bsn) not in url
