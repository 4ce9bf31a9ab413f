"""How WeChat Pay v3 is spoken to: each request is signed by the shop, each answer by WeChat.

A request: method, address, time, nonce and body, each ended by a line break. An answer: time, nonce and body. WeChat
names the key of an answer by `Wechatpay-Serial`: the serial number of a platform certificate, or `PUB_KEY_ID_…`. It
sends wrong signatures now and then on purpose, to see whether a shop notices; they count as lost answers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.partner_line.http_line import Reply
from pos.partner_line.json_answers import NotSetUp
from pos.payments.outcomes import Untrusted
from pos.payments.rsa_keys import is_signed, keys_of_certificates, private_key, public_key, signature

_SCHEME = "WECHATPAY2-SHA256-RSA2048"
_CLOCKS_DIFFER_BY = 300
"""Seconds: an answer that is older may be one that was seen before."""


class WeChatSigning:
    """Signs requests and verifies answers for one merchant. `clock` tells the time with its zone."""

    def __init__(self, credentials: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._credentials = credentials
        self._clock = clock

    def headers(self, method: str, path: str, body: str) -> dict[str, str]:
        """The headers of a request. Raises NotSetUp."""
        lacking = PROVIDER_KINDS["wechat"].lacking(self._credentials)
        if lacking:
            raise NotSetUp(lacking[0])
        when, nonce = str(self._now()), secrets.token_hex(16)
        signed = signature(self._key, f"{method}\n{path}\n{when}\n{nonce}\n{body}\n".encode())
        parts = {
            "mchid": self._credentials["merchant_id"],
            "nonce_str": nonce,
            "signature": signed,
            "timestamp": when,
            "serial_no": self._credentials["merchant_serial"],
        }
        headers = {
            "Authorization": f"{_SCHEME} " + ",".join(f'{name}="{value}"' for name, value in parts.items()),
            "Accept": "application/json",
            "Content-Type": "application/json",
        }
        if self._public_key_id:
            headers["Wechatpay-Serial"] = self._public_key_id
        return headers

    def verify(self, reply: Reply) -> None:
        """Raises Untrusted for an answer that WeChat has not signed for now, and NotSetUp."""
        found = [reply.headers.get(f"wechatpay-{name}", "") for name in ("serial", "timestamp", "nonce", "signature")]
        serial, when, nonce, signed = found
        if not all(found):
            raise Untrusted("none")
        key = self._keys.get(serial if serial.startswith("PUB_KEY_ID") else serial.upper().lstrip("0"))
        if key is None:
            raise Untrusted("serial")
        if not (when.isascii() and when.isdigit() and len(when) < 20):
            raise Untrusted("clock")
        if not is_signed(key, f"{when}\n{nonce}\n".encode() + reply.body + b"\n", signed):
            raise Untrusted("wrong")
        if abs(self._now() - int(when)) > _CLOCKS_DIFFER_BY:
            raise Untrusted("clock")

    @cached_property
    def _key(self) -> RSAPrivateKey:
        return private_key(self._credentials["merchant_key"], "merchant_key")

    @cached_property
    def _keys(self) -> Mapping[str, RSAPublicKey]:
        """By serial: old merchants have certificates, new ones a public key, and one that changes over has both."""
        keys: dict[str, RSAPublicKey] = {}
        if self._credentials.get("platform_certificates"):
            keys |= keys_of_certificates(self._credentials["platform_certificates"], "platform_certificates")
        if self._public_key_id:
            keys[self._public_key_id] = public_key(self._credentials["public_key"], "public_key")
        return keys

    @property
    def _public_key_id(self) -> str:
        """The name of WeChat's public key, empty where the shop verifies by certificates alone."""
        return self._credentials.get("public_key_id", "") if self._credentials.get("public_key") else ""

    def _now(self) -> int:
        return int(self._clock().timestamp())
