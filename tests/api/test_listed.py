"""On Pbw 18a alone the API gives what PM 20d lists (B2: the allow-list for the API)."""

from cases.models import Capacity, Case, LifeDomain
from consent.models import GroundCode, RowKind
from tests.api.conftest import Api
from tests.conftest import World
from tests.factories.consent import CaseGroundFactory, StatutoryGroundFactory
from tests.factories.plans import DomainRecordFactory

HOUSING = LifeDomain.HOUSING


def test_the_api_gives_what_the_law_lists_and_no_more(
    case: Case, world: World, municipality_api: Api
) -> None:
    StatutoryGroundFactory(
        code=GroundCode.PBW18A,
        capacity=Capacity.ORIGIN,
        row_kind=RowKind.DOMAIN_RECORD,
        domain=HOUSING,
        per_case=True,
    )
    CaseGroundFactory(case=case, recipient=world.zwolle, subject=HOUSING)
    facts = {"woonsituatie": "zwervend", "plek_bij_ontslag": "Kamer in Ommen"}
    DomainRecordFactory(case=case, owner=world.pi, domain=HOUSING, question_set="2026-1", facts=facts)

    [row] = municipality_api.get(f"/trajecten/{case.pk}/leefgebieden").json()["resultaten"]

    assert row["gegevens"] == {"woonsituatie": "zwervend"}
    assert "Ommen" not in str(row)
