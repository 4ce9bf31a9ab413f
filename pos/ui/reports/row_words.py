"""Row texts of a day: currencies, methods, destinations, people, goods, and excesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pos.application.text.border_words import country_text
from pos.application.text.countries import nationality_name
from pos.application.text.formatting import date_text, money_text, number_text, percent_text, pieces_text
from pos.application.text.names import CATEGORIES, METHODS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, strung
from pos.domain.money import CURRENCIES, Money
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.report_slice import ReportSlice
from pos.domain.reports.rounded_parts import parts_of_whole, whole_units
from pos.domain.reports.slow_goods import SlowProduct
from pos.domain.reports.trade_figures import GoodsShare, Share
from pos.domain.shifts.shift_report import PaymentSum
from pos.ui.reports.drawn_slice import DrawnSlice
from pos.ui.reports.payment_card import SHADES, shade_of

MANY = 8
"""Rows shown one by one; the others are summed in one row."""


def with_receipts(share: Share, tr: Translator) -> str:
    """An amount with its number of receipts: ¥ 1,020.00, 3 receipts."""
    n = number_text(share.count, tr.language)
    receipts = tr.plural("{n} receipt", "{n} receipts", share.count, n=n)
    return strung(tr, (money_text(share.amount, tr.language), receipts))


def currencies(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """Net intake in each currency by value, change deducted: the sum equals sales."""
    values = _kept(report, lambda paid: paid.amount.currency.code)
    codes = [code for code in CURRENCIES if values[code]]
    parts = _parts([Money(values[code], report.currency) for code in codes])
    return [
        _part(ReportSlice("currency", code), code, part, shade_of(CURRENCIES[code]), tr)
        for code, part in zip(codes, parts, strict=True)
    ]


def methods(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """Net intake by payment method and value, change deducted."""
    values = _kept(report, lambda paid: paid.method)
    ways = [way for way, _ in values.most_common()]
    parts = _parts([Money(values[way], report.currency) for way in ways])
    return [
        _part(ReportSlice("method", way), name_of(METHODS, way, tr), part, "chart_1", tr)
        for way, part in zip(ways, parts, strict=True)
    ]


def _kept(report: DayReport, key: Callable[[PaymentSum], str]) -> Counter[str]:
    values: Counter[str] = Counter()
    for paid in report.payments:
        values[key(paid)] += paid.value.minor
    for given in report.change:
        values[key(given)] -= given.value.minor
    return values


def destinations(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """Sales by destination."""
    shares = sorted(report.by_destination, key=lambda share: -share.amount.minor)
    parts = _parts([share.amount for share in shares])
    return [
        _part(ReportSlice("destination", one.name), side_text(one.name, tr), part, shade, tr, one)
        for one, part, shade in zip(shares, parts, SHADES[::2])
    ]


def side_text(side: str, tr: Translator) -> str:
    """The destination of a visitor."""
    return country_text(side, tr) if side else tr("unknown")


def nationality_text(letters: str, tr: Translator) -> str:
    """The nationality of a passport, by its three letters."""
    return nationality_name(letters, tr) or tr("unknown")


def nationalities(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """Sales by nationality."""
    return _shares("nationality", report.by_nationality, lambda name: nationality_text(name, tr), tr)


def cashiers(report: DayReport, names: Mapping[str, str], tr: Translator) -> list[DrawnSlice]:
    """Sales by cashier."""
    return _shares("cashier", report.by_cashier, lambda name: names.get(name, name), tr)


def tills(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """Sales by till; empty if there is only one."""
    return _shares("till", report.by_till, str, tr) if len(report.by_till) > 1 else []


def categories(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """Sales by category."""
    shares = sorted(report.by_category, key=lambda share: -share.amount.minor)
    rest, shown = shares[MANY:], shares[:MANY]
    if rest:
        amount = sum((share.amount for share in rest[1:]), rest[0].amount)
        shown.append(GoodsShare("", sum(share.pieces for share in rest), amount))
    units = whole_units([share.amount for share in shown])
    slices = [
        _goods("category", share, name_of(CATEGORIES, share.code, tr), tr, whole)
        for share, whole in zip(shown[:MANY], units)
    ]
    if rest:
        slices.append(_rest(_goods("", shown[-1], _more(len(rest), tr), tr, units[-1])))
    return slices


def products(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """The products with the highest sales."""
    shown = report.top_products[:MANY]
    return [_goods("product", share, _named(share.names or {}, share.name or share.code, tr), tr) for share in shown]


def slow(goods: Sequence[SlowProduct], tr: Translator) -> list[DrawnSlice]:
    """Products on the floor without sales, with their stock. They have no receipts."""
    language, slices = tr.language, []
    for one in goods:
        name = _named(one.names, one.name, tr)
        value = tr("unknown") if one.value is None else money_text(one.value, language)
        last = tr("never sold") if one.last_sold is None else date_text(one.last_sold, language)
        spoken = labelled(tr, name, strung(tr, (last, pieces_text(one.on_hand, tr), value)))
        shown = "–" if one.value is None else number_text(one.value.units, language)
        size = 0 if one.value is None else one.value.minor
        slices.append(DrawnSlice(None, name, size, spoken, (last, number_text(one.on_hand, language), shown)))
    return slices


def over(report: DayReport, tr: Translator) -> list[DrawnSlice]:
    """How many receipts exceeded an allowance, and the outcome."""
    language, quotas, slices = tr.language, report.over, []
    if quotas is not None and quotas.over:
        n, amount = number_text(quotas.over, language), money_text(quotas.over_amount, language)
        name = tr("Over the allowance")
        slices.append(
            DrawnSlice(
                ReportSlice("over"),
                name,
                quotas.over,
                labelled(tr, name, strung(tr, (n, amount))),
                (n,),
                token="over",
            )
        )
    if quotas is not None and quotas.dutiable:
        n, pieces = number_text(quotas.dutiable, language), pieces_text(quotas.dutiable_pieces, tr)
        name = tr("With goods to declare")
        slices.append(
            DrawnSlice(
                ReportSlice("dutiable"),
                name,
                quotas.dutiable,
                labelled(tr, name, strung(tr, (n, pieces))),
                (n,),
                token="over",
            )
        )
    away = report.turned_away
    if away is not None and away.baskets:
        n, name = number_text(away.baskets, language), tr("Turned away")
        left = tr("sold after goods were removed: {n}", n=number_text(away.left_behind, language))
        slices.append(
            DrawnSlice(None, name, away.baskets, labelled(tr, name, strung(tr, (n, left))), (n,), token="over")
        )
    refused = report.quota.get("refuse", 0)
    if refused:
        n, name = number_text(refused, language), tr("Sold with approval after refusal")
        slices.append(
            DrawnSlice(ReportSlice("verdict", "refuse"), name, refused, labelled(tr, name, n), (n,), token="over")
        )
    return slices


def _rest(drawn: DrawnSlice) -> DrawnSlice:
    """Many small rows combined have no bar: it would be the longest, and is not one item."""
    return replace(drawn, value=0)


def _more(count: int, tr: Translator) -> str:
    return tr.plural("{n} more", "{n} more", count, n=number_text(count, tr.language))


def _named(names: Mapping[str, str], name: str, tr: Translator) -> str:
    return names.get(tr.language) or name


def _shares(kind: str, shares: Sequence[Share], named: Callable[[str], str], tr: Translator) -> list[DrawnSlice]:
    ordered = sorted(shares, key=lambda share: -share.amount.minor)
    rest, shown = ordered[MANY:], ordered[:MANY]
    if rest:
        amount = sum((share.amount for share in rest[1:]), rest[0].amount)
        shown.append(Share("", sum(share.count for share in rest), amount))
    units = whole_units([share.amount for share in shown])
    slices = [_share(kind, share, named(share.name), whole, tr) for share, whole in zip(shown[:MANY], units)]
    if rest:
        slices.append(_rest(_share("", shown[-1], _more(len(rest), tr), units[-1], tr)))
    return slices


def _share(kind: str, share: Share, name: str, whole: int, tr: Translator) -> DrawnSlice:
    cells = (number_text(share.count, tr.language), number_text(whole, tr.language))
    behind = ReportSlice(kind, share.name) if kind else None
    return DrawnSlice(behind, name, share.amount.minor, labelled(tr, name, with_receipts(share, tr)), cells)


def _goods(kind: str, share: GoodsShare, name: str, tr: Translator, whole: int | None = None) -> DrawnSlice:
    """`whole` are the units of a share that stands beside all others."""
    units = share.amount.units if whole is None else whole
    cells = (number_text(share.pieces, tr.language), number_text(units, tr.language))
    sold = strung(tr, (money_text(share.amount, tr.language), pieces_text(share.pieces, tr)))
    spoken = labelled(tr, name, sold)
    return DrawnSlice(ReportSlice(kind, share.code) if kind else None, name, share.amount.minor, spoken, cells)


_Part = tuple[Money, int, int]
"""A part of a whole: its amount, in whole units, and in per cent."""


def _parts(amounts: Sequence[Money]) -> list[_Part]:
    return list(zip(amounts, whole_units(amounts), parts_of_whole(amounts), strict=True))


def _part(
    behind: ReportSlice, name: str, of_whole: _Part, token: str, tr: Translator, share: Share | None = None
) -> DrawnSlice:
    amount, units, part = of_whole
    is_little = not part and amount.minor > 0
    percent = f"< {percent_text(1, tr.language, 0)}" if is_little else percent_text(part, tr.language, 0)
    figures = money_text(amount, tr.language) if share is None else with_receipts(share, tr)
    cells = (number_text(units, tr.language), percent)
    return DrawnSlice(
        behind,
        name,
        amount.minor,
        labelled(tr, name, strung(tr, (figures, percent))),
        cells,
        token=token,
        strong=0,
    )
