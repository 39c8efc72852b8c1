"""Reports beside the case, for the tests of the own channel."""

import pytest

from cases.models import Case
from parties.viewer import Viewer
from plans.actions import report_bij, report_risk
from plans.models import Occasion
from tests.conftest import NOW, World
from tests.plans.reports import ADDRESS, CONDITIONS, LEAVE, OFFENCE, RISK, Send


@pytest.fixture
def send_bij(case: Case, world: World, casemanager: Viewer, bij_mandatary: Viewer) -> Send:
    """The casemanager tells gemeente Zwolle of a leave."""

    def _send(**other: object) -> object:
        given = {
            "case": case,
            "recipient": world.zwolle,
            "occasion": Occasion.LEAVE,
            "expected_on": LEAVE,
            "address": ADDRESS,
            "offence": OFFENCE,
            "conditions": CONDITIONS,
            "by": casemanager,
            "at": NOW,
        }
        return report_bij(**{**given, **other})

    return _send


@pytest.fixture
def send_risk(case: Case, world: World, risk_officer: Viewer, bij_mandatary: Viewer) -> Send:
    """Whoever may in PI Zwolle gives risk information to the mayor of Zwolle."""

    def _send(**other: object) -> object:
        given = {"case": case, "recipient": world.zwolle, "risk": RISK, "by": risk_officer, "at": NOW}
        return report_risk(**{**given, **other})

    return _send
