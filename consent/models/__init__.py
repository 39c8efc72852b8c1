"""On which ground may content be shared: consents, statutory grounds and the register of disclosures.

Only the consent app imports this package (architecture 7). Others ask :mod:`consent.visibility`.
"""

from consent.models.grounds import (
    FRAME_KINDS,
    OWN_CHANNEL,
    Answer,
    CaseGround,
    Consent,
    Disclosure,
    Evidence,
    GroundCode,
    RowKind,
    StatutoryGround,
)
from consent.models.third_parties import ThirdPartyConsent, ThirdPartyRole
from consent.scan import Scan

__all__ = [
    "FRAME_KINDS",
    "OWN_CHANNEL",
    "Answer",
    "CaseGround",
    "Consent",
    "Disclosure",
    "Evidence",
    "GroundCode",
    "RowKind",
    "Scan",
    "StatutoryGround",
    "ThirdPartyConsent",
    "ThirdPartyRole",
]
