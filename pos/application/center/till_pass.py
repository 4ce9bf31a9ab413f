"""What a till needs to take part, as one text that a person carries to it: address, credential and members' key."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from pos.domain.errors import BadField

_PREFIX = "center1."
_LONGEST = 2_000
_KEY_BYTES = 32


_MOST_FORMER = 8


@dataclass(frozen=True, slots=True, repr=False)
class FormerKey:
    """A members' key of before, and until when documents are sent under it, too."""

    key: bytes
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class TillPass:
    """Never printed by itself: who has it acts as the till."""

    address: str
    credential: str
    members_key: bytes
    former: tuple[FormerKey, ...] = ()

    def to_text(self) -> str:
        """One line of letters and digits."""
        content: dict[str, object] = {
            "address": self.address,
            "credential": self.credential,
            "members": self.members_key.hex(),
        }
        if self.former:
            content["former"] = [[each.key.hex(), each.until.isoformat()] for each in self.former]
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
            former = tuple(FormerKey(bytes.fromhex(old), _instant(until)) for old, until in content.get("former", ()))
            keys = [key, *(each.key for each in former)]
            if not isinstance(address, str) or not isinstance(credential, str) or len(former) > _MOST_FORMER:
                raise ValueError
            if any(len(each) != _KEY_BYTES for each in keys):
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError):
            raise BadField("pass", "not_a_till_pass") from None
        return cls(address, credential, key, former)

    @property
    def digest(self) -> str:
        """Tells one pass from another, and nothing of it."""
        return hashlib.sha256(self.to_text().encode()).hexdigest()

    def identity(self, document: str) -> str:
        """A document as the center is asked for it: no one without the members' key can try numbers."""
        return _identity(self.members_key, document)

    def identities(self, document: str, now: datetime) -> tuple[str, ...]:
        """The same under the key in use and under each of before that still counts: all of them are sent."""
        former = [each.key for each in self.former if now < each.until]
        return tuple(_identity(key, document) for key in (self.members_key, *former))


def _identity(key: bytes, document: str) -> str:
    return hmac.new(key, document.encode(), hashlib.sha256).hexdigest()


def _instant(text: str) -> datetime:
    """Raises ValueError for an instant without a zone, too."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError
    return instant


def credential_digest(credential: str) -> bytes:
    """What the center keeps of a credential, which has 256 random bits."""
    return hashlib.sha256(credential.encode()).digest()
