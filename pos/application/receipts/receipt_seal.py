"""The seal of a receipt or a return: the signed text in its QR code, verified with the shop's public key alone."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale

_KIND = "BPOS1"
_CONTENT = re.compile(
    _KIND + r"\|(?P<receipt>[A-Z][A-Z0-9]{0,7}-[0-9]{6,9})"
    r"\|(?P<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)"
    r"\|(?P<currency>[A-Z]{3})\|(?P<amount>-?[0-9]{1,12}(?:\.[0-9]{1,4})?)"
    r"\|(?P<chain>[0-9a-f]{0,12})\|(?P<key>[0-9A-F]{8})"
)
_SIGNATURE_LENGTH = 64

Verify = Callable[[bytes, bytes, bytes], bool]
"""(public key, signature, content) → whether the key made the signature of the content."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The content of a receipt's QR code: number, instant, total, anchor of the chain, name of the key, signature.

    It contains no visitor data.
    """

    receipt: str
    at: datetime
    total: Money
    chain: str
    key_name: str
    signature: bytes

    @property
    def content(self) -> bytes:
        """The bytes that are signed."""
        instant = self.at.astimezone(UTC)
        parts = (
            _KIND,
            self.receipt,
            f"{instant:%Y-%m-%dT%H:%M:%S}Z",
            self.total.currency.code,
            str(self.total),
            self.chain,
            self.key_name,
        )
        return "|".join(parts).encode("ascii")

    @property
    def text(self) -> str:
        """The text of the QR code."""
        signature = base64.urlsafe_b64encode(self.signature).rstrip(b"=").decode("ascii")
        return f"{self.content.decode('ascii')}|{signature}"

    def is_genuine(self, public_key: bytes, verify: Verify) -> bool:
        """Whether the shop of this public key (32 raw bytes) signed it, and nothing was changed since."""
        return verify(public_key, self.signature, self.content)


def seal(sale: Sale, sign: Callable[[bytes], bytes], key_name: str) -> Seal:
    """Sign the identifying data of a recorded sale."""
    unsigned = Seal(sale.receipt, sale.at, sale.total, sale.mac[:12], key_name, b"")
    return Seal(sale.receipt, sale.at, sale.total, sale.mac[:12], key_name, sign(unsigned.content))


def read_seal(text: str, field: str = "receipt") -> Seal:
    """Read the text of a QR code; raises BadField naming `field`. A readable text is not necessarily genuine."""
    content, _, signature = text.strip().rpartition("|")
    match = _CONTENT.fullmatch(content)
    if match is None:
        raise BadField(field, "not_a_seal", text[:40])
    try:
        at = datetime.strptime(match["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        total = Money.parse(match["amount"], _currency(match["currency"], match["amount"]), field)
        raw = base64.b64decode(signature.encode("ascii") + b"==", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise BadField(field, "not_a_seal", text[:40]) from None
    read = Seal(match["receipt"], at, total, match["chain"], match["key"], raw)
    if len(raw) != _SIGNATURE_LENGTH or read.text != text.strip():
        # One seal has one text: another spelling of the same bytes is forged.
        raise BadField(field, "not_a_seal", text[:40])
    return read


def return_seal(back: GoodsReturn, sign: Callable[[bytes], bytes], key_name: str) -> Seal:
    """Sign the identifying data of a recorded return."""
    unsigned = Seal(back.receipt, back.at, -back.total, back.mac[:12], key_name, b"")
    return replace(unsigned, signature=sign(unsigned.content))


@dataclass(frozen=True, slots=True)
class ReceiptSaid:
    """The seal read from the text, and whether this shop signed it; `seal` is None if the text is none."""

    seal: Seal | None
    is_genuine: bool


def verify_receipt(text: str, public_key: bytes, verify: Verify) -> ReceiptSaid:
    """Verify the text of a QR code."""
    try:
        seal = read_seal(text)
    except BadField:
        return ReceiptSaid(None, False)
    return ReceiptSaid(seal, seal.is_genuine(public_key, verify))


def _currency(code: str, amount: str) -> Currency:
    """The currency of an amount; one of another border has as many decimals as are printed, which is all of them."""
    return CURRENCIES.get(code) or Currency(code, len(amount.partition(".")[2]))
