"""A return in words: its lines, the refunds, the effect on the allowance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pos.application.returns.return_draft import ReturnDraft
from pos.application.text.formatting import kg_text, money_text, number_text, pieces_text, rate_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, noted
from pos.domain.catalogue.piece import short_serial
from pos.domain.money import Currency, Money, total
from pos.domain.payment.tender import DEPOSIT, EXCHANGE, Change
from pos.domain.returns.goods_return import NothingLeftToReturn, Refund, RefundByProvider
from pos.domain.sales.sale import SaleLine
from pos.ui.widgets.cards.verdict_card import VerdictView
from pos.ui.widgets.drawing.tone import Tone

BETWEEN = " · "
DISPOSITION_NAMES: Mapping[str, str] = {"shelf": N_("To shelf"), "quarantine": N_("Set aside"), "waste": N_("Waste")}
DISPOSITION_ICONS: Mapping[str, str] = {"shelf": "package-check", "quarantine": "eye", "waste": "trash-2"}


@dataclass(frozen=True, slots=True)
class LineText:
    """One line of the receipt: sold, returned earlier (`before`), left, returned `now`.

    `comes`: some of it is returned now; `gone`: no more of it can be returned.
    """

    name: str
    code: str
    sold: str
    before: str
    left: str
    each: str
    now: str
    to: str
    to_icon: str
    comes: bool
    gone: bool
    spoken: str

    @classmethod
    def of(cls, line: SaleLine, hand: ReturnDraft, tr: Translator) -> LineText:
        """The text of a line of the current return."""
        language, returned = tr.language, hand.of_line(line.line)
        before, left = hand.came_back(line.line), hand.left(line.line)
        each = Money.rounded(Fraction(line.amount.units) / line.quantity, line.amount.currency)
        name, carrier = goods_name(line, tr), carrier_text(line, hand)
        to = name_of(DISPOSITION_NAMES, returned.to, tr)
        parts = [part for part in (name, carrier, pieces_text(left, tr), money_text(each, language)) if part]
        if returned.quantity:
            parts.append(tr("{pieces} returned, to: {place}", pieces=pieces_text(returned.quantity, tr), place=to))
        return cls(
            name=name,
            code=BETWEEN.join(part for part in (carrier, _code(line, language)) if part),
            sold=number_text(line.quantity, language),
            before=number_text(before, language) if before else "–",
            left=number_text(left, language),
            each=money_text(each, language),
            now=number_text(returned.quantity, language),
            to=to,
            to_icon=DISPOSITION_ICONS[returned.to],
            comes=bool(returned.quantity),
            gone=not left,
            spoken=", ".join(parts),
        )


def carrier_text(line: SaleLine, hand: ReturnDraft) -> str:
    """Whose goods a line of a party is: their letter on the receipt and the end of their document number."""
    visitors = hand.returnable.sale.visitors
    carrier = next((one for one in visitors if one.label == line.carrier), None)
    return "" if carrier is None or len(visitors) < 2 else f"{carrier.label} {carrier.masked}"


def _code(line: SaleLine, language: str) -> str:
    """The code, and the identity of a single piece: its weight, its number, its lot."""
    weight = "" if line.grams is None else kg_text(Fraction(line.grams, 1000), language)
    serial = "" if line.serial is None else f"№ {short_serial(line.serial)}"
    return BETWEEN.join(part for part in (line.code, weight, serial, line.lot or "") if part)


def goods_name(line: SaleLine, tr: Translator) -> str:
    """The name of the sold goods, in the current language if it has one."""
    return line.names.get(tr.language) or line.name


def refund_title(refund: Refund, tr: Translator) -> str:
    """Cash CNY."""
    return way_text(refund.method, refund.amount.currency.code, tr)


def way_text(method: str, code: str, tr: Translator) -> str:
    """A method of payment or refund: Card KZT."""
    return f"{name_of(METHODS, method, tr)} {code}"


def refund_detail(refund: Refund, price: Currency, tr: Translator) -> str:
    """The rate and the value of a refund; in the price currency by card it says why."""
    currency, language = refund.amount.currency, tr.language
    if currency == price:
        return _why(refund, tr)
    if refund.rate >= 1:
        rate = rate_text(_short(refund.rate), price, currency, language)
    else:
        rate = rate_text(_short(1 / refund.rate), currency, price, language)
    return BETWEEN.join((rate, money_text(refund.value, language)))


def refund_explained(refund: Refund, price: Currency, tr: Translator) -> str:
    """The rate and the value of a refund; one by card says why, whatever its currency."""
    detail, why = refund_detail(refund, price, tr), _why(refund, tr)
    return detail if why in detail else BETWEEN.join((detail, why))


def _why(refund: Refund, tr: Translator) -> str:
    if refund.method == EXCHANGE:
        return origin_text(refund.origin, tr)
    if refund.method == DEPOSIT:
        return tr("stands on its order again, not given to the customer")
    return "" if refund.method == "cash" else tr("refunded as it was paid")


def origin_text(origin: str | None, tr: Translator) -> str:
    """By what goods given in exchange had been paid; empty where that was not recorded, or is no exchange."""
    return "" if origin is None else tr("originally paid: {way}", way=name_of(METHODS, origin, tr))


def _short(rate: Fraction) -> Fraction:
    """A rate to four decimals, as the payment writes it."""
    return Fraction(round(rate * 10_000), 10_000)


def further_refunds(
    back: Sequence[Refund], change: Sequence[Change], tr: Translator, name: Callable[[str], str] | None = None
) -> str:
    """What goes to the customer beside the first refund; each with its way where the ways differ.

    `name` says what a way is called, where that is in more than one language.
    """
    ways = [*((one.method, one.amount) for one in back), *(("cash", part.amount) for part in change)]
    differ = len({method for method, _ in ways}) > 1

    def text(method: str, amount: Money) -> str:
        more = f"+ {money_text(amount, tr.language, cash=True)}"
        return noted(tr, more, name(method) if name else name_of(METHODS, method, tr)) if differ else more

    return "  ".join(text(method, amount) for method, amount in ways[1:])


def goes_back(refund: Refund, tr: Translator, by_provider: Sequence[RefundByProvider] = ()) -> str:
    """What the cashier does with a refund, above its figure; nothing about what of it goes back by itself."""
    if by_provider:
        names = tr(", ").join(dict.fromkeys(name_of(PROVIDERS, one.provider, tr) for one in by_provider))
        itself = total((one.amount for one in by_provider), refund.amount.currency)
        rest = refund.amount - itself
        if not rest:
            return tr("Goes back automatically: {provider}", provider=names)
        amount, rest_text = (money_text(one, tr.language) for one in (itself, rest))
        return tr("{amount} goes back automatically ({provider}). Refund {rest} by hand.",
                  amount=amount, provider=names, rest=rest_text)  # fmt: skip
    if refund.method == "card":
        return tr("Refund to the card at the terminal")
    if refund.method == "qr":
        return tr("Refund to the QR wallet")
    return tr("Return complete. Give this refund")


def ways_back(back: Sequence[tuple[Refund, Sequence[RefundByProvider]]], tr: Translator) -> list[str]:
    """The same of several refunds, each with what of it goes back by itself; with their sums where they differ."""
    texts = [goes_back(refund, tr, parts) for refund, parts in back]
    if len(set(texts)) == 1:
        return texts[:1]
    sums = (money_text(refund.amount, tr.language, cash=refund.method == "cash") for refund, _ in back)
    return [labelled(tr, amount, text) for amount, text in zip(sums, texts, strict=True)]


def nothing_left_text(error: NothingLeftToReturn, hand: ReturnDraft, tr: Translator) -> str:
    """That no more of a line can be returned, with the name of its goods."""
    line = next((line for line in hand.lines if line.line == error.line), None)
    name = "" if line is None else goods_name(line, tr)
    if not error.left:
        return tr("{goods}: all already returned.", goods=name)
    return tr("{goods}: at most {pieces} can be returned.", goods=name, pieces=pieces_text(error.left, tr))


def allowance_card(
    lines: Iterable[tuple[int, int]], here: Mapping[int, bool], tr: Translator, *, done: bool, sent: bool = False
) -> VerdictView | None:
    """The effect on the allowance when these lines (number, pieces) are returned; None if none was used.

    `done`: they have been returned. `sent`: they were sold to be sent, and no one took them out.
    """
    coming = list(lines)
    back = sum(pieces for line, pieces in coming if here.get(line) is True)
    used = sum(pieces for line, pieces in coming if here.get(line) is False)
    pieces = pieces_text(back, tr)
    given = tr("Allowance restored for {pieces}", pieces=pieces)
    if not done:
        given = tr("Allowance to be restored for {pieces}", pieces=pieces)
    stays = (
        tr("The goods count as sent: the allowance is not restored.")
        if sent
        else tr("The goods count as taken out: the allowance is not restored.")
    )
    if back and used:
        return VerdictView(Tone.INFO, given, "scale", (f"{stays} {pieces_text(used, tr)}",))
    if back:
        return VerdictView(Tone.WITHIN, given)
    return VerdictView(Tone.NEARLY, stays, "log-out") if used else None


def approval_text(permission: str, tr: Translator) -> str:
    """The request to the approver."""
    return tr("Approval needed: {act}", act=permission)


def beyond_text(beyond: Sequence[Money], tr: Translator, *, has_choice: bool = True) -> str:
    """That the drawer should hold less than is to be paid out of it. `has_choice`: another currency can be chosen."""
    amounts = tr(", ").join(money_text(one, tr.language, cash=True) for one in beyond)
    if not has_choice:
        return tr("The drawer should hold less than {amounts}. Pay cash in first.", amounts=amounts)
    return tr("The drawer should hold less than {amounts}. Pay cash in first, or choose another currency.",
                 amounts=amounts)  # fmt: skip
