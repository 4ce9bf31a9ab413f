"""What a till needs to take part, as one text that a person carries to it: address, credential and members' key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass

from pos.domain.errors import BadField

_PREFIX = "center1."
_LONGEST = 2_000
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class TillPass:
    """Never printed by itself: who has it acts as the till."""

    address: str
    credential: str
    members_key: bytes

    def to_text(self) -> str:
        """One line of letters and digits."""
        content = {"address": self.address, "credential": self.credential, "members": self.members_key.hex()}
        packed = base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
        return _PREFIX + packed

    @classmethod
    def from_text(cls, text: str) -> TillPass:
        """Raises BadField, which never repeats the text."""
        packed = text.strip().removeprefix(_PREFIX)
        try:
            if not text.strip().startswith(_PREFIX) or len(packed) > _LONGEST:
                raise ValueError
            content = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
            address, credential = content["address"], content["credential"]
            key = bytes.fromhex(content["members"])
            if not isinstance(address, str) or not isinstance(credential, str) or len(key) != _KEY_BYTES:
                raise ValueError
        except (ValueError, KeyError, TypeError, binascii.Error, RecursionError):
            raise BadField("pass", "not_a_till_pass") from None
        return cls(address, credential, key)

    def identity(self, document: str) -> str:
        """A document as the center is asked for it: no one without the members' key can try numbers."""
        return hmac.new(self.members_key, document.encode(), hashlib.sha256).hexdigest()


def credential_digest(credential: str) -> bytes:
    """What the center keeps of a credential, which has 256 random bits."""
    return hashlib.sha256(credential.encode()).digest()
