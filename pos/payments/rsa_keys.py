"""Keys of the shop and of a provider: read from the text of a file, SHA-256 with RSA (PKCS #1 v1.5) in base64."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

from pos.partner_line.json_answers import NotSetUp

T = TypeVar("T")

_PEM = "-----BEGIN"


def private_key(text: str, field: str) -> RSAPrivateKey:
    """The shop's key, in PEM or as the bare base64 that Alipay's tool writes. Raises NotSetUp naming the field."""

    def read() -> object:
        if _PEM in text:
            return load_pem_private_key(text.strip().encode(), None)
        return load_der_private_key(_bare(text), None)

    key = _read(read, field)
    if not isinstance(key, RSAPrivateKey):
        raise NotSetUp(field)
    return key


def public_key(text: str, field: str) -> RSAPublicKey:
    """The provider's key, in PEM or as bare base64. Raises NotSetUp naming the field."""
    key = _read(lambda: load_pem_public_key(text.encode()) if _PEM in text else load_der_public_key(_bare(text)), field)
    if not isinstance(key, RSAPublicKey):
        raise NotSetUp(field)
    return key


def keys_of_certificates(text: str, field: str) -> dict[str, RSAPublicKey]:
    """The keys in one or several certificates in PEM, by serial number as WeChat writes it: hex in capitals."""
    certificates = _read(lambda: x509.load_pem_x509_certificates(text.encode()), field)
    keys = {f"{one.serial_number:X}": one.public_key() for one in certificates}
    found = {serial: key for serial, key in keys.items() if isinstance(key, RSAPublicKey)}
    if not found:
        raise NotSetUp(field)
    return found


def signature(key: RSAPrivateKey, content: bytes) -> str:
    """The signature over bytes, in base64."""
    return base64.b64encode(key.sign(content, PKCS1v15(), SHA256())).decode("ascii")


def is_signed(key: RSAPublicKey, content: bytes, signature: str) -> bool:
    """Whether the owner of the key has signed these bytes."""
    try:
        key.verify(base64.b64decode(signature, validate=True), content, PKCS1v15(), SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _bare(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)


def _read(read: Callable[[], T], field: str) -> T:
    """What `read` makes of the text of a key. Raises NotSetUp, which does not repeat the library's words."""
    try:
        return read()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        pass
    raise NotSetUp(field)
