"""What a receipt says, as rows: evidence for the customs desk, proof for the buyer, in the shop's pair of languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from pos.application.figures import amount_text, instant_text, number_text, percent_text, time_text
from pos.application.names import CITIES
from pos.application.settings import Settings
from pos.application.words import N_, Words
from pos.domain.quota.rule import Regime
from pos.domain.sale import Sale, SaleLine
from pos.printing.both_words import BothWords
from pos.printing.printable import printable
from pos.printing.receipt_payment import payment_rows
from pos.printing.receipt_quota import QuotaPart, name_in
from pos.printing.rows import Banner, Barcode, Heading, Line, Pair, Qr, Row, Text

_NAME = 90
"""Of a longer name the rest is no use on paper."""

_NOT_FISCAL = N_("Not a fiscal receipt")


def receipt_rows(
    sale: Sale,
    settings: Settings,
    words: Mapping[str, Words],
    regimes: Mapping[str, Regime],
    seal: str,
    key_name: str,
    copy: int = 0,
    lacks: Callable[[str], bool] = lambda _: False,
) -> tuple[Row, ...]:
    """The receipt of a sale; `copy` 0 is the original.

    `words` holds all languages by code: the settings choose the pair, and the fiscal mark stands in Kazakh and
    Russian whatever the pair is. `lacks` tells whether the font has none of a text's letters: then the code of
    the goods stands for a name that would be boxes.
    """
    both_words = BothWords.of(words, settings.receipt_languages)
    quota = QuotaPart.of(sale, both_words, regimes)
    rows: list[Row] = []
    if copy:
        rows.append(Banner(both_words("COPY {n}", n=copy)))
    rows += _head(sale, settings, both_words)
    rows.append(Line())
    for line in sale.lines:
        rows += _line(line, quota, both_words, lacks)
    rows.append(Line(solid=True))
    rows += payment_rows(sale, both_words, settings.zone)
    rows.append(Line())
    rows += quota.rows()
    rows += (Line(), Barcode(sale.receipt))
    offline = both_words.apart(N_("Scan to check this receipt offline"))
    rows.append(Qr(seal, (*offline, f"Ed25519 · {key_name}")))
    rows.append(Line())
    if not settings.fiscal_device:
        rows += (Text(words[code](_NOT_FISCAL), centered=True, bold=True) for code in ("ru", "kk"))
    thanks = both_words.apart(N_("Thank you for your purchase"))
    rows += (Text(said, centered=True) for said in thanks)
    return tuple(rows)


def _head(sale: Sale, settings: Settings, both_words: BothWords) -> Iterator[Row]:
    if settings.shop_name:
        yield Heading(printable(settings.shop_name))
    for address in dict.fromkeys((settings.address_1, settings.address_2)):
        if address:
            yield Text(printable(address), centered=True, small=True)
    yield Line()
    yield Pair(both_words("Receipt"), sale.receipt, bold=True)
    yield Pair(both_words("Till {till}", till=sale.till), printable(sale.cashier, 40))
    yield Pair(
        instant_text(sale.at, settings.zone, both_words.language),
        _clocks(sale.at, settings.time_zone, both_words),
        small=True,
    )


def _clocks(at: datetime, own: str, both_words: BothWords) -> str:
    """The offset of the shop's clock, and what the clock on the other side of the border shows."""
    local = at.astimezone(ZoneInfo(own))
    offset = f"{local:%z}"
    others = (
        f"{both_words.named(CITIES, zone)} {time_text(at.astimezone(ZoneInfo(zone)))}" for zone in CITIES if zone != own
    )
    return f"UTC{offset[:3]}:{offset[3:5]} ({', '.join(others)})"


def _line(line: SaleLine, quota: QuotaPart, both_words: BothWords, lacks: Callable[[str], bool]) -> Iterator[Row]:
    language = both_words.language
    names = both_words.by(lambda words: _printed_name(line, words.language, lacks))
    yield Pair(names[0], amount_text(line.amount, language), bold=True)
    yield from (Text(name) for name in names[1:])
    each = f"{number_text(line.quantity, language)} × {amount_text(line.unit_price, language)}"
    yield Pair(each, quota.of_line(line), small=True)
    if line.discount:
        yield Pair(_discount(line, both_words), "", small=True)
    if line.taxed:
        said = both_words.by(lambda words: words("To declare: {n}", n=number_text(line.taxed, language)))
        yield Text(" / ".join(said), bold=True, small=True)


def _printed_name(line: SaleLine, language: str, lacks: Callable[[str], bool]) -> str:
    name = printable(name_in(line, language), _NAME)
    return name if name and not lacks(name) else f"{name} {line.code}".strip()


def _discount(line: SaleLine, both_words: BothWords) -> str:
    """What was taken off, and as a percentage where it is an even one."""
    language = both_words.language
    share = Fraction(line.discount.minor * 100, line.unit_price.minor * line.quantity)
    even = (share * 100).denominator == 1
    percent = f"{percent_text(-share, language)}  " if even else ""
    return f"{both_words('Discount')} {percent}{amount_text(-line.discount, language)}"
