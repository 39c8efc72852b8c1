"""The only writers of consents, statutory grounds and the register of disclosures."""

from consent.actions.asking import ask_in_case, keep_asking
from consent.actions.decisions import (
    CaseIsClosed,
    DecidedBeforeThisDetention,
    DecidedInTheFuture,
    DecisionNotRecorded,
    EndsBeforeItBegins,
    NoSuchForm,
    NotExplained,
    NothingDecided,
    NumberNotForThisPaper,
    RecipientTakesNoPart,
    YesWithoutEvidence,
    decide,
)
from consent.actions.disclosures import open_disclosure, record_disclosure
from consent.actions.grounds import UnknownParty, load_grounds
from consent.actions.reliance import (
    NEEDS_REFERENCE,
    CaseIsOver,
    GroundNotInForce,
    NecessityMissing,
    NothingChosen,
    NotRelied,
    NotReliedOn,
    ReferenceMissing,
    ReliedOnAlready,
    end_reliance,
    rely_on_ground,
)
from consent.actions.scans import EMPTY, TOO_LARGE, attach_scan
from consent.actions.third_parties import decide_for_third_party, withdraw_third_party
from consent.actions.withdrawals import NotInForce, withdraw_all, withdraw_consent
from consent.models import Answer, Evidence, ThirdPartyRole  # the words that ``decide`` takes

__all__ = [
    "EMPTY",
    "NEEDS_REFERENCE",
    "TOO_LARGE",
    "Answer",
    "CaseIsClosed",
    "CaseIsOver",
    "DecidedBeforeThisDetention",
    "DecidedInTheFuture",
    "DecisionNotRecorded",
    "EndsBeforeItBegins",
    "Evidence",
    "GroundNotInForce",
    "NecessityMissing",
    "NoSuchForm",
    "NotExplained",
    "NotInForce",
    "NotRelied",
    "NotReliedOn",
    "NothingChosen",
    "NothingDecided",
    "NumberNotForThisPaper",
    "RecipientTakesNoPart",
    "ReferenceMissing",
    "ReliedOnAlready",
    "ThirdPartyRole",
    "UnknownParty",
    "YesWithoutEvidence",
    "ask_in_case",
    "attach_scan",
    "decide",
    "decide_for_third_party",
    "end_reliance",
    "keep_asking",
    "load_grounds",
    "open_disclosure",
    "record_disclosure",
    "rely_on_ground",
    "withdraw_all",
    "withdraw_consent",
    "withdraw_third_party",
]
