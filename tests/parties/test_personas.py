"""The personas that people outside the project rely on."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

CONTRACT = {
    "casemanager@zwolle.pi.test",
    "casemanager2@zwolle.pi.test",
    "afdelingshoofd@zwolle.pi.test",
    "directeur@zwolle.pi.test",
    "risico@zwolle.pi.test",
    "casemanager@leeuwarden.pi.test",
    "nazorg@zwolle.gemeente.test",
    "nazorg@deventer.gemeente.test",
    "nazorg@kampen.gemeente.test",
    "bij@zwolle.gemeente.test",
    "werker@rn-no.reclassering.test",
    "werker@svg-no.reclassering.test",
    "contact@woningcorporatie.partner.test",
    "regie@ijsselland.zvh.test",
    "fg@zwolle.pi.test",
    "beheer@reintegratie.test",
}


@pytest.mark.django_db
def test_the_command_lists_every_persona_of_the_contract() -> None:
    out = StringIO()

    call_command("personas", stdout=out)

    printed = json.loads(out.getvalue())
    assert {row["email"] for row in printed["personas"]} == CONTRACT
    assert {row["clientId"] for row in printed["apiClients"]} == {"rn-no", "svg-no", "dji-meldingen"}
