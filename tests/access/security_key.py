"""A security key as a browser would have registered it."""

from hashlib import sha256
from typing import Any

from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

CREDENTIAL_ID = b"sleutel-van-de-casemanager"
PUBLIC_KEY = {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)}
"""Shape of an ES256 key (RFC 9053); nobody signs with it."""


def registered_key() -> dict[str, Any]:
    """What allauth keeps of a registration."""
    credential = AttestedCredentialData.create(Aaguid(bytes(16)), CREDENTIAL_ID, PUBLIC_KEY)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    known = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 0, credential)
    asked = CollectedClientData.create("webauthn.create", b"vraag", "http://testserver")
    return {
        "name": "sleutel",
        "credential": {
            "id": websafe_encode(CREDENTIAL_ID),
            "rawId": websafe_encode(CREDENTIAL_ID),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": websafe_encode(asked),
                "attestationObject": websafe_encode(AttestationObject.create("none", known, {})),
            },
        },
    }
