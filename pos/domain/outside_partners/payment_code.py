"""Payment codes: what a customer's phone shows and the shop scans, distinguished from goods and from documents.

Shapes: WeChat Pay 18 digits that begin with 10 to 15 (documented), Alipay and the wallets of Alipay+ 16 to 24 digits
that begin with 25 to 30 (documented; the wallets' prefix from memory), UnionPay 19 digits that begin with 62 (from
memory). No code of a product has one of these shapes: a GTIN has at most 14 digits, and so has what a scale in a shop
prints. A PRC identity number of the provinces 11 to 15 has that of WeChat Pay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum

from pos.domain.catalogue.barcode import is_element_string, without_symbology
from pos.domain.visitors.national_number import is_prc_id

_SHAPES = {
    "wechat": re.compile(r"1[0-5][0-9]{16}"),
    "alipay": re.compile(r"(?:2[5-9]|30)[0-9]{14,22}"),
    "unionpay": re.compile(r"62[0-9]{17}"),
}
SCHEMES = tuple(_SHAPES)
_PRODUCT_SYMBOLOGIES = ("]E", "]e")
"""EAN, UPC and DataBar: by the scanner's prefix it is the code of a product, whatever its digits."""
_SHOWN = 4


@dataclass(frozen=True, slots=True, repr=False)
class PaymentCode:
    """A code with which money can be taken from its owner for about a minute. `scheme` is one of SCHEMES.

    `digits` go to the provider and nowhere else: in words, logs and reprs stand the last four.
    """

    scheme: str
    digits: str = field(repr=False)

    def __str__(self) -> str:
        return f"…{self.digits[-_SHOWN:]}"

    def __repr__(self) -> str:
        """As `str`: a repr ends in logs and in pictures of a crash."""
        return f"PaymentCode({self.scheme}, {self})"

    @property
    def may_be_identity_number(self) -> bool:
        """Whether it is a PRC identity number, too: it has a possible birth date and the right check digit.

        One payment code in some twenty thousand is. It never goes to a provider: a fresh code is there in a moment.
        """
        return is_prc_id(self.digits)


class ScanKind(Enum):
    """What a scanned text is, as far as its digits say."""

    OTHER = "other"
    """Neither: goods, documents and quick codes are looked for as always."""
    PAYMENT = "payment"
    """A payment code, and never a product."""
    DOCUMENT = "document"
    """At the checkout: an identity number that has the shape of a payment code."""
    QUESTION = "question"
    """At the payment: the same; the person is asked, and a customer who wants to pay shows a fresh code."""


def payment_code(text: str) -> PaymentCode | None:
    """The payment code in a scanned or typed text; None where it has not the shape of one."""
    text = text.strip()
    if text.startswith(_PRODUCT_SYMBOLOGIES) or is_element_string(text):
        return None
    digits = without_symbology(text)
    for scheme, shape in _SHAPES.items():
        if shape.fullmatch(digits):
            return PaymentCode(scheme, digits)
    return None


def kind_of_scan(text: str, *, paying: bool) -> tuple[ScanKind, PaymentCode | None]:
    """What a text is that was scanned while a payment is open, or on the checkout, and the code in it."""
    code = payment_code(text)
    if code is None:
        return ScanKind.OTHER, None
    if code.may_be_identity_number:
        return (ScanKind.QUESTION if paying else ScanKind.DOCUMENT), code
    return ScanKind.PAYMENT, code
