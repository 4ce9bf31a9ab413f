"""Kinds of settings: each parses its text and describes its values."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath, PureWindowsPath
from zoneinfo import available_timezones

from pos.application.settings.device_addresses import read_port, read_printer, read_scale
from pos.domain.catalogue.barcode import ScaleLayout
from pos.domain.catalogue.category import is_scope
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.money import Currency, Money
from pos.domain.pricing.rate_feed import LONGEST_ADDRESS, address_to_show, is_feed_address
from pos.domain.reports.accounts import read_accounts
from pos.domain.staff.rights import GRANTED_PERMISSIONS, in_order

_TILL = re.compile(r"[A-Z0-9]{1,8}")
LOGO = "logo"
"""The name of the picture setting."""

LOGO_WIDE, LOGO_HIGH = 480, 200
"""Largest size of a logo in dots: 60 × 25 mm on the receipt."""
_LOGO_LONGEST = 48_000
_PNG = b"\x89PNG\r\n\x1a\n"


def logo_png(text: str) -> bytes:
    """The picture of the setting `logo`. Raises ValueError for anything else."""
    if len(text) > _LOGO_LONGEST:
        raise ValueError(text[:40])
    return b64decode(text, validate=True)


def png_sides(png: bytes) -> tuple[int, int]:
    """Width and height from the header of a PNG suitable as logo. Raises ValueError for any other."""
    if not png.startswith(_PNG) or png[12:16] != b"IHDR":
        raise ValueError("not a PNG")
    wide, high = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    if not (0 < wide <= LOGO_WIDE and 0 < high <= LOGO_HIGH):
        raise ValueError("too large")
    return wide, high


@dataclass(frozen=True, slots=True)
class Written:
    """Text of one line. Every kind raises ValueError, KeyError or BadInput for invalid text."""

    longest: int

    def __call__(self, text: str) -> str:
        """The stripped text."""
        if len(text) > self.longest or not text.isprintable():
            raise ValueError(text)
        return text.strip()


@dataclass(frozen=True, slots=True)
class Printer:
    """The shop's folder, a system printer by name, or a printer that the till drives itself."""

    def __call__(self, text: str) -> str:
        """`folder`, `system:NAME`, `system:` for the system's default, `escpos:tcp:HOST` and so on."""
        text = Written(300)(text)
        if read_printer(text) is None and text != "folder" and not (text.startswith("system:") and len(text) <= 80):
            raise ValueError(text)
        return text


@dataclass(frozen=True, slots=True)
class TillPrinters:
    """Printers of single tills, as `TILL=PRINTER`; every other till uses the shop's."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """One entry per till, in the order of the tills."""
        return _by_till(text, Printer())


@dataclass(frozen=True, slots=True)
class TillScanners:
    """Serial ports of scanners by till, as `TILL=PORT`; every other scanner acts as a keyboard."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """One entry per till, in the order of the tills."""
        return _by_till(text, _port)


@dataclass(frozen=True, slots=True)
class TillScales:
    """Scales of single tills, as `TILL=PROTOCOL:PORT`."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """One entry per till, in the order of the tills."""
        return _by_till(text, _scale)


DISPLAYS = ("auto", "window", "off")
VOLUMES = ("0", "25", "50", "75", "100")
TOUCH_KEYS = ("finger", "tap", "never")
TEXT_SIZES = ("100", "115", "130", "150", "175", "200")
WINDOWS = ("shop", "full", "frame")
"""When the customer display is shown: on a second screen where there is one, in a window, never."""


@dataclass(frozen=True, slots=True)
class TillChoices:
    """Another choice for single tills, as `TILL=CHOICE`; every other till uses the shop's setting."""

    values: tuple[str, ...]

    def __call__(self, text: str) -> tuple[str, ...]:
        """One entry per till, in the order of the tills."""
        return _by_till(text, OneOf(self.values))


def _by_till(text: str, read: Callable[[str], str]) -> tuple[str, ...]:
    pairs = [part.strip().partition("=") for part in text.split(",") if part.strip()]
    if not all(_TILL.fullmatch(till) for till, _, _ in pairs) or len({pair[0] for pair in pairs}) != len(pairs):
        raise ValueError(text)
    return tuple(f"{till}={read(where)}" for till, _, where in sorted(pairs))


def _port(text: str) -> str:
    read_port(text)
    return text


def _scale(text: str) -> str:
    read_scale(text)
    return text


@dataclass(frozen=True, slots=True)
class Logo:
    """A grey picture that fits a receipt, as PNG in base64; empty for none."""

    def __call__(self, text: str) -> str:
        """The text, which `logo_png` decodes."""
        if text:
            png_sides(logo_png(text))
        return text


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the machine, or none."""

    longest: int = 200

    def __call__(self, text: str) -> str:
        """An absolute path: a relative one would be another folder at each till."""
        return _absolute(text, self.longest)


@dataclass(frozen=True, slots=True)
class SchemaPath:
    """A schema of the machine, a file or the folder of several, or none."""

    longest: int = 200

    def __call__(self, text: str) -> str:
        """An absolute path, as of a folder."""
        return _absolute(text, self.longest)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where a file is fetched from, or none."""

    longest: int = LONGEST_ADDRESS

    def __call__(self, text: str) -> str:
        """An address of https, or of this computer."""
        text = Written(self.longest)(text)
        if text and not is_feed_address(text):
            raise ValueError(address_to_show(text))
        return text


def _absolute(text: str, longest: int) -> str:
    text = Written(longest)(text)
    if text and not (PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()):
        raise ValueError(text)
    return text


@dataclass(frozen=True, slots=True)
class Names:
    """Several of a few names; `or_none`: perhaps none of them."""

    values: tuple[str, ...]
    or_none: bool = False

    def __call__(self, text: str) -> tuple[str, ...]:
        """Each name once, in the order of the values."""
        names = {part.strip() for part in text.split(",") if part.strip()}
        if not (names or self.or_none) or not names <= set(self.values):
            raise ValueError(text)
        return tuple(value for value in self.values if value in names)


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a role may do without an approval: names of permissions that can be granted, or none."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """Each name once, in the order of the table of rights."""
        names = _parts(text)
        if not names <= set(GRANTED_PERMISSIONS):
            raise ValueError(text)
        return in_order(names)

    def stored(self, text: str) -> str:
        """What this program knows of a stored text: a right of another version is left out, and the others hold."""
        return ",".join(in_order(_parts(text)))


def _parts(text: str) -> set[str]:
    return {part.strip() for part in text.split(",") if part.strip()}


@dataclass(frozen=True, slots=True)
class ProductFields:
    """Fields of a product that a paper shows beside its names, or none."""

    values: tuple[str, ...]

    def __call__(self, text: str) -> tuple[str, ...]:
        """Each field once, in the order of the product's form."""
        names = _parts(text)
        if not names <= set(self.values):
            raise ValueError(text)
        return tuple(value for value in self.values if value in names)


@dataclass(frozen=True, slots=True)
class RegimeId:
    """A regime by its id, for one destination; whether it exists is known to the shop only."""

    destination: str

    def __call__(self, text: str) -> str:
        return Written(40)(text)


@dataclass(frozen=True, slots=True)
class ParcelRegimeId:
    """A regime for parcels to one destination by its id, or none; whether it exists is known to the shop only."""

    destination: str

    def __call__(self, text: str) -> str:
        return Written(40)(text)


@dataclass(frozen=True, slots=True)
class TimeZone:
    """An IANA time zone."""

    def __call__(self, text: str) -> str:
        if text not in available_timezones():
            raise ValueError(text)
        return text


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes or no."""

    def __call__(self, text: str) -> bool:
        return {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}[text.lower()]


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number within bounds."""

    lowest: int
    highest: int

    def __call__(self, text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.lowest <= int(text) <= self.highest:
            raise ValueError(text)
        return int(text)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of the day to the minute; 24:00 is midnight at its end."""

    longest: int = 5

    def __call__(self, text: str) -> str:
        if text != "24:00" and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
            raise ValueError(text)
        return text


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage up to a bound, with at most two decimals."""

    highest: int

    def __call__(self, text: str) -> Decimal:
        if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,2})?", text):
            raise ValueError(text)
        value = Decimal(text.replace(",", "."))
        if value > self.highest:
            raise ValueError(text)
        return value


@dataclass(frozen=True, slots=True)
class PriceAmount:
    """An amount in the price currency up to a bound, with at most two decimals."""

    highest: int

    def __call__(self, text: str) -> Decimal:
        if not re.fullmatch(r"[0-9]{1,9}([.,][0-9]{1,2})?", text):
            raise ValueError(text)
        value = Decimal(text.replace(",", "."))
        if value > self.highest:
            raise ValueError(text)
        return value


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """One language or two."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """Their codes, in their order."""
        pair = tuple(part.strip() for part in text.split(","))
        if not 1 <= len(pair) <= 2 or len(set(pair)) != len(pair) or not set(pair) <= set(LANGUAGES):
            raise ValueError(text)
        return pair


@dataclass(frozen=True, slots=True)
class Scopes:
    """Categories, or * for all."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """Each category once, in order."""
        scopes = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        if not all(is_scope(scope) for scope in scopes):
            raise ValueError(text)
        return scopes


@dataclass(frozen=True, slots=True)
class DatedScopes:
    """Categories from a day on, as `CATEGORY=DAY`."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """Each category once, in order; the day as 2026-12-01."""
        pairs = [part.strip().partition("=") for part in text.split(",") if part.strip()]
        if not all(is_scope(scope) for scope, _, _ in pairs) or len({pair[0] for pair in pairs}) != len(pairs):
            raise ValueError(text)
        return tuple(f"{scope}={date.fromisoformat(day).isoformat()}" for scope, _, day in pairs)


@dataclass(frozen=True, slots=True)
class TillNames:
    """Another name for single tills, as `TILL=NAME`; every other till uses the shop's."""

    longest: int

    def __call__(self, text: str) -> tuple[str, ...]:
        """One entry per till, in the order of the tills."""
        return _by_till(text, Written(self.longest))


@dataclass(frozen=True, slots=True)
class Layouts:
    """Layouts of scale codes."""

    def __call__(self, text: str) -> tuple[str, ...]:
        return tuple(ScaleLayout(part.strip()).pattern for part in text.split(",") if part.strip())


@dataclass(frozen=True, slots=True)
class AccountNumbers:
    """Numbers of accounts, as `KIND=NUMBER`; every other account has the proposed one."""

    def __call__(self, text: str) -> tuple[str, ...]:
        """Each pair once, in their order."""
        return read_accounts(text)


@dataclass(frozen=True, slots=True)
class CashStep:
    """A cash step that the coins in use can make, at most the smallest note."""

    currency: Currency

    @property
    def smallest(self) -> Money:
        """The smallest coin; every step is a multiple of it."""
        return Money(self.currency.denominations[-1], self.currency)

    @property
    def largest(self) -> Money:
        """The smallest note."""
        return Money(self.currency.smallest_note, self.currency)

    def __call__(self, text: str) -> int:
        """The step in minor units."""
        money = Money.parse(text, self.currency)
        if not 0 < money.minor <= self.largest.minor or money.minor % self.smallest.minor:
            raise ValueError(text)
        return money.minor


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few names."""

    values: tuple[str, ...]

    def __call__(self, text: str) -> str:
        if text not in self.values:
            raise ValueError(text)
        return text


Kind = (
    Written | Printer | TillPrinters | TillScanners | TillScales | TillChoices | Logo | Folder | Names
    | SchemaPath | WebAddress | Permissions | ProductFields
    | TillNames | RegimeId | ParcelRegimeId | TimeZone | TimeOfDay | YesNo | WholeNumber
    | Percent | PriceAmount | LanguagePair | Scopes | DatedScopes | Layouts | AccountNumbers | CashStep | OneOf
)  # fmt: skip
