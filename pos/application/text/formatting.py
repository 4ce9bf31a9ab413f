"""Format and parse numbers, money, quantities and dates, for screens and receipts alike.

No floats: every number is an int, a Decimal or a Fraction, rounded half-up for display.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, half_up, half_up_ratio

if TYPE_CHECKING:
    from pos.application.text.translator import Translator

Exact = int | Decimal | Fraction
"""An exact number."""

MINUS = "\u2212"
NO_BREAK = "\u00a0"
NARROW = "\u202f"

_MARKS = {"en": (",", "."), "zh": (",", "."), "ru": (NARROW, ","), "kk": (NARROW, ",")}

_UNITS = {
    "L": {"ru": "л", "kk": "л"},
    "ml": {"ru": "мл", "kk": "мл"},
    "kg": {"ru": "кг", "kk": "кг"},
    "g": {"ru": "г", "kk": "г"},
}


def currency_symbol(currency: Currency) -> str:
    """The symbol of a currency: ₸; its code where it has none.

    The symbols are our own: the usual locale tables print `CN¥` and `KZT`, which no shop in the center writes.
    """
    return currency.symbol or currency.code


def currency_name(currency: Currency) -> str:
    """A currency by symbol and code: ₸ KZT; by its code alone where that is its symbol, too."""
    symbol = currency_symbol(currency)
    return currency.code if symbol == currency.code else f"{symbol} {currency.code}"


def number_text(value: Exact, language: str, digits: int = 0, *, trimmed: bool = False, plus: bool = False) -> str:
    """Format a number with `digits` decimals and grouped thousands: 1,283.00, or 1 283,00 in Russian and Kazakh.

    `trimmed` omits trailing zeros (0.5, 20,000); `plus` writes the + of a positive number.
    """
    top, bottom = value.as_integer_ratio()
    scaled = half_up_ratio(top * 10**digits, bottom)
    return _signed(scaled, plus) + _grouped(abs(scaled), digits, language, trimmed=trimmed)


def _grouped(scaled: int, digits: int, language: str, *, trimmed: bool = False) -> str:
    """A number above zero; its last `digits` follow the decimal mark."""
    group, decimal = _MARKS[language]
    whole, part = divmod(scaled, 10**digits)
    text = f"{whole:,}".replace(",", group)
    decimals = f"{part:0{digits}d}" if digits else ""
    if trimmed:
        decimals = decimals.rstrip("0")
    return text + decimal + decimals if decimals else text


def _signed(value: int, plus: bool) -> str:
    if value < 0:
        return MINUS
    return "+" if plus and value > 0 else ""


def plain_text(text: str) -> str:
    """The same number in characters that every file and two-line display supports: `-`, ordinary spaces."""
    return text.replace(MINUS, "-").replace(NO_BREAK, " ").replace(NARROW, " ")


def money_text(
    money: Money, language: str, *, symbol: bool = True, cash: bool = False, plus: bool = False, plain: bool = False
) -> str:
    """Format an amount of money: ¥ 1,283.00, −¥ 68.00; without `symbol` 1,283.00.

    `cash`: an amount that is handed over, so whole tenge and roubles have no decimals (₸ 93,402); an amount that is not
    whole keeps them. `plus` writes the + of a rounding. `plain` as in `plain_text`.
    """
    digits, minor = money.currency.digits, abs(money.minor)
    if cash and not money.currency.has_cash_decimals and minor % money.currency.minor_per_unit == 0:
        digits, minor = 0, minor // money.currency.minor_per_unit
    text = _grouped(minor, digits, language)
    if symbol:
        text = f"{currency_symbol(money.currency)}{NO_BREAK}{text}"
    text = _signed(money.minor, plus) + text
    return plain_text(text) if plain else text


def amount_text(money: Money, language: str, *, cash: bool = False, plus: bool = False, plain: bool = False) -> str:
    """Format an amount of money without its symbol: 1,283.00."""
    return money_text(money, language, symbol=False, cash=cash, plus=plus, plain=plain)


def denomination_text(money: Money, language: str) -> str:
    """The number on a note or coin: 20,000, 0.5."""
    return number_text(money.units, language, money.currency.digits, trimmed=True)


def rate_text(rate: Exact, currency: Currency, base: Currency, language: str) -> str:
    """Format a rate: 1 ¥ = 72.80 ₸. Whole rates have no decimals, others two to six."""
    digits = next((n for n in (0, 2, 3, 4, 5) if (Fraction(rate) * 10**n).denominator == 1), 6)
    figure = number_text(rate, language, digits)
    return f"1{NO_BREAK}{currency_symbol(currency)} = {figure}{NO_BREAK}{currency_symbol(base)}"


def percent_text(percent: Exact, language: str, digits: int = 2, *, plus: bool = False) -> str:
    """Format per cent: 12.5 %, −10 %; `digits` at most."""
    return with_percent(number_text(percent, language, digits, trimmed=True, plus=plus), language)


def with_percent(figure: str, language: str) -> str:
    """A number and its `%`; Chinese has no blank between them: 12.5 %, 12.5%."""
    return f"{figure}%" if language == "zh" else f"{figure}{NO_BREAK}%"


def unit_text(unit: str, language: str) -> str:
    """The symbol of `L`, `ml`, `kg` or `g` in a language: л."""
    return _UNITS[unit].get(language, unit)


def _with_unit(figure: str, name: str, language: str, unit: bool) -> str:
    return f"{figure}{NO_BREAK}{unit_text(name, language)}" if unit else figure


def litres_text(ml: Exact, language: str, *, unit: bool = True) -> str:
    """Format millilitres as litres: 1.40 L; three decimals where two would hide millilitres (0.125 L)."""
    whole = half_up(Fraction(ml))
    digits = 2 if whole % 10 == 0 else 3
    return _with_unit(number_text(Fraction(whole, 1000), language, digits), "L", language, unit)


def ml_text(ml: Exact, language: str, *, unit: bool = True) -> str:
    return _with_unit(number_text(ml, language), "ml", language, unit)


def is_small(ml: Exact) -> bool:
    """Whether a volume is written in millilitres: below a tenth of a litre."""
    return abs(Fraction(ml)) < 100


def volume_text(ml: Exact, language: str, *, unit: bool = True) -> str:
    """Format a volume: millilitres below a tenth of a litre, litres from there."""
    return (ml_text if is_small(ml) else litres_text)(ml, language, unit=unit)


def each_text(price: Money, language: str, *, by_weight: bool) -> str:
    """What goods cost: ¥ 52.00, of goods by weight ¥ 52.00 / kg."""
    per = f" / {unit_text('kg', language)}" if by_weight else ""
    return f"{money_text(price, language)}{per}"


def kg_text(kg: Exact, language: str, digits: int = 3, *, unit: bool = True) -> str:
    """Format kilograms: 1.400 kg."""
    return _with_unit(number_text(kg, language, digits), "kg", language, unit)


def grams_text(grams: Exact, language: str, *, unit: bool = True) -> str:
    """Format grams: 250 g."""
    return _with_unit(number_text(grams, language), "g", language, unit)


def sticks_text(count: int, tr: Translator) -> str:
    """Format cigarettes, heated sticks or cigars: 200 sticks."""
    return tr.plural("{n} stick", "{n} sticks", count, n=number_text(count, tr.language))


def pieces_text(count: int, tr: Translator) -> str:
    """Format pieces: 10 pieces."""
    return tr.plural("{n} piece", "{n} pieces", count, n=number_text(count, tr.language))


def lines_text(count: int, tr: Translator) -> str:
    """Format the lines of a basket: 4 lines."""
    return tr.plural("{n} line", "{n} lines", count, n=number_text(count, tr.language))


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "zh": "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    "ru": "понедельник вторник среда четверг пятница суббота воскресенье",
    "kk": "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі",
}
_SHORT_DAYS = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "zh": "周一 周二 周三 周四 周五 周六 周日",
    "ru": "пн вт ср чт пт сб вс",
    "kk": "дс сс ср бс жм сб жс",
}


def _month(language: str, day: date) -> str:
    return _MONTHS[language].split()[day.month - 1]


def weekday_text(day: date, language: str, *, short: bool = False) -> str:
    """The day of the week: Tuesday, or Tue."""
    return (_SHORT_DAYS if short else _DAYS)[language].split()[day.weekday()]


def date_text(day: date, language: str) -> str:
    """Format a date: 24 Nov 2026, 2026-11-24 in Chinese, 24.11.2026 in Russian and Kazakh."""
    if language == "en":
        return f"{day.day} {_month('en', day)[:3]} {day.year:04d}"
    return f"{day.year:04d}-{day:%m-%d}" if language == "zh" else f"{day:%d.%m}.{day.year:04d}"


def dates_text(first: date, last: date, language: str) -> str:
    """The days from one to another: 24 Nov 2026 – 30 Nov 2026; one day by itself."""
    if first == last:
        return date_text(first, language)
    return f"{date_text(first, language)} – {date_text(last, language)}"


def long_date_text(day: date, language: str, *, year: bool = True, short: bool = False) -> str:
    """Format a date with its weekday, for headings: Tuesday 24 November 2026, or Tue 24 November 2026."""
    weekday = weekday_text(day, language, short=short)
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日 {weekday}" if year else f"{day.month}月{day.day}日 {weekday}"
    month = _month(language, day)
    if language == "en":
        return f"{weekday} {day.day} {month} {day.year}" if year else f"{weekday} {day.day} {month}"
    if language == "ru":
        return f"{weekday}, {day.day} {month} {day.year} г." if year else f"{weekday}, {day.day} {month}"
    return f"{day.year} ж. {day.day} {month}, {weekday}" if year else f"{day.day} {month}, {weekday}"


_MONTH_NAMES = {
    "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
}
"""Languages in which a month alone has another form than a month with a day."""


def month_text(day: date, language: str) -> str:
    """Format a month, for headings: October 2026."""
    if language == "zh":
        return f"{day.year}年{day.month}月"
    name = _MONTH_NAMES.get(language, _MONTHS.get(language, "")).split()[day.month - 1]
    return f"{day.year} ж. {name}" if language == "kk" else f"{name} {day.year}"


def time_text(at: time | datetime, *, seconds: bool = False) -> str:
    """Format the time of day: 15:44, the same in all four languages."""
    return f"{at:%H:%M:%S}" if seconds else f"{at:%H:%M}"


def instant_text(instant: datetime, zone: tzinfo, language: str, *, seconds: bool = False) -> str:
    """Format an instant as the clock in `zone` shows it: 24 Nov 2026 15:44. It must be aware of its zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone")
    local = instant.astimezone(zone)
    return f"{date_text(local.date(), language)} {time_text(local, seconds=seconds)}"


# An input method in full-width mode types １２．５０ and ￥: the same keys, so the same numbers. Digits of other
# scripts (٣٤) are not on these keyboards and stay refused.
_NARROWED = {0xFF10 + n: str(n) for n in range(10)} | {0xFF0C: ",", 0xFF0E: ".", 0x3002: ".", 0xFFE5: "¥"}
_SPACED = {0x3000: " ", 0xA0: " ", 0x2009: " ", 0x202F: " "}
_BY_SPACES = re.compile(r"([0-9]+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
_BY_COMMAS = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_LONGEST = 40


def _narrowed(text: str) -> str:
    return text.translate(_NARROWED).translate(_SPACED).strip(" ")


def read_number(text: str, language: str, *, digits: int = 3, field: str = "number") -> Decimal:
    """Parse a typed number, zero or more, of at most nine digits and `digits` decimals.

    Either decimal mark is accepted, since a number pad types the mark of its own layout. Groups of three may be
    separated by spaces, and by commas where the language writes them so. Raises BadField naming `field`: missing,
    not_a_number, negative, too_large, too_many_decimals, or ambiguous (1,540 kg in English).
    """
    figure = _narrowed(text)
    shown = figure[:_LONGEST]
    if not figure:
        raise BadField(field, "missing")
    if len(figure) > _LONGEST:
        raise BadField(field, "not_a_number", shown)
    if re.fullmatch(rf"[-{MINUS}] ?[0-9][0-9., ]*", figure):
        raise BadField(field, "negative", shown)
    commas = _BY_COMMAS.fullmatch(figure) if _MARKS[language][0] == "," else None
    match = commas or _BY_SPACES.fullmatch(figure)
    if match is None:
        raise BadField(field, "not_a_number", shown)
    whole, part = match[1], match[2] or ""
    if commas and digits >= 3 and whole.count(",") == 1 and not part:
        raise BadField(field, "ambiguous", shown)
    whole = whole.replace(" ", "").replace(",", "")
    if len(whole) > 9:
        raise BadField(field, "too_large", shown)
    if len(part) > digits:
        raise BadField(field, "too_many_decimals", shown)
    return Decimal(f"{whole}.{part}" if part else whole)


def read_amount(text: str, currency: Currency, language: str, *, field: str = "amount") -> Money:
    """Parse a typed amount in `currency`; its symbol may precede it.

    Raises BadField naming `field`, with `what` as in `read_number` (not_an_amount for not_a_number).
    """
    bare = _narrowed(text).removeprefix(currency_symbol(currency))
    try:
        number = read_number(bare, language, digits=currency.digits, field=field)
    except BadField as error:
        what = "not_an_amount" if error.what == "not_a_number" else error.what
        raise BadField(field, what, error.value) from None
    return Money.rounded(Fraction(number), currency)


def read_count(text: str, language: str, *, field: str = "quantity") -> int:
    """Parse a typed number of pieces. Raises BadField naming `field`, as `read_number` does."""
    return int(read_number(text, language, digits=0, field=field))
