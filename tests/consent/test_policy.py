"""The published policy says what the code does."""

import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from cases.models import Capacity, Case, LifeDomain
from consent.models import GroundCode, RowKind
from consent.policy import KINDS_IN, content_models
from parties.models import ROLES_OF_KIND, Organisation, PartyKind, Role, RoleKind
from parties.viewer import Viewer
from plans.models import DomainRecord
from tests.conftest import World
from tests.factories.consent import ConsentFactory, StatutoryGroundFactory
from tests.factories.plans import DomainRecordFactory

Row = dict[str, object]


def table() -> list[Row]:
    out = StringIO()
    call_command("access_table", stdout=out)
    return json.loads(out.getvalue())["regels"]


def rows(**wanted: object) -> list[Row]:
    return [row for row in table() if all(row[name] == value for name, value in wanted.items())]


def test_every_capacity_role_and_kind_of_content_is_in_the_table(world: World) -> None:
    found = table()

    assert set(KINDS_IN) == set(Capacity)
    assert set(ROLES_OF_KIND) == set(PartyKind)
    assert {row["hoedanigheid"] for row in found} == {*Capacity.values, "eigen-kanaal"}
    assert {model.row_kind for model in content_models()} <= {row["categorie"] for row in found}
    assert {model.row_kind for model in content_models()} <= set(RowKind)


def test_only_the_pi_of_stay_screens_and_records_consent(world: World) -> None:
    writers = {
        (row["partij"], row["rol"])
        for category in ("leefgebied", "toestemmingen", "plan")
        for row in rows(categorie=category, schrijven=True)
    }

    assert writers == {("pi", "casemanager"), ("pi", "afdelingshoofd")}


def test_the_gemeente_contributes_and_does_its_own_actions(world: World) -> None:
    written = {
        (row["categorie"], row["grondslag"])
        for row in rows(partij="gemeente", rol="coordinator-nazorg", schrijven=True)
    }

    assert written == {("inbreng", "EIGEN-RIJ"), ("actie", "GEADRESSEERD")}


def test_who_sees_no_content_has_no_content_in_the_table(world: World) -> None:
    content = set(RowKind.values)

    assert not [row for row in table() if row["rol"] == "fg" and row["categorie"] in content]
    assert {row["categorie"] for row in rows(rol="fg", partij="pi")} == {"zaaknummer", "pagina-inzage"}
    assert {row["categorie"] for row in rows(rol="bij-gemandateerde")} == {"bij", "18b"}
    assert {row["hoedanigheid"] for row in rows(rol="bij-gemandateerde")} == {"eigen-kanaal"}
    assert {row["categorie"] for row in rows(rol="risico-informatie")} == {"18b"}
    assert {row["rol"] for row in rows(categorie="bij", partij="pi")} == {
        "casemanager",
        "afdelingshoofd",
        "directeur",
    }
    assert not rows(rol="functioneel-beheer")


def test_the_table_follows_the_rows_of_law(world: World) -> None:
    assert not rows(partij="gemeente", categorie="leefgebied", grondslag="PBW18A")

    StatutoryGroundFactory(
        code=GroundCode.PBW18A,
        article="PM 20d",
        capacity=Capacity.ORIGIN,
        domain=LifeDomain.HOUSING,
        owner_kind="pi",
    )

    [row] = rows(partij="gemeente", categorie="leefgebied", grondslag="PBW18A")
    assert (row["leefgebied"], row["bron"]) == ("onderdak", "PM 20d; rijen van: pi")


def test_what_the_table_says_of_consent_is_what_the_rule_does(
    case: Case, world: World, coordinator: Viewer
) -> None:
    record = DomainRecordFactory(case=case, owner=world.pi)
    said = rows(
        categorie="leefgebied",
        leefgebied="onderdak",
        partij="gemeente",
        hoedanigheid="herkomst",
        grondslag=GroundCode.CONSENT,
        rol=coordinator.role_kind,
    )
    assert [row["lezen"] for row in said] == [True]
    assert list(DomainRecord.objects.visible_to(coordinator)) == []

    ConsentFactory(case=case, recipient=world.zwolle)

    assert list(DomainRecord.objects.visible_to(coordinator)) == [record]


def test_a_sheet_on_any_ground_is_limited_to_whom_it_was_made_for(world: World) -> None:
    assert {
        row["alleenEigenExemplaar"] for row in rows(categorie="informatieblad", grondslag="TOESTEMMING")
    } == {True}
    assert {row["alleenEigenExemplaar"] for row in rows(categorie="inbreng", grondslag="TOESTEMMING")} == {
        False
    }


@pytest.mark.parametrize(
    ("kind", "role", "fits"),
    [
        (PartyKind.PRISON, RoleKind.CASEMANAGER, True),
        (PartyKind.MUNICIPALITY, RoleKind.CASEMANAGER, False),
        (PartyKind.MUNICIPALITY, RoleKind.PRIVACY_OFFICER, True),
        (PartyKind.OPERATOR, RoleKind.PRIVACY_OFFICER, False),
    ],
)
def test_a_role_fits_the_kind_of_organisation(kind: PartyKind, role: RoleKind, fits: bool) -> None:
    row = Role(organisation=Organisation(kind=kind), kind=role)

    if fits:
        row.clean()
    else:
        with pytest.raises(ValidationError, match="hoort niet bij"):
            row.clean()
