"""What number stands on a declaration?"""

import re
from datetime import date, datetime

from cases.models import Case
from parties.models import Organisation
from reintegratie.lib.workdays import AMSTERDAM

PRINTED = re.compile(r"-(\d{6})\d{6}(-\d+)?$")


def declaration_number_for(case: Case, recipient: Organisation, at: datetime) -> str:
    """The number of the declaration for one recipient, made at this moment.

    It counts nothing: the recipient reads the number beside what it may see, and a running number would tell how many
    declarations, refusals included, came before (C3 note 9).
    """
    return f"{number_prefix(case, recipient)}{at.astimezone(AMSTERDAM):%y%m%d%H%M%S}"


def number_prefix(case: Case, recipient: Organisation) -> str:
    """How the number of every declaration for this recipient in this case begins."""
    return f"TV-{case.number}-{recipient.code}-"


def printed_on(number: str) -> date | None:
    """The day on which the paper with this number was made; None for a number that does not tell."""
    found = PRINTED.search(number)
    try:
        return datetime.strptime(found[1], "%y%m%d").replace(tzinfo=AMSTERDAM).date() if found else None
    except ValueError:
        return None
