"""The only writers of consents, statutory grounds and the register of disclosures."""

from consent.actions.decisions import (
    CaseIsClosed,
    DecidedBeforeThisDetention,
    DecidedInTheFuture,
    DecisionNotRecorded,
    EndsBeforeItBegins,
    NothingDecided,
    NumberNotForThisPaper,
    RecipientTakesNoPart,
    YesWithoutEvidence,
    decide,
)
from consent.actions.disclosures import open_disclosure, record_disclosure
from consent.actions.grounds import load_grounds
from consent.actions.withdrawals import NotInForce, withdraw_all, withdraw_consent
from consent.models import Answer, Evidence  # the words that ``decide`` takes

__all__ = [
    "Answer",
    "CaseIsClosed",
    "DecidedBeforeThisDetention",
    "DecidedInTheFuture",
    "DecisionNotRecorded",
    "EndsBeforeItBegins",
    "Evidence",
    "NotInForce",
    "NothingDecided",
    "NumberNotForThisPaper",
    "RecipientTakesNoPart",
    "YesWithoutEvidence",
    "decide",
    "load_grounds",
    "open_disclosure",
    "record_disclosure",
    "withdraw_all",
    "withdraw_consent",
]
