"""Every option of the shop: its type, its default and one sentence that says what it does."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pos.application.setting_kinds import (
    DISPLAYS,
    CashStep,
    Count,
    Folder,
    Kind,
    LanguagePair,
    Layouts,
    Logo,
    Names,
    OneOf,
    Printer,
    RegimeId,
    Scopes,
    TillDisplays,
    TillPrinters,
    TillScales,
    TillScanners,
    Written,
    YesNo,
    Zone,
)
from pos.application.words import mark
from pos.domain.errors import BadField, BadInput
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.rotation import Rotation
from pos.domain.stock_policy import StockPolicy
from pos.domain.tender import CashRules


@dataclass(eq=False)
class UnknownSetting(BadInput):
    """There is no option of this name."""

    name: str


def _option(default: Any, read: Kind, sentence: str) -> Any:
    return field(default=default, metadata={"read": read, "sentence": sentence})


@dataclass(frozen=True, slots=True)
class Settings:
    """The shop's options with their values in force; `with_text` sets one from text."""

    shop_name: str = _option("", Written(60), mark("The name of the shop, on the window and on every receipt."))
    address_1: str = _option("", Written(80), mark("The address in the first language of the receipt."))
    address_2: str = _option("", Written(80), mark("The address in the second language of the receipt."))
    logo: str = _option("", Logo(), mark("The shop's logo: receipts and sheets of A4 begin with it."))
    time_zone: str = _option("Asia/Shanghai", Zone(), mark("The zone of the shop's clock: its midnight ends the day."))
    base_currency: str = _option(
        "KZT", OneOf(tuple(CURRENCIES)), mark("The currency in which exchange rates are quoted.")
    )
    price_currency: str = _option("CNY", OneOf(tuple(CURRENCIES)), mark("The currency of prices and of every total."))
    receipt_languages: tuple[str, ...] = _option(
        ("zh", "ru"), LanguagePair(), mark("The one or two languages of the receipt.")
    )
    regime_cn: str = _option("cn-horgos", RegimeId(), mark("The allowance rules for visitors who leave to China."))
    regime_kz: str = _option("kz-horgos", RegimeId(), mark("The allowance rules for visitors who leave to Kazakhstan."))
    sell_without_visitor: bool = _option(
        False, YesNo(), mark("Whether a sale without a document (and so without an allowance) is allowed.")
    )
    refuse_unknown: bool = _option(
        False, YesNo(), mark("Whether goods whose allowance cannot be judged for want of data are refused.")
    )
    step_cny: int = _option(10, CashStep("CNY"), mark("The smallest cash amount in yuan."))
    step_kzt: int = _option(500, CashStep("KZT"), mark("The smallest cash amount in tenge."))
    step_usd: int = _option(5, CashStep("USD"), mark("The smallest cash amount in dollars."))
    step_eur: int = _option(5, CashStep("EUR"), mark("The smallest cash amount in euros."))
    step_rub: int = _option(100, CashStep("RUB"), mark("The smallest cash amount in roubles."))
    coins_of_foreign: bool = _option(
        False, YesNo(), mark("Whether the drawer keeps coins of dollars, euros and roubles for change.")
    )
    buyers_favour: bool = _option(
        False, YesNo(), mark("Whether cash is rounded in the buyer's favour instead of to the nearest step.")
    )
    qr_reference: bool = _option(
        False, YesNo(), mark("Whether a payment by QR wallet needs the reference that the wallet shows.")
    )
    card_reference: bool = _option(
        False, YesNo(), mark("Whether a payment by card needs the number on the slip of the terminal.")
    )
    stale_rate_hours: int = _option(
        48, Count(1, 8760), mark("After how many hours the payment screen warns that a rate is old.")
    )
    rate_jump_percent: int = _option(
        20, Count(1, 1000), mark("By how many percent a new rate may differ from the last before the till asks.")
    )
    hold_minutes: int = _option(
        15, Count(1, 240), mark("For how many minutes an open payment holds its goods and the visitor's allowance.")
    )
    park_minutes: int = _option(
        120, Count(1, 1440), mark("For how many minutes a parked sale holds its goods and the visitor's allowance.")
    )
    blind_return_limit: int = _option(
        500,
        Count(0, 1_000_000),
        mark("The most that a return without a receipt pays back, in the currency of prices."),
    )
    adjustment_limit: int = _option(
        0,
        Count(0, 100_000_000),
        mark("The worth of goods up to which a clerk corrects or writes off without a manager; 0 for any."),
    )
    lock_minutes: int = _option(10, Count(1, 600), mark("After how many idle minutes the till locks itself."))
    one_time_pin_hours: int = _option(
        72, Count(1, 720), mark("For how many hours a one-time PIN lets somebody choose a PIN of their own.")
    )
    scanner_gap_ms: int = _option(50, Count(5, 500), mark("The longest pause between two keys of a scanner."))
    scanner_shortest: int = _option(6, Count(3, 20), mark("The fewest characters that can be a scan."))
    printer: str = _option("folder", Printer(), mark("Where receipts go: to the folder or to a printer."))
    till_printers: tuple[str, ...] = _option(
        (), TillPrinters(), mark("Tills whose receipts go elsewhere than those of the shop.")
    )
    till_scanners: tuple[str, ...] = _option(
        (), TillScanners(), mark("Tills whose scanner is on a serial port instead of being a keyboard.")
    )
    till_scales: tuple[str, ...] = _option(
        (), TillScales(), mark("Tills that have a scale: goods by weight are weighed there instead of being typed.")
    )
    customer_display: str = _option(
        "auto", OneOf(DISPLAYS), mark("When a second window shows the customer goods, total and allowance.")
    )
    till_displays: tuple[str, ...] = _option(
        (), TillDisplays(), mark("Tills whose customer display is shown otherwise than those of the shop.")
    )
    z_paper: str = _option(
        "80mm", OneOf(("80mm", "a4")), mark("On which paper the Z report is printed: a strip or a sheet.")
    )
    export_folder: str = _option(
        "",
        Folder(),
        mark("The folder into which the Z and its day report are written when a shift is closed; empty for none."),
    )
    export_forms: tuple[str, ...] = _option(
        ("xlsx", "pdf"),
        Names(("xlsx", "pdf", "csv", "json")),
        mark("The kinds of files in which the day report is written there, such as xlsx,pdf. The Z is always a PDF."),
    )
    backup_folder: str = _option(
        "",
        Folder(),
        mark("A second folder for backups, on a stick or another computer; empty for none."),
    )
    backup_days: int = _option(
        14, Count(0, 366), mark("For how many days the backup of each day is kept; 0: the till makes none by itself.")
    )
    backup_weeks: int = _option(8, Count(0, 520), mark("For how many weeks the last backup of each week is kept."))
    backup_months: int = _option(12, Count(0, 120), mark("For how many months the last backup of each month is kept."))
    slips: str = _option(
        "party",
        OneOf(("party", "always", "never")),
        mark("When a carry-out slip is printed for each visitor."),
    )
    receive_to: str = _option(
        "floor", OneOf(("floor", "store")), mark("Where received goods go: to where tills sell from, or to the store.")
    )
    sell_below_zero: tuple[str, ...] = _option(
        (),
        Scopes(),
        mark("The categories that are sold although the books have none."),
    )
    block_expired: tuple[str, ...] = _option(
        ("*",), Scopes(), mark("The categories of which no expired lot is sold. Others only warn.")
    )
    expiry_warning_days: int = _option(
        30, Count(0, 730), mark("For how many days before its last day a lot is named as expiring soon.")
    )
    marked_categories: tuple[str, ...] = _option(
        (), Scopes(), mark("The categories whose pieces bear a marking code that is scanned at the sale.")
    )
    weight_codes: tuple[str, ...] = _option(
        ("22IIIIIVVVVVC",), Layouts(), mark("Codes that a scale prints with grams in them, such as 22IIIIIVVVVVC.")
    )
    price_codes: tuple[str, ...] = _option(
        (), Layouts(), mark("Codes that a scale prints with a price in them, such as 23IIIIIVVVVVC.")
    )
    cover_days: int = _option(14, Count(1, 365), mark("For how many days of sales an order fills the shelf."))
    sales_history_days: int = _option(28, Count(1, 365), mark("From how many past days sales a day are worked out."))
    label_languages: tuple[str, ...] = _option(
        ("zh", "ru"), LanguagePair(), mark("The one or two languages of the names on price labels.")
    )
    label_lots: bool = _option(False, YesNo(), mark("Whether price labels bear the lot of the goods and its last day."))
    label_printer: str = _option("folder", Printer(), mark("Where price labels go: to the folder or to a printer."))
    fiscal_device: bool = _option(
        False, YesNo(), mark("Whether a fiscal device prints the fiscal receipt beside this one.")
    )
    visitor_margin_days: int = _option(
        30,
        Count(1, 3650),
        mark("For how many days beyond the longest window of the allowance what is known of a visitor is kept."),
    )

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """All options in their order."""
        return tuple(f.name for f in fields(cls))

    @classmethod
    def sentence(cls, name: str) -> str:
        """What an option does, in English (a message to translate)."""
        return str(cls._field(name).metadata["sentence"])

    @classmethod
    def kind(cls, name: str) -> Kind:
        """What an option can be."""
        kind: Kind = cls._field(name).metadata["read"]
        return kind

    @classmethod
    def _field(cls, name: str) -> Any:
        for known in fields(cls):
            if known.name == name:
                return known
        raise UnknownSetting(name[:40])

    def with_text(self, name: str, text: str) -> Settings:
        """The settings with one option read from text; raises UnknownSetting or BadField naming it."""
        known = self._field(name)
        try:
            value = known.metadata["read"](text)
        except (ValueError, KeyError, BadInput):
            raise BadField(name, "not_a_setting", text[:40]) from None
        return replace(self, **{name: value})

    def text(self, name: str) -> str:
        """An option's value as text that `with_text` reads back."""
        value = getattr(self, self._field(name).name)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return ",".join(value)
        if name.startswith("step_"):
            return str(Money(value, CURRENCIES[name[-3:].upper()]))
        return str(value)

    @classmethod
    def read(cls, stored: Mapping[str, str]) -> Settings:
        """The settings of a store: defaults, with what was set.

        An option of another version is passed over, and so is a value that this one would not take.
        """
        return _read(tuple(sorted(stored.items())))

    @property
    def backup_rotation(self) -> Rotation:
        """Which backups are kept."""
        return Rotation(self.backup_days, self.backup_weeks, self.backup_months)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the shop's clock."""
        return ZoneInfo(self.time_zone)

    @property
    def base(self) -> Currency:
        """The currency of the rates."""
        return CURRENCIES[self.base_currency]

    @property
    def price(self) -> Currency:
        """The currency of the prices."""
        return CURRENCIES[self.price_currency]

    @property
    def stale_after(self) -> timedelta:
        """The age from which a rate is old."""
        return timedelta(hours=self.stale_rate_hours)

    @property
    def one_time_pin_holds(self) -> timedelta:
        """How long a one-time PIN may be used."""
        return timedelta(hours=self.one_time_pin_hours)

    def cash(self) -> CashRules:
        """How this shop rounds cash."""
        steps = {"CNY": self.step_cny, "KZT": self.step_kzt, "USD": self.step_usd, "EUR": self.step_eur}
        coins = frozenset(CURRENCIES) if self.coins_of_foreign else frozenset({"CNY", "KZT"})
        return CashRules({**steps, "RUB": self.step_rub}, self.buyers_favour, coins)

    def referenced(self) -> frozenset[str]:
        """The methods of payment for which the shop wants a reference."""
        wanted = {"qr": self.qr_reference, "card": self.card_reference}
        return frozenset(method for method, is_wanted in wanted.items() if is_wanted)

    def most_without_receipt(self) -> Money:
        """The most that a return without a receipt pays back."""
        return Money(self.blind_return_limit * self.price.minor_per_unit, self.price)

    def most_adjusted(self) -> Money:
        """The most that a clerk corrects or writes off by one paper; nothing where there is no limit."""
        return Money(self.adjustment_limit * self.price.minor_per_unit, self.price)

    def stock_policy(self, at: datetime) -> StockPolicy:
        """What is sold of goods that the books do not have, have expired or bear a mark, on the shop's day of `at`."""
        return StockPolicy(
            at.astimezone(self.zone).date(),
            self.sell_below_zero,
            self.block_expired,
            self.marked_categories,
            self.expiry_warning_days,
        )

    def printer_of(self, till: str) -> str:
        """Where the receipts of a till go."""
        return _of_till(self.till_printers, till, self.printer)

    def scanner_of(self, till: str) -> str:
        """The serial port of a till's scanner; empty where it is a keyboard."""
        return _of_till(self.till_scanners, till, "")

    def scale_of(self, till: str) -> str:
        """Protocol and port of a till's scale; empty where it has none."""
        return _of_till(self.till_scales, till, "")

    def display_of(self, till: str) -> str:
        """When a till shows its customer's display: auto, window or off."""
        return dict(pair.split("=", 1) for pair in self.till_displays).get(till, self.customer_display)

    def regime_for(self, destination: str) -> str:
        """The regime that the shop judges by for a side."""
        return self.regime_cn if destination == "CN" else self.regime_kz


def _of_till(pairs: tuple[str, ...], till: str, usual: str) -> str:
    return dict(pair.split("=", 1) for pair in pairs).get(till, usual)


@lru_cache(maxsize=8)
def _read(stored: tuple[tuple[str, str], ...]) -> Settings:
    settings = Settings()
    for name, text in stored:
        if name in Settings.names():
            with suppress(BadField):
                settings = settings.with_text(name, text)
    return settings
