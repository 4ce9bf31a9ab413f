"""How Alipay is spoken to: parameters signed in their order, and one node of the answer signed by Alipay.

RSA2: SHA-256 with RSA over `name=value` of all parameters that have a value, sorted and joined by `&`; over the very
text of the node of an answer, as it stands between the braces.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.partner_line.json_answers import NotSetUp, NotUnderstood, json_object
from pos.payments.outcomes import Untrusted
from pos.payments.rsa_keys import is_signed, private_key, public_key, signature

_BEIJING = timezone(timedelta(hours=8))
ERROR_NODE = "error_response"


class AlipaySigning:
    """Signs requests and verifies answers for one application. `clock` tells the time with its zone."""

    def __init__(self, credentials: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._credentials = credentials
        self._clock = clock

    def request(self, method: str, content: Mapping[str, Any]) -> tuple[str, bytes]:
        """The query and the body of a request. Raises NotSetUp."""
        lacking = PROVIDER_KINDS["alipay"].lacking(self._credentials)
        if lacking:
            raise NotSetUp(lacking[0])
        query = {
            "app_id": self._credentials["app_id"],
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": f"{self._clock().astimezone(_BEIJING):%Y-%m-%d %H:%M:%S}",
            "version": "1.0",
        }
        body = {"biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":"))}
        query["sign"] = signature(self._key, in_order(query | body).encode())
        return urlencode(query), urlencode(body).encode("ascii")

    def node(self, method: str, text: str) -> tuple[str, Mapping[str, Any]]:
        """The name and the content of the node of an answer. Raises Untrusted, NotUnderstood and NotSetUp.

        A node of errors may come without a signature: where the application or its key is unknown Alipay signs nothing.
        """
        nodes = top_level(text)
        name = method.replace(".", "_") + "_response"
        found = name if name in nodes else ERROR_NODE
        if found not in nodes:
            raise NotUnderstood("node")
        if "sign" not in nodes and found == ERROR_NODE:
            return found, json_object(nodes[found])
        signed = json.loads(nodes["sign"]) if "sign" in nodes else None
        if not isinstance(signed, str):
            raise Untrusted("none")
        if not is_signed(self._alipay_key, nodes[found].encode(), signed):
            raise Untrusted("wrong")
        return found, json_object(nodes[found])

    @cached_property
    def _key(self) -> RSAPrivateKey:
        return private_key(self._credentials["app_key"], "app_key")

    @cached_property
    def _alipay_key(self) -> RSAPublicKey:
        return public_key(self._credentials["alipay_public_key"], "alipay_public_key")


def in_order(parameters: Mapping[str, str]) -> str:
    """What of the parameters is signed."""
    return "&".join(f"{name}={value}" for name, value in sorted(parameters.items()) if value and name != "sign")


def top_level(text: str) -> dict[str, str]:
    """The members of the object in a text, each as it is written there. Raises NotUnderstood.

    A name that comes twice is refused: the reader and the verifier of a signature might take different ones.
    """
    reader = json.JSONDecoder()
    members: dict[str, str] = {}
    try:
        at = _skipped(text, 0, "{")
        while True:
            name, at = reader.raw_decode(text, _skipped(text, at))
            begin = _skipped(text, _skipped(text, at), ":")
            begin = _skipped(text, begin)
            _, at = reader.raw_decode(text, begin)
            if not isinstance(name, str) or name in members:
                raise NotUnderstood("json")
            members[name] = text[begin:at]
            at = _skipped(text, at)
            if text[at] == "}":
                break
            at = _skipped(text, at, ",")
    except (ValueError, IndexError, RecursionError):
        raise NotUnderstood("json") from None
    if text[at + 1 :].strip():
        raise NotUnderstood("json")
    return members


def _skipped(text: str, at: int, wanted: str = "") -> int:
    """The place behind blanks, and behind the wanted character after them. Raises ValueError where that is another."""
    while text[at].isspace():
        at += 1
    if wanted and text[at] != wanted:
        raise ValueError("another character")
    return at + len(wanted)
