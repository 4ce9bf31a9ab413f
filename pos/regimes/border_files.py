"""Parse the file of one border (TOML) into a Border."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

from pos.application.settings.offer_borders import BorderFiles
from pos.domain.border import Border, Clock, Destination, FiscalMark, MarkingDuty, VatRate
from pos.domain.catalogue.category import is_scope
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.errors import BadField, RuleBroken
from pos.domain.money import Currency, Money
from pos.domain.pricing.rate_feed import is_feed_address
from pos.domain.vat import check_vat
from pos.domain.visitors.country import three_letters
from pos.regimes.fields import FilePosition, RegimeFault, TomlTable, line_of, time_zones

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_CODE = re.compile(r"[A-Z]{3}")
_LONGEST = 64 * 1024
_MOST_DIGITS = 4
"""ISO 4217 has no currency with more decimals."""
_PERCENT = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})?")
_MOST_MARKS, _LONGEST_MARK = 4, 60
FILE = "border.toml"


def load_border(name: str, folders: tuple[Path, ...]) -> Border:
    """The border `name` of the first of `folders` that has a folder of it. Raises BadField, RegimeFault."""
    if not _ID.fullmatch(name):
        raise BadField("border", "not_an_id", name[:40])
    for folder in folders:
        file = folder / name / FILE
        if file.is_file():
            return _load(file)
    raise BadField("border", "unknown", name)


def load_borders(folders: tuple[Path, ...]) -> BorderFiles:
    """All borders that have a good file, and the faults of the others."""
    good, faults = list[Border](), list[RuleBroken]()
    for name in border_names(folders):
        try:
            good.append(load_border(name, folders))
        except (BadField, RegimeFault) as fault:
            faults.append(fault)
    return BorderFiles(tuple(good), tuple(faults))


def border_names(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """The ids of all borders that have a file."""
    return tuple(sorted({file.parent.name for folder in folders for file in folder.glob(f"*/{FILE}")}))


def _load(file: Path) -> Border:
    if file.stat().st_size > _LONGEST:
        raise RegimeFault(str(file), "", "", "too_large")
    try:
        data = file.read_bytes()
    except OSError:
        raise RegimeFault(str(file), "", "", "not_readable") from None
    border = read_border(data, str(file))
    if border.id != file.parent.name:
        raise RegimeFault(str(file), "", "id", "not_the_name_of_the_folder")
    return border


@lru_cache(maxsize=16)
def read_border(data: bytes, file: str) -> Border:
    """The border in `data`. Raises RegimeFault naming `file` and the field. Equal bytes are parsed once."""
    try:
        raw = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise RegimeFault(file, "", "", "not_utf_8") from None
    except (ValueError, RecursionError) as error:
        raise RegimeFault(file, "", "", "not_toml", line_of(error, data)) from None
    table = TomlTable(raw, FilePosition(file))
    currencies, destinations, languages = _currencies(table), _destinations(table), _languages(table)
    border = Border(
        id=_identity(table),
        title=table.title(),
        destinations=destinations,
        currencies=currencies,
        price=_one_of(table, "price_currency", currencies),
        rate_currency=_one_of(table, "rate_currency", currencies),
        time_zone=_zone(table),
        clocks=tuple(_clock(one) for one in table.tables("clock")) if "clock" in table else (),
        receipt_languages=languages,
        fiscal_mark=_fiscal_mark(table, languages),
        vat=_vat(table, {one.country for one in destinations}),
        marking=_marking(table),
        feed=_feed(table),
        is_example=table.flag("example"),
    )
    table.done()
    return border


def _identity(table: TomlTable) -> str:
    name = table.text("id")
    if not _ID.fullmatch(name):
        raise table.position.fault("id", "not_an_id")
    return name


def _zone(table: TomlTable) -> str:
    name = table.text("time_zone")
    if name not in time_zones():
        raise table.position.fault("time_zone", "unknown_zone")
    return name


def _feed(table: TomlTable) -> str:
    address = table.text("feed") if "feed" in table else ""
    if address and not is_feed_address(address):
        raise table.position.fault("feed", "not_a_feed")
    return address


def _clock(table: TomlTable) -> Clock:
    clock = Clock(ZoneInfo(_zone(table)), table.title())
    table.done()
    return clock


def _languages(table: TomlTable) -> tuple[str, ...]:
    names = table.texts("receipt_languages")
    if not 1 <= len(names) <= 2 or len(set(names)) != len(names) or not set(names) <= set(LANGUAGES):
        raise table.position.fault("receipt_languages", "not_languages")
    return names


def _fiscal_mark(table: TomlTable, usual: tuple[str, ...]) -> FiscalMark:
    """In the languages of the receipt for a file that says nothing of it; none for one that says neither."""
    if "fiscal_mark" not in table:
        return FiscalMark(usual)
    mark = table.table("fiscal_mark")
    languages = mark.texts("languages") if "languages" in mark else ()
    if len(set(languages)) != len(languages) or not set(languages) <= set(LANGUAGES):
        raise mark.position.fault("languages", "not_some_languages")
    texts = mark.texts("texts") if "texts" in mark else ()
    if any(not text.strip() or not text.isprintable() for text in texts):
        raise mark.position.fault("texts", "not_a_text")
    if len(texts) > _MOST_MARKS or any(len(text) > _LONGEST_MARK for text in texts):
        raise mark.position.fault("texts", "too_long")
    mark.done()
    return FiscalMark(languages, texts)


def _marking(table: TomlTable) -> tuple[MarkingDuty, ...]:
    found = []
    for one in table.tables("marking") if "marking" in table else ():
        category = one.text("category")
        if not is_scope(category):
            raise one.position.fault("category", "unknown_category")
        since = one.day("from")
        if since is None:
            raise one.position.fault("from", "missing")
        one.done()
        found.append(MarkingDuty(category, since))
    if len({duty.category for duty in found}) != len(found):
        raise table.position.fault("marking", "twice")
    return tuple(found)


def _vat(table: TomlTable, sides: set[str]) -> tuple[VatRate, ...]:
    found = tuple(_vat_rate(one, sides) for one in table.tables("vat")) if "vat" in table else ()
    if any(one.meets(other) for one, other in combinations(found, 2)):
        raise table.position.fault("vat", "twice")
    return found


def _vat_rate(table: TomlTable, sides: set[str]) -> VatRate:
    country = table.text("country")
    if country not in sides:
        raise table.position.fault("country", "unknown")
    text = table.text("rate")
    if not _PERCENT.fullmatch(text):
        raise table.position.fault("rate", "not_a_decimal_text")
    try:
        rate = check_vat(Decimal(text))
    except BadField as error:
        raise table.position.fault("rate", error.what) from None
    since, until = table.day("from"), table.day("until")
    if since is not None and until is not None and until <= since:
        raise table.position.fault("until", "not_after_from")
    table.done()
    return VatRate(country, rate, since, until)


def _destinations(table: TomlTable) -> tuple[Destination, ...]:
    found = tuple(_destination(one) for one in table.tables("destination"))
    if len({one.country for one in found}) != len(found):
        raise table.position.fault("destination", "twice")
    return found


def _destination(table: TomlTable) -> Destination:
    country = table.text("country")
    if not re.fullmatch("[A-Z]{2}", country) or three_letters(country) is None:
        raise table.position.fault("country", "not_a_country")
    regime = table.text("regime")
    if not _ID.fullmatch(regime):
        raise table.position.fault("regime", "not_an_id")
    name = table.title("name") if "name" in table else _country_names(country)
    destination = Destination(country, name, table.title(), regime)
    table.done()
    return destination


def _country_names(country: str) -> Mapping[str, str]:
    """The names of CLDR, for a file that has none."""
    from babel import Locale

    return {language: str(Locale(language).territories[country]) for language in LANGUAGES}


def _one_of(table: TomlTable, field: str, currencies: Mapping[str, Currency]) -> Currency:
    code = table.text(field)
    if code not in currencies:
        raise table.position.fault(field, "unknown")
    return currencies[code]


def _currencies(table: TomlTable) -> Mapping[str, Currency]:
    found = [_currency(one, place) for place, one in enumerate(table.tables("currency"))]
    if len({one.code for one in found}) != len(found):
        raise table.position.fault("currency", "twice")
    return {one.code: one for one in found}


def _currency(table: TomlTable, place: int) -> Currency:
    code = table.text("code")
    if not _CODE.fullmatch(code):
        raise table.position.fault("code", "not_a_currency")
    digits = table.whole("digits", most=_MOST_DIGITS) if "digits" in table else 2
    bare = Currency(code, 2 if digits is None else digits)
    notes = _pieces(table, "notes", bare)
    coins = _pieces(table, "coins", bare) if "coins" in table else ()
    if not notes or (coins and coins[0] >= notes[-1]):
        raise table.position.fault("coins", "above_a_note")
    step = _amount(table, "cash_step", table.text("cash_step"), bare)
    pieces = (*notes, *coins)
    if step > notes[-1] or step % pieces[-1]:
        raise table.position.fault("cash_step", "not_in_pieces")
    currency = Currency(
        code,
        bare.digits,
        symbol=table.text("symbol") if "symbol" in table else _symbol(code),
        denominations=pieces,
        smallest_note=notes[-1],
        cash_step=step,
        keeps_coins=table.flag("keeps_coins"),
        withdrawn=_pieces(table, "withdrawn_notes", bare) if "withdrawn_notes" in table else (),
        names=table.title("names") if "names" in table else _names(code),
        headers=table.texts("headers") if "headers" in table else (),
        place=place,
    )
    table.done()
    return currency


def _pieces(table: TomlTable, field: str, currency: Currency) -> tuple[int, ...]:
    """Notes or coins in minor units; they stand largest first, each once."""
    values = tuple(_amount(table, field, text, currency) for text in table.texts(field))
    if list(values) != sorted(set(values), reverse=True):
        raise table.position.fault(field, "not_largest_first")
    return values


def _amount(table: TomlTable, field: str, text: str, currency: Currency) -> int:
    try:
        minor = Money.parse(text, currency).minor
    except BadField:
        raise table.position.fault(field, "not_a_decimal_text") from None
    if minor <= 0:
        raise table.position.fault(field, "not_positive")
    return minor


def _symbol(code: str) -> str:
    """The symbol of CLDR, for a file that has none."""
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(code, "en"))


def _names(code: str) -> Mapping[str, str]:
    """The names of CLDR, for a file that has none."""
    from babel.numbers import get_currency_name

    return {language: str(get_currency_name(code, locale=language)) for language in LANGUAGES}
