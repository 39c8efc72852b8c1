"""Beheer: accounts and reference data for the functional admin, and no case for anybody."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from cases import tasks
from cases.models import Case, EquatedDay
from consent.visibility import ContentRow
from parties.beheer import beheer
from parties.models import ApiClient, AuditLine, Organisation, Role, RoleKind, User
from parties.viewer import Viewer
from tests.conftest import SignedIn, World
from tests.factories.cases import DeadlineFactory
from tests.factories.parties import OrganisationFactory, UserFactory

TABLES = [model._meta for model in beheer._registry]
LISTS = [f"admin:{meta.app_label}_{meta.model_name}_changelist" for meta in TABLES]
FORMS = [f"admin:{meta.app_label}_{meta.model_name}_add" for meta in TABLES]


def test_nobody_sees_a_case_or_content_in_beheer() -> None:
    registered = set(beheer._registry)

    assert not {model for model in registered if issubclass(model, ContentRow)}
    assert {model.__name__ for model in registered} == {
        "ApiClient",
        "BijMandate",
        "EquatedDay",
        "Organisation",
        "RegionalAgreement",
        "Role",
        "StatutoryGround",
        "User",
    }
    assert apps.get_model("cases", "Case") not in registered


@pytest.mark.parametrize("who", ["casemanager", "coordinator", "director", "privacy_officer"])
@pytest.mark.parametrize("page", ["admin:index", *LISTS])
def test_who_works_on_cases_has_no_beheer(
    who: str, page: str, signed_in: SignedIn, request: pytest.FixtureRequest
) -> None:
    browser = signed_in(request.getfixturevalue(who))

    answer = browser.get(reverse(page), follow=True)

    assert answer.status_code == 403


def test_staff_flag_alone_opens_nothing(coordinator: Viewer, signed_in: SignedIn) -> None:
    assert coordinator.user is not None
    User.objects.filter(pk=coordinator.user.pk).update(is_staff=True)

    assert signed_in(coordinator).get("/beheer/", follow=True).status_code == 403


def test_stranger_logs_in_through_the_one_door(db: None) -> None:
    answer = Client().get("/beheer/", follow=True)

    assert answer.redirect_chain[-1][0].startswith("/inloggen/")


@pytest.mark.parametrize("page", ["admin:index", *LISTS, *FORMS])
def test_every_page_of_beheer_opens_for_the_functional_admin(
    page: str, functional_admin: Viewer, world: World, signed_in: SignedIn
) -> None:
    assert signed_in(functional_admin).get(reverse(page)).status_code == 200


def test_superuser_without_a_role_opens_nothing(case: Case, signed_in: SignedIn) -> None:
    user = UserFactory(is_superuser=True, is_staff=True)
    browser = Client()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert browser.get("/beheer/", follow=True).status_code == 403
    assert browser.get(f"/zaken/{case.pk}/").status_code == 403


def test_organisation_is_written_with_actor_group_and_audit_line(
    functional_admin: Viewer, signed_in: SignedIn
) -> None:
    fields = {"kind": "netwerkpartner", "code": "NIEUW", "name": "Zorg Voorbeeld", "facility_kinds": ""}

    answer = signed_in(functional_admin).post("/beheer/parties/organisation/add/", fields)

    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = Organisation.objects.get(code="NIEUW")
    assert made.group is not None
    assert functional_admin.user is not None
    assert str(functional_admin.user.pk) in made.history.get().history_user_id
    assert AuditLine.objects.filter(action="beheer-wijzigen", object_id=str(made.pk)).exists()


def test_nothing_can_be_deleted(functional_admin: Viewer, signed_in: SignedIn) -> None:
    row = OrganisationFactory()

    answer = signed_in(functional_admin).post(
        f"/beheer/parties/organisation/{row.pk}/delete/", {"post": "yes"}
    )

    assert answer.status_code == 403
    assert Organisation.objects.filter(pk=row.pk).exists()


def test_account_gets_its_role_on_one_page(
    world: World, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(functional_admin)
    new = {
        "email": "Nieuw@Gemeente.test",
        "name": "N. Nieuw",
        "usable_password": "true",
        "password1": "een-lang-wachtwoord-2026",
        "password2": "een-lang-wachtwoord-2026",
        "roles-TOTAL_FORMS": "0",
        "roles-INITIAL_FORMS": "0",
    }
    browser.post("/beheer/parties/user/add/", new)
    user = User.objects.get(email="nieuw@gemeente.test")

    answer = browser.post(
        f"/beheer/parties/user/{user.pk}/change/",
        {
            "email": user.email,
            "name": user.name,
            "phone": "",
            "is_active": "on",
            "roles-TOTAL_FORMS": "1",
            "roles-INITIAL_FORMS": "0",
            "roles-0-organisation": str(world.kampen.pk),
            "roles-0-kind": RoleKind.AFTERCARE_COORDINATOR,
            "roles-0-since": "2026-01-01",
        },
    )

    assert answer.status_code == 302
    role = Role.objects.get(user=user)
    assert role.organisation == world.kampen
    assert role.history.count() == 1


def test_who_sets_the_password_of_another_stands_in_the_ledger(
    casemanager: Viewer, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    assert casemanager.user is not None
    fields = {"password1": "een-lang-wachtwoord-2026", "password2": "een-lang-wachtwoord-2026"}

    answer = signed_in(functional_admin).post(
        f"/beheer/parties/user/{casemanager.user.pk}/password/", {**fields, "usable_password": "true"}
    )

    assert answer.status_code == 302
    line = AuditLine.objects.get(action="wachtwoord-zetten")
    assert (line.user, line.object_id) == (functional_admin.user, str(casemanager.user.pk))


def test_functional_admin_gives_himself_no_role(
    world: World, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    assert functional_admin.user is not None
    fields = {
        "user": str(functional_admin.user.pk),
        "organisation": str(world.pi.pk),
        "kind": RoleKind.CASEMANAGER,
        "since": "2026-01-01",
    }

    answer = signed_in(functional_admin).post("/beheer/parties/role/add/", fields)

    assert answer.status_code == 403
    assert not Role.objects.filter(user=functional_admin.user, organisation=world.pi).exists()


def test_a_nul_in_a_filter_of_beheer_is_a_bad_request(functional_admin: Viewer, signed_in: SignedIn) -> None:
    answer = signed_in(functional_admin).get("/beheer/parties/organisation/?kind__exact=%00")

    assert answer.status_code == 400


def test_functional_admin_cannot_make_a_superuser(functional_admin: Viewer, signed_in: SignedIn) -> None:
    user = UserFactory()
    fields = {
        "email": user.email,
        "name": "X",
        "is_active": "on",
        "is_superuser": "on",
        "is_staff": "on",
        "roles-TOTAL_FORMS": "0",
        "roles-INITIAL_FORMS": "0",
    }

    signed_in(functional_admin).post(f"/beheer/parties/user/{user.pk}/change/", fields)

    user.refresh_from_db()
    assert user.name == "X"
    assert not user.is_superuser
    assert not user.is_staff


def test_secret_of_a_client_is_shown_once_and_stored_hashed(
    world: World, functional_admin: Viewer, signed_in: SignedIn
) -> None:
    browser = signed_in(functional_admin)
    fields = {
        "name": "rn",
        "client_id": "rn-nieuw",
        "organisation": str(world.probation.pk),
        "role_kind": RoleKind.PROBATION_OFFICER,
    }

    page = browser.post("/beheer/parties/apiclient/add/", fields, follow=True).content.decode()

    client = ApiClient.objects.get(client_id="rn-nieuw")
    shown = page.split("wordt maar een keer getoond): ")[1].split("<")[0].strip()
    assert len(shown) == 48
    assert client.client_secret != shown
    assert shown not in browser.get("/beheer/parties/apiclient/").content.decode()


def test_equalised_day_moves_open_terms(case: Case, functional_admin: Viewer, signed_in: SignedIn) -> None:
    term = DeadlineFactory(case=case)

    signed_in(functional_admin).post(
        "/beheer/cases/equatedday/add/", {"on": "2026-04-30", "source": "Koninklijk besluit"}
    )

    term.refresh_from_db()
    assert term.due_on.isoformat() == "2026-05-06"  # no request waits for every term of every case
    tasks.apply_calendar()
    term.refresh_from_db()
    assert EquatedDay.objects.get().on.isoformat() == "2026-04-30"
    assert term.due_on.isoformat() == "2026-05-07"


def test_suggestions_are_names(world: World, functional_admin: Viewer, signed_in: SignedIn) -> None:
    query = {"term": "Kamp", "app_label": "parties", "model_name": "role", "field_name": "organisation"}

    answer = signed_in(functional_admin).get("/beheer/autocomplete/", query)

    assert answer.json()["results"] == [{"id": str(world.kampen.pk), "text": "Kampen"}]
