"""Stock documents on A4, in the two languages of the shop: a posted stock-take, and the lot accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pos.application.settings.settings import Settings
from pos.application.text.formatting import amount_text, date_text, instant_text, number_text
from pos.application.text.names import CATEGORIES, STOCK_LOCATIONS, STOCK_WHYS
from pos.application.text.translator import Translator
from pos.domain.money import CURRENCIES, Money
from pos.domain.stock.stock import LotBalance
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.joined_translator import NO_NAMES, JoinedTranslator
from pos.printing.drawing.list_sheet import ListColumn, ListDocument, list_pdf
from pos.printing.drawing.sheet import CONTENT
from pos.printing.drawing.training_mark import TRAINING


def count_pdf(
    content: Mapping[str, Any],
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    *,
    people: Mapping[str, str] = NO_NAMES,
    training: bool = False,
) -> bytes:
    """The posted differences of a stock-take, with their value."""
    both = JoinedTranslator.of(translators, settings.receipt_languages).naming(people)
    language = both.language
    currency = CURRENCIES[content["currency"]]

    def money(text: str | None) -> str:
        if text is None:
            return both("unknown")
        return amount_text(Money.parse(text, currency), language, plus=True)

    def at(text: str) -> str:
        return instant_text(datetime.fromisoformat(text), settings.zone, language)

    def row(one: Mapping[str, Any]) -> list[tuple[str, str]]:
        name = one["names"].get(language) or one["name"]
        return [
            (name, one["code"] if not one["lot"] else f"{one['code']} · {one['lot']}"),
            (number_text(one["expected"], language), ""),
            (number_text(one["counted"], language), ""),
            (number_text(one["difference"], language, plus=True), ""),
            (money(one["value"]), ""),
            (both.named(STOCK_WHYS, one["reason"]), one["note"]),
        ]

    scope = content["scope_value"]
    if content["scope"] == "category":
        scope = both.named(CATEGORIES, scope)
    elif content["scope"] == "all":
        scope = both("Everything")
    elif content["scope"] == "products":
        scope = both("Chosen products")
    counted_by = ", ".join(both.person(name) for name in dict.fromkeys(sheet["person"] for sheet in content["sheets"]))
    properties = [
        (both("Where"), both.named(STOCK_LOCATIONS, content["place"])),
        (both("What"), scope),
        (both("Counted by"), counted_by),
        (both("Started"), f"{at(content['begun']['at'])} · {both.person(content['begun']['person'])}"),
        (both("Posted on"), f"{at(content['posted']['at'])} · {both.person(content['posted']['person'])}"),
        (both("Match"), number_text(content["agreed"], language)),
        (both("Not counted"), number_text(content["not_counted"], language)),
    ]
    columns = [
        ListColumn(both("Product"), CONTENT - 318),
        ListColumn(both("Recorded stock"), 48, right=True),
        ListColumn(both("Found"), 50, right=True),
        ListColumn(both("Difference"), 56, right=True),
        ListColumn(f"{both('Value')}, {currency.code}", 66, right=True),
        ListColumn(both("Reason"), 98),
    ]
    sums = [(both("Value of the differences"), f"{money(content['value'])} {currency.code}")]
    if content["unknown"]:
        sums.append((both("Of unknown cost"), number_text(content["unknown"], language)))
    document = ListDocument(
        content["count"],
        both("Stock-take"),
        properties,
        columns,
        [row(one) for one in content["differences"]],
        sums,
        (f"{both('Counted by')}: {counted_by}", f"{both('Checked by')}:"),
        both(TRAINING) if training else "",
    )
    with DRAWING:
        return list_pdf(document, settings, both, fonts)


def lots_pdf(
    lots: Sequence[LotBalance],
    at: datetime,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    *,
    training: bool = False,
) -> bytes:
    """Lot accounts: in − sold + returned − destroyed ± workshop ± counted = on hand, the workshop if it had any."""
    both = JoinedTranslator.of(translators, settings.receipt_languages)
    language, has_workshop = both.language, any(one.workshop for one in lots)

    def number(value: int, *, plus: bool = False) -> tuple[str, str]:
        return (number_text(value, language, plus=plus) if value else "–", "")

    def row(one: LotBalance) -> list[tuple[str, str]]:
        expiry = "" if one.lot.expiry is None else date_text(one.lot.expiry, language)
        return [
            (one.lot.entry or "–", ""),
            (one.name_in(language), one.code),
            (one.lot.code, expiry),
            number(one.received),
            number(-one.sold),
            number(one.returned, plus=True),
            number(-one.destroyed),
            *([number(one.workshop, plus=True)] if has_workshop else []),
            number(one.other, plus=True),
            number(one.on_hand),
        ]

    columns = [
        ListColumn(both("Import document"), 88),
        ListColumn(both("Product"), CONTENT - 88 - 78 - (7 if has_workshop else 6) * 46),
        ListColumn(both("Lot"), 78),
        *(
            ListColumn(name, 46, right=True)
            for name in (
                both("Received"), both("Sold"), both("Returned"), both("Written off"),
                *([both("Workshop ±")] if has_workshop else []), both("Counts ±"), both("On hand"),
            )
        ),
    ]  # fmt: skip
    properties = [
        (both("As of"), instant_text(at, settings.zone, language)),
        (both("Lots"), number_text(len(lots), language)),
        (both("On hand"), number_text(sum(one.on_hand for one in lots), language)),
    ]
    title = both("Lot history")
    document = ListDocument(
        f"{at.astimezone(settings.zone):%Y-%m-%d}",
        title,
        properties,
        columns,
        [row(one) for one in lots],
        (),
        (both("Checked by"),),
        both(TRAINING) if training else "",
    )
    with DRAWING:
        return list_pdf(document, settings, both, fonts)
