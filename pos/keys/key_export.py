"""Export the shop's keys to a file protected by a passphrase: for the other tills, and for the safe."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import unicodedata

from pos.application.maintenance.key_ports import WrongPassphrase
from pos.domain.errors import BadField
from pos.keys.keyfile import NAMES, ShopKeys

_KIND = "border-pos keys 1"
_SALT, _NONCE = 16, 12
_COST, _BLOCK, _LANES = 2**17, 8, 1
"""scrypt parameters: 128 MB and a third of a second per attempt."""
_MOST_COST = 2**20
"""Larger parameters in a file would only block the computer."""


def sealed(keys: ShopKeys, passphrase: str, *, cost: int = _COST) -> bytes:
    """Encrypt the keys: ChaCha20-Poly1305, its key by scrypt; the fingerprint beside them is authenticated."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    head = {"kind": _KIND, "keys": keys.fingerprint(), "cost": cost, "salt": salt.hex(), "nonce": nonce.hex()}
    content = json.dumps({name: getattr(keys, name).hex() for name in NAMES}).encode()
    closed = ChaCha20Poly1305(_key(passphrase, salt, cost)).encrypt(nonce, content, _covered(head))
    return json.dumps({**head, "content": base64.b64encode(closed).decode("ascii")}, indent=1).encode() + b"\n"


def opened(text: bytes, passphrase: str) -> ShopKeys:
    """Decrypt such a file. Raises BadField for another file, WrongPassphrase."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        envelope = json.loads(text)
        closed = base64.b64decode(envelope.pop("content"), validate=True)
        salt, nonce, cost = bytes.fromhex(envelope["salt"]), bytes.fromhex(envelope["nonce"]), envelope["cost"]
        is_ours = (
            envelope["kind"] == _KIND and isinstance(cost, int) and 1 < cost <= _MOST_COST and not cost & (cost - 1)
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise BadField("FILE", "not_keys") from None
    if not is_ours or (len(salt), len(nonce)) != (_SALT, _NONCE):
        raise BadField("FILE", "not_keys")
    try:
        content = json.loads(ChaCha20Poly1305(_key(passphrase, salt, cost)).decrypt(nonce, closed, _covered(envelope)))
    except InvalidTag:
        raise WrongPassphrase from None
    return ShopKeys(*(bytes.fromhex(content[name]) for name in NAMES))


def _covered(head: dict[str, object]) -> bytes:
    return json.dumps(head, sort_keys=True).encode()


def _key(passphrase: str, salt: bytes, cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same words, typed on another keyboard, may have other code points.
    text = unicodedata.normalize("NFKC", passphrase).encode(errors="surrogatepass")
    return Scrypt(salt=salt, length=32, n=cost, r=_BLOCK, p=_LANES).derive(text)
