"""Every setting of the shop, declared once: type, default, kind, group, title and a sentence that describes it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pos.application.settings.fiscal_settings import FiscalSettings, is_apart
from pos.application.settings.option import (
    PARCELS,
    REGIME,
    STEP,
    Group,
    Option,
    UnknownSetting,
    options_of_border,
    setting,
)
from pos.application.settings.setting_kinds import (
    DISPLAYS,
    TEXT_SIZES,
    TOUCH_KEYS,
    VOLUMES,
    WINDOWS,
    AccountNumbers,
    Folder,
    Kind,
    LanguagePair,
    Layouts,
    Logo,
    Names,
    OneOf,
    Percent,
    Permissions,
    Printer,
    ProductFields,
    Scopes,
    TillChoices,
    TillPrinters,
    TillScales,
    TillScanners,
    TimeZone,
    WebAddress,
    WholeNumber,
    Written,
    YesNo,
)
from pos.application.text.translator import N_
from pos.domain.border import Border, border_in_force
from pos.domain.catalogue.product_fields import LABEL_DETAILS, ON_PAPERS
from pos.domain.errors import BadField, BadInput
from pos.domain.maintenance.rotation import Rotation
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.outside_partners.providers import CARD_PROVIDERS, QR_PROVIDERS
from pos.domain.payment.tender import CashRules
from pos.domain.reports.accounts import Accounts
from pos.domain.staff.rights import EDITED_ROLES, USUAL_RIGHTS, Rights, RoleRights, in_order
from pos.domain.stock.stock_policy import StockPolicy

RIGHTS_OF = {role: (f"{role}_permissions", f"{role}_discount_percent") for role in EDITED_ROLES}
"""The settings with the rights of a role and with its largest discount."""
RIGHTS_SETTINGS = tuple(name for names in RIGHTS_OF.values() for name in names)


_AFTER: Mapping[str, tuple[str, ...]] = {"price_currency": (STEP,), "receipt_fields": (REGIME, PARCELS)}
"""Behind which settings those for each currency and for each destination stand."""


@dataclass(frozen=True, slots=True)
class Settings(FiscalSettings):
    """The shop's settings with their values in force; `with_text` sets one from text.

    A setting `step_kzt` stands for each currency of the border, its value in `cash_steps`; a setting `regime_cn` for
    each destination, its value in `regimes`, and `parcel_regime_cn`, its value in `parcel_regimes`. Those that the
    border decides have its usual values.
    """

    cash_steps: Mapping[str, int] = field(
        default_factory=lambda: {code: one.cash_step for code, one in border_in_force().currencies.items()}
    )
    """The smallest cash amount by currency, in minor units."""
    regimes: Mapping[str, str] = field(
        default_factory=lambda: {one.country: one.regime for one in border_in_force().destinations}
    )
    """The id of the rules by destination."""
    parcel_regimes: Mapping[str, str] = field(
        default_factory=lambda: {one.country: "" for one in border_in_force().destinations}
    )
    """The id of the rules for parcels by destination; empty where the shop sends none there."""
    shop_name: str = setting(
        "", Written(60), "shop", N_("Shop name"), N_("The shop name on the window and on receipts.")
    )
    address_1: str = setting(
        "", Written(80), "shop", N_("Address, first language"), N_("The address in the first receipt language.")
    )
    address_2: str = setting(
        "", Written(80), "shop", N_("Address, second language"), N_("The address in the second receipt language.")
    )
    logo: str = setting("", Logo(), "shop", N_("Logo"), N_("The shop logo at the top of receipts and A4 pages."))
    time_zone: str = setting(
        lambda border: border.time_zone, TimeZone(), "shop", N_("Time zone"),
        N_("The time zone of the shop. The business day ends at midnight."),
    )  # fmt: skip
    base_currency: str = setting(
        lambda border: border.rate_currency.code, OneOf(()), "money", N_("Rate currency"),
        N_("The currency of the exchange rates."),
    )  # fmt: skip
    price_currency: str = setting(
        lambda border: border.price.code, OneOf(()), "money", N_("Price currency"),
        N_("The currency of prices and totals."),
    )  # fmt: skip
    receipt_languages: tuple[str, ...] = setting(
        lambda border: border.receipt_languages, LanguagePair(), "shop", N_("Receipt languages"),
        N_("One or two languages on the receipt."),
    )  # fmt: skip
    receipt_fields: tuple[str, ...] = setting(
        (), ProductFields(ON_PAPERS), "shop", N_("Product data on receipts"),
        N_("What receipts show of each product beside its name."),
    )  # fmt: skip
    sell_without_visitor: bool = setting(
        False, YesNo(), "quota", N_("Sale without a document"),
        N_("Allow sales without a document. They have no allowance check."),
    )  # fmt: skip
    refuse_unknown: bool = setting(
        False, YesNo(), "quota", N_("Refuse goods with unknown allowance"),
        N_("Refuse goods when data for the allowance check is missing."),
    )  # fmt: skip
    coins_of_foreign: bool = setting(False, YesNo(), "money", N_("Foreign coins in the drawer"),
        N_("The drawer keeps coins of foreign currencies for change."), of_rates=True)  # fmt: skip
    buyers_favour: bool = setting(
        False, YesNo(), "money", N_("Round in the customer's favour"),
        N_("Round cash in the customer's favour instead of to the nearest step."),
    )  # fmt: skip
    provider_qr: tuple[str, ...] = setting(
        (), Names(QR_PROVIDERS, or_none=True), "money", N_("QR payments through"),
        N_("The providers that the till asks for the money of a QR payment. Without one the cashier types it."),
    )  # fmt: skip
    provider_card: tuple[str, ...] = setting(
        (), Names(CARD_PROVIDERS, or_none=True), "money", N_("Card payments through"),
        N_("The terminals that the till asks for the money of a card payment. Without one the cashier types it."),
    )  # fmt: skip
    code_at_checkout: bool = setting(
        True, YesNo(), "money", N_("Payment code at the checkout"),
        N_("A payment code that is scanned at the checkout opens the payment of the basket and pays it."),
    )  # fmt: skip
    qr_reference: bool = setting(
        False, YesNo(), "money", N_("QR wallet reference required"),
        N_("A QR wallet payment needs the reference number from the wallet."),
    )  # fmt: skip
    card_reference: bool = setting(
        False, YesNo(), "money", N_("Card slip number required"),
        N_("A card payment needs the number on the terminal slip."),
    )  # fmt: skip
    stale_rate_hours: int = setting(48, WholeNumber(1, 8760), "money", N_("Rate outdated after (hours)"),
        N_("Hours until the payment screen warns about an old rate."), of_rates=True)  # fmt: skip
    rate_jump_percent: int = setting(20, WholeNumber(1, 1000), "money", N_("Ask about rate changes from (%)"),
        N_("The till asks when a new rate differs from the last by this percentage."), of_rates=True)  # fmt: skip
    bank_spread_percent: Decimal = setting(  # noqa: RUF009 # a decimal never changes
        Decimal(0), Percent(20), "money", N_("Spread on a bank's rates (%)"),
        N_("How far selling is above buying when both are made of a central bank's rate; half on each side."),
        of_rates=True,
    )  # fmt: skip
    rate_folder: str = setting("", Folder(), "money", N_("Folder with files of rates"),
        N_("The page of rates offers a central bank's file that lies there. Empty for none."),
        of_rates=True)  # fmt: skip
    rate_feed: str = setting(lambda border: border.feed, WebAddress(), "money", N_("Address of a bank's rates"),
        N_("Where the command rates fetch takes rates from. The window itself opens no connection."),
        of_rates=True)  # fmt: skip
    accounts: tuple[str, ...] = setting(
        (), AccountNumbers(), "money", N_("Account numbers"),
        N_("The accounts of the day voucher, such as cash_CNY=1001.01. Empty for the proposed numbers."),
    )  # fmt: skip
    hold_minutes: int = setting(
        15, WholeNumber(1, 240), "till", N_("Hold goods during payment (minutes)"),
        N_("How long an open payment holds goods and allowance, in minutes."),
    )  # fmt: skip
    park_minutes: int = setting(
        120, WholeNumber(1, 1440), "till", N_("Hold parked sales (minutes)"),
        N_("How long a parked sale holds goods and allowance, in minutes."),
    )  # fmt: skip
    center_away: str = setting("refuse", OneOf(("refuse", "approve")), "quota", N_("When the center does not answer"),
        N_("What a shop that is a member of a center does with sales to visitors then."))  # fmt: skip
    blind_return_limit: int = setting(
        500, WholeNumber(0, 1_000_000), "staff", N_("Return without receipt, limit"),
        N_("The maximum refund without a receipt, in the price currency."))  # fmt: skip
    adjustment_limit: int = setting(
        0, WholeNumber(0, 100_000_000), "stock", N_("Clerk correction limit"),
        N_("The value a clerk can correct, write off or post in a stock-take without a manager. 0: no limit."),
    )  # fmt: skip
    lock_minutes: int = setting(
        10, WholeNumber(1, 600), "staff", N_("Lock the till after (minutes)"),
        N_("Idle minutes before the till locks."),
    )  # fmt: skip
    one_time_pin_hours: int = setting(
        72, WholeNumber(1, 720), "staff", N_("One-time PIN valid for (hours)"),
        N_("How long a one-time PIN is valid, in hours."),
    )  # fmt: skip
    cashier_permissions: tuple[str, ...] = setting(
        in_order(USUAL_RIGHTS.cashier.permissions), Permissions(), "staff", N_("Rights of cashiers"),
        N_("What cashiers may do without an approval."),
    )  # fmt: skip
    cashier_discount_percent: int = setting(
        USUAL_RIGHTS.cashier.most_percent, WholeNumber(0, 100), "staff", N_("Discount by cashiers, limit"),
        N_("The largest discount by a cashier without an approval, in per cent."),
    )  # fmt: skip
    clerk_permissions: tuple[str, ...] = setting(
        in_order(USUAL_RIGHTS.clerk.permissions), Permissions(), "staff", N_("Rights of stock clerks"),
        N_("What stock clerks may do without an approval."),
    )  # fmt: skip
    clerk_discount_percent: int = setting(
        USUAL_RIGHTS.clerk.most_percent, WholeNumber(0, 100), "staff", N_("Discount by stock clerks, limit"),
        N_("The largest discount by a stock clerk without an approval, in per cent."),
    )  # fmt: skip
    scanner_gap_ms: int = setting(
        50, WholeNumber(5, 500), "till", N_("Scanner: longest pause (ms)"),
        N_("The longest pause between two scanner keystrokes."),
    )  # fmt: skip
    scanner_shortest: int = setting(
        6, WholeNumber(3, 20), "till", N_("Scanner: shortest code"), N_("The shortest code accepted as a scan.")
    )
    printer: str = setting(
        "folder", Printer(), "devices", N_("Receipt printer"), N_("Where receipts go: folder or printer.")
    )
    till_printers: tuple[str, ...] = setting(
        (), TillPrinters(), "devices", N_("Printers by till"), N_("Tills with a different receipt printer.")
    )
    till_scanners: tuple[str, ...] = setting(
        (), TillScanners(), "devices", N_("Serial scanners"), N_("Tills with a serial scanner.")
    )
    till_scales: tuple[str, ...] = setting(
        (), TillScales(), "devices", N_("Scales"), N_("Tills with a scale. Without a scale, the weight is typed.")
    )
    customer_display: str = setting(
        "auto", OneOf(DISPLAYS), "till", N_("Customer display"),
        N_("When a second window shows goods, total and allowance to the customer."),
    )  # fmt: skip
    till_displays: tuple[str, ...] = setting(
        (), TillChoices(DISPLAYS), "till", N_("Customer displays by till"),
        N_("Tills with a different customer display."),
    )  # fmt: skip
    phone_receipt: bool = setting(
        True, YesNo(), "till", N_("Receipt for the phone"),
        N_("After a sale the customer display shows the receipt as a QR code."),
    )  # fmt: skip
    touch_keys: str = setting(
        "finger", OneOf(TOUCH_KEYS), "till", N_("On-screen keyboard"),
        N_("When the on-screen keyboard is shown. A real keyboard hides it."),
    )  # fmt: skip
    till_touch_keys: tuple[str, ...] = setting(
        (), TillChoices(TOUCH_KEYS), "till", N_("On-screen keyboard by till"),
        N_("Tills that show the on-screen keyboard at other times."),
    )  # fmt: skip
    sound_volume: str = setting(
        "100", OneOf(VOLUMES), "till", N_("Volume of sounds"),
        N_("How loud the till's sounds are, in per cent. 0 is off."),
    )  # fmt: skip
    till_sound_volumes: tuple[str, ...] = setting(
        (), TillChoices(VOLUMES), "till", N_("Volume of sounds by till"), N_("Tills with a different volume.")
    )
    text_size: str = setting(
        "100", OneOf(TEXT_SIZES), "till", N_("Text size"),
        N_("The size of everything in the window, in per cent. It applies from the next start of the program."),
    )  # fmt: skip
    till_text_sizes: tuple[str, ...] = setting(
        (), TillChoices(TEXT_SIZES), "till", N_("Text size by till"), N_("Tills with a different text size.")
    )
    window: str = setting(
        "shop", OneOf(WINDOWS), "till", N_("Window"),
        N_(
            "Whether the window fills the screen. A training and a demo shop stay in a frame unless you choose "
            "otherwise."
        ),
    )  # fmt: skip
    till_windows: tuple[str, ...] = setting(
        (), TillChoices(WINDOWS), "till", N_("Window by till"), N_("Tills with a different window.")
    )
    kiosk: bool = setting(
        False, YesNo(), "till", N_("Kiosk mode"),
        N_("The window fills the screen, and only a person who may change settings can close it."),
    )  # fmt: skip
    z_paper: str = setting(
        "80mm", OneOf(("80mm", "a4")), "shop", N_("Z report paper"),
        N_("Print the Z report on an 80 mm roll or on A4."),
    )  # fmt: skip
    export_folder: str = setting(
        "", Folder(), "shop", N_("Folder for Z report files"),
        N_("Folder for the Z report and the day report at shift close. Empty for none."),
    )  # fmt: skip
    export_forms: tuple[str, ...] = setting(
        ("xlsx", "pdf"), Names(("xlsx", "pdf", "csv", "json")), "shop", N_("Day report formats"),
        N_("File formats of the day report, such as xlsx,pdf. The Z report is always a PDF."),
    )  # fmt: skip
    backup_folder: str = setting(
        "", Folder(), "backup", N_("Second backup folder"),
        N_("A second backup folder, on a USB stick or another computer. Empty for none."),
    )  # fmt: skip
    backup_days: int = setting(
        14, WholeNumber(0, 366), "backup", N_("Keep daily backups for (days)"),
        N_("How many days daily backups are kept. 0: no automatic backups."),
    )  # fmt: skip
    backup_weeks: int = setting(
        8, WholeNumber(0, 520), "backup", N_("Keep weekly backups for (weeks)"),
        N_("How many weeks weekly backups are kept."),
    )  # fmt: skip
    backup_months: int = setting(
        12, WholeNumber(0, 120), "backup", N_("Keep monthly backups for (months)"),
        N_("How many months monthly backups are kept."),
    )  # fmt: skip
    slips: str = setting(
        "party", OneOf(("party", "always", "never")), "shop", N_("Carry-out slips"),
        N_("When a carry-out slip is printed for each visitor."),
    )  # fmt: skip
    receive_to: str = setting(
        "floor", OneOf(("floor", "store")), "stock", N_("Receive into"),
        N_("Where received goods go: shop floor or store room."),
    )  # fmt: skip
    sell_below_zero: tuple[str, ...] = setting(
        (), Scopes(), "stock", N_("Sell below zero stock"),
        N_("Categories that can be sold with no recorded stock."),
    )  # fmt: skip
    block_expired: tuple[str, ...] = setting(
        ("*",), Scopes(), "stock", N_("Refuse expired goods"),
        N_("Categories with a ban on expired lots. Others only warn."),
    )  # fmt: skip
    expiry_warning_days: int = setting(
        30, WholeNumber(0, 730), "stock", N_("Expiring soon (days)"),
        N_("How many days before expiry a lot is marked as expiring soon."),
    )  # fmt: skip
    marked_categories: tuple[str, ...] = setting(
        (), Scopes(), "stock", N_("Goods with a marking code"),
        N_("Categories with a marking code to scan at the sale."),
    )  # fmt: skip
    weight_codes: tuple[str, ...] = setting(
        ("22IIIIIVVVVVC",), Layouts(), "till", N_("Scale barcodes with weight"),
        N_("Scale barcodes that contain grams, such as 22IIIIIVVVVVC."),
    )  # fmt: skip
    price_codes: tuple[str, ...] = setting(
        (), Layouts(), "till", N_("Scale barcodes with price"),
        N_("Scale barcodes that contain a price, such as 23IIIIIVVVVVC."),
    )  # fmt: skip
    cover_days: int = setting(
        14, WholeNumber(1, 365), "stock", N_("Order for (days)"), N_("How many days of sales an order covers.")
    )
    sales_history_days: int = setting(
        28, WholeNumber(1, 365), "stock", N_("Daily sales based on (days)"),
        N_("How many past days the daily sales are based on."),
    )  # fmt: skip
    label_languages: tuple[str, ...] = setting(
        lambda border: border.receipt_languages, LanguagePair(), "stock", N_("Label languages"),
        N_("One or two languages on price labels."),
    )  # fmt: skip
    label_lots: bool = setting(
        False, YesNo(), "stock", N_("Lot on labels"), N_("Print the lot and its expiry date on price labels.")
    )
    label_fields: tuple[str, ...] = setting(
        (), ProductFields(LABEL_DETAILS), "stock", N_("Product data on labels"),
        N_("What price labels show beside the name of a product."),
    )  # fmt: skip
    label_printer: str = setting(
        "folder", Printer(), "devices", N_("Label printer"), N_("Where price labels go: folder or printer.")
    )
    fiscal_device: bool = setting(
        False, YesNo(), "shop", N_("Fiscal device"), N_("A separate fiscal device prints the fiscal receipt.")
    )
    parcel_address_days: int = setting(
        30, WholeNumber(1, 366), "visitors", N_("Keep addresses of parcels for (days)"),
        N_("How many days the recipient and the address of a parcel are kept after the sale."),
    )  # fmt: skip
    visitor_margin_days: int = setting(
        30, WholeNumber(1, 3650), "visitors", N_("Keep after the longest period (days)"),
        N_("How many days visitor data is kept after the longest allowance period."),
    )  # fmt: skip

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """All settings in order."""
        return tuple(_options(border_in_force()))

    @classmethod
    def option(cls, name: str) -> Option:
        """How a setting is shown. Raises UnknownSetting."""
        known = _options(border_in_force()).get(name)
        if known is None:
            raise UnknownSetting(name[:40])
        return known

    @classmethod
    def group(cls, name: str) -> Group:
        return cls.option(name).group

    @classmethod
    def sentence(cls, name: str) -> str:
        """The description of a setting in English (a message to translate)."""
        return cls.option(name).sentence

    @classmethod
    def kind(cls, name: str) -> Kind:
        return cls.option(name).kind

    def with_text(self, name: str, text: str) -> Settings:
        """The settings with one value parsed from text. Raises UnknownSetting or BadField naming it."""
        option = self.option(name)
        try:
            value: Any = option.kind(text)
        except ValueError as error:  # of a list it says which part it is
            raise BadField(name, "not_a_setting", (str(error) or text)[:40]) from None
        except (KeyError, BadInput):
            raise BadField(name, "not_a_setting", text[:40]) from None
        if name.startswith(STEP):
            return replace(self, cash_steps={**self.cash_steps, option.of: value})
        if name.startswith(REGIME):
            return replace(self, regimes={**self.regimes, option.of: value})
        if name.startswith(PARCELS):
            return replace(self, parcel_regimes={**self.parcel_regimes, option.of: value})
        return replace(self, **{name: value})

    def text(self, name: str) -> str:
        """The value of a setting as text that `with_text` parses."""
        option = self.option(name)
        if name.startswith(STEP):
            return str(Money(self.cash_steps[option.of], CURRENCIES[option.of]))
        if name.startswith(REGIME):
            return self.regimes[option.of]
        if name.startswith(PARCELS):
            return self.parcel_regimes[option.of]
        value = getattr(self, name)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return ",".join(value)
        return str(value)

    @classmethod
    def read(cls, stored: Mapping[str, str]) -> Settings:
        """The settings of a store: defaults, overridden by stored values.

        Unknown settings of another version and invalid values are ignored; of a set of rights only the unknown names.
        """
        return _read(tuple(sorted(stored.items())), border_in_force())

    def with_stored(self, name: str, text: str) -> Settings:
        """The settings with one value as a store or a journal of any version has it. Raises as `with_text`."""
        kind = self.kind(name)
        return self.with_text(name, kind.stored(text) if isinstance(kind, Permissions) else text)

    @property
    def rights(self) -> Rights:
        """What each role may do without an approval."""
        return Rights(
            RoleRights(frozenset(self.cashier_permissions), self.cashier_discount_percent),
            RoleRights(frozenset(self.clerk_permissions), self.clerk_discount_percent),
        )

    @property
    def backup_rotation(self) -> Rotation:
        return Rotation(self.backup_days, self.backup_weeks, self.backup_months)

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def base(self) -> Currency:
        """The base currency of the rates."""
        return CURRENCIES[self.base_currency]

    @property
    def price(self) -> Currency:
        """The price currency."""
        return CURRENCIES[self.price_currency]

    @property
    def stale_after(self) -> timedelta:
        """The age from which a rate is stale."""
        return timedelta(hours=self.stale_rate_hours)

    @property
    def one_time_pin_holds(self) -> timedelta:
        """The validity of a one-time PIN."""
        return timedelta(hours=self.one_time_pin_hours)

    def cash(self) -> CashRules:
        kept = frozenset(code for code, one in CURRENCIES.items() if one.keeps_coins or self.coins_of_foreign)
        return CashRules(self.cash_steps, self.buyers_favour, kept)

    def account_numbers(self) -> Accounts:
        """The numbers of the accounts for the day voucher."""
        return Accounts.of(self.accounts)

    def providers_of(self, method: str) -> tuple[str, ...]:
        """The payment providers of a method, `qr` or `card`."""
        return {"qr": self.provider_qr, "card": self.provider_card}.get(method, ())

    def referenced(self) -> frozenset[str]:
        """Payment methods that need a reference."""
        by_method = {"qr": self.qr_reference, "card": self.card_reference}
        return frozenset(method for method, is_needed in by_method.items() if is_needed)

    def most_without_receipt(self) -> Money:
        """The limit of a return without receipt."""
        return Money(self.blind_return_limit * self.price.minor_per_unit, self.price)

    def most_adjusted(self) -> Money:
        """The limit of a clerk's adjustment or write-off in one document; None without a limit."""
        return Money(self.adjustment_limit * self.price.minor_per_unit, self.price)

    def stock_policy(self, at: datetime) -> StockPolicy:
        """The policy for goods not in the books, expired, or with a marking code, on the shop's day of `at`."""
        return StockPolicy(
            at.astimezone(self.zone).date(),
            self.sell_below_zero,
            self.block_expired,
            (*self.marked_categories, *self.marked_since(at.astimezone(self.zone).date())),
            self.expiry_warning_days,
        )

    @property
    def marks_some(self) -> bool:
        """Whether some goods may have to be sold by a marking code."""
        return bool(self.marked_categories or self.register_kind)

    def printer_of(self, till: str) -> str:
        """The receipt printer of a till."""
        return _of_till(self.till_printers, till, self.printer)

    def scanner_of(self, till: str) -> str:
        """The serial port of a till's scanner; empty for a keyboard scanner."""
        return _of_till(self.till_scanners, till, "")

    def scale_of(self, till: str) -> str:
        """Protocol and port of a till's scale; empty for none."""
        return _of_till(self.till_scales, till, "")

    def display_of(self, till: str) -> str:
        """The mode of a till's customer display: auto, window or off."""
        return _of_till(self.till_displays, till, self.customer_display)

    def sound_volume_of(self, till: str) -> int:
        """The volume of the sounds of a till, in per cent."""
        return int(_of_till(self.till_sound_volumes, till, self.sound_volume))

    def text_size_of(self, till: str) -> int:
        """The size of the text at a till, in per cent."""
        return int(_of_till(self.till_text_sizes, till, self.text_size))

    def window_of(self, till: str) -> str:
        """How the window of a till stands: as usual for its shop, full, or in a frame."""
        return "full" if self.kiosk else _of_till(self.till_windows, till, self.window)

    def touch_keys_of(self, till: str) -> str:
        """When a till shows keys on its screen: finger, tap or never."""
        return _of_till(self.till_touch_keys, till, self.touch_keys)

    def regime_for(self, destination: str) -> str:
        """The id of the rules for a destination of this border; raises KeyError for another."""
        return self.regimes[destination]

    def parcel_regime_for(self, destination: str) -> str:
        """The id of the rules for parcels to a destination; empty where the shop sends none there."""
        return self.parcel_regimes.get(destination, "")


def _of_till(pairs: tuple[str, ...], till: str, usual: str) -> str:
    return dict(pair.split("=", 1) for pair in pairs).get(till, usual)


@lru_cache(maxsize=8)
def _read(stored: tuple[tuple[str, str], ...], border: Border) -> Settings:
    settings, known = Settings(), _options(border)
    for name, text in stored:
        if name in known:
            with suppress(BadField):
                settings = settings.with_stored(name, text)
    return settings


@lru_cache(maxsize=8)
def _options(border: Border) -> Mapping[str, Option]:
    """All settings of a shop at a border in order, by name."""
    of_border = options_of_border(border)
    found: list[Option] = []
    for one in (each for each in sorted(fields(Settings), key=is_apart) if "read" in each.metadata):
        kind = one.metadata["read"]
        if one.metadata["of_rates"] and len(border.currencies) == 1:
            continue
        if one.name in ("base_currency", "price_currency"):
            kind = OneOf(tuple(border.currencies))
        found.append(Option(one.name, kind, one.metadata["group"], one.metadata["title"], one.metadata["sentence"]))
        for prefix in _AFTER.get(one.name, ()):
            found += of_border[prefix]
    return {option.name: option for option in found}
