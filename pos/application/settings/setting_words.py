"""Settings in the reader's language: titles, groups, values and what they take."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pos.application.settings.device_addresses import ESCPOS, TCP
from pos.application.settings.option import Group
from pos.application.settings.setting_kinds import (
    AccountNumbers,
    CashStep,
    DatedScopes,
    Folder,
    LanguagePair,
    Layouts,
    Logo,
    Names,
    OneOf,
    ParcelRegimeId,
    Percent,
    Permissions,
    PriceAmount,
    Printer,
    ProductFields,
    RegimeId,
    SchemaPath,
    Scopes,
    TillChoices,
    TillNames,
    TillPrinters,
    TillScales,
    TillScanners,
    TimeOfDay,
    TimeZone,
    WebAddress,
    WholeNumber,
    YesNo,
)
from pos.application.settings.settings import Settings
from pos.application.text.border_words import country_text, currency_word
from pos.application.text.formatting import currency_symbol, money_text, number_text, percent_text
from pos.application.text.names import CATEGORIES, PRODUCT_TITLES, RIGHTS, name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.pickup_words import NO_SHOW
from pos.application.text.translator import LANGUAGE_NAMES, N_, Translator
from pos.application.text.typography import labelled, listed
from pos.domain.money import Currency, Money
from pos.domain.reports.accounts import ACCOUNT_KINDS
from pos.domain.staff.rights import GRANTED_PERMISSIONS

GROUPS: Mapping[Group, str] = {
    "shop": N_("Shop and receipt"),
    "money": N_("Money and rounding"),
    "quota": N_("Allowance"),
    "till": N_("Till and scanner"),
    "devices": N_("Devices"),
    "stock": N_("Stock and labels"),
    "staff": N_("Staff and security"),
    "visitors": N_("Visitor data"),
    "backup": N_("Backups"),
}
"""The titles of the groups, in order."""


_CHOICES: Mapping[str, str] = {
    "auto": N_("On a second screen"),
    "window": N_("In a window"),
    "off": N_("Off"),
    "80mm": N_("Strip, 80 mm"),
    "a4": N_("Sheet, A4"),
    "party": N_("For several visitors"),
    "always": N_("Always"),
    "never": N_("Never"),
    "finger": N_("When a finger touches a field"),
    "shop": N_("Full screen in a real shop"),
    "full": N_("Full screen"),
    "frame": N_("In a frame"),
    "tap": N_("On every tap or click in a field"),
    "floor": N_("Shop floor"),
    "store": N_("Store room"),
    **PROVIDERS,
    "refuse": N_("Refuse the sale"),
    "approve": N_("Ask for an approval"),
    "none": N_("None"),
    **NO_SHOW,
    "when_taken": N_("When they are taken"),
    "at_sale": N_("With the sale at the pick-up"),
    "webkassa": "Webkassa",
}

_ESCPOS_ADDRESSES = (
    "escpos:tcp:192.168.1.50:9100, escpos:spool:POS-80, escpos:file:/dev/usb/lp0, escpos:usb:04b8:0202, "
    "escpos:serial:/dev/ttyS0;19200"
)
_ESCPOS_OPTIONS = ";58mm ;no-cut ;pin5 ;no-drawer"


def group_of(name: str) -> Group:
    """The group of a setting; the shop's group as default."""
    return Settings.group(name) if name in Settings.names() else "shop"


def name_of_setting(name: str, tr: Translator) -> str:
    """The name of a setting as shown; its key as default."""
    if name not in Settings.names():
        return name
    option = Settings.option(name)
    if isinstance(option.kind, CashStep):
        return tr(option.title, currency=currency_word(option.kind.currency, tr))
    if isinstance(option.kind, RegimeId | ParcelRegimeId):
        return tr(option.title, country=country_text(option.kind.destination, tr))
    return tr(option.title)


def choice_text(text: str, tr: Translator) -> str:
    """A named value of a setting as shown."""
    if text in ("yes", "no"):
        return tr.context("setting", "Yes") if text == "yes" else tr.context("setting", "No")
    return tr(_CHOICES[text]) if text in _CHOICES else text


def printer_text(text: str, tr: Translator) -> str:
    """A printer as shown: the folder, the system's default, or a name or address."""
    if text == "folder":
        return tr("PDF folder")
    if text.startswith(ESCPOS):
        return text.removeprefix(ESCPOS).removeprefix(f"{TCP}:").replace(";", " · ")
    return text.removeprefix("system:") or tr("Default printer")


def value_text(settings: Settings, name: str, tr: Translator) -> str:
    text = settings.text(name)
    kind = Settings.kind(name)
    if not text:
        return tr("Proposed numbers") if isinstance(kind, AccountNumbers) else tr("none")
    if isinstance(kind, AccountNumbers):
        return tr(", ").join(text.split(","))
    if isinstance(kind, Scopes):
        return tr(", ").join(name_of(CATEGORIES, scope, tr) for scope in text.split(","))
    if isinstance(kind, DatedScopes):
        dated = (pair.split("=", 1) for pair in text.split(","))
        return listed(tr, (labelled(tr, name_of(CATEGORIES, scope, tr), day) for scope, day in dated))
    if isinstance(kind, Permissions):
        return tr(", ").join(name_of(RIGHTS, permission, tr) for permission in text.split(","))
    if isinstance(kind, ProductFields):
        return tr(", ").join(name_of(PRODUCT_TITLES, field, tr) for field in text.split(","))
    if isinstance(kind, LanguagePair):
        return tr(", ").join(LANGUAGE_NAMES[code] for code in text.split(","))
    if isinstance(kind, Names):
        return tr(", ").join(choice_text(one, tr) for one in text.split(","))
    if isinstance(kind, YesNo | OneOf):
        return choice_text(text, tr)
    if isinstance(kind, Printer):
        return printer_text(text, tr)
    if isinstance(kind, TillPrinters):
        pairs = (pair.split("=", 1) for pair in text.split(","))
        return listed(tr, (labelled(tr, till, printer_text(where, tr)) for till, where in pairs))
    if isinstance(kind, TillScanners | TillScales | TillNames):
        pairs = (pair.split("=", 1) for pair in text.split(","))
        return listed(tr, (labelled(tr, till, where.replace(";", " · ")) for till, where in pairs))
    if isinstance(kind, TillChoices):
        pairs = (pair.split("=", 1) for pair in text.split(","))
        return listed(tr, (labelled(tr, till, choice_text(when, tr)) for till, when in pairs))
    if isinstance(kind, Logo):
        return tr("A picture")
    if isinstance(kind, CashStep):
        return money_text(Money.parse(text, kind.currency), tr.language)
    if isinstance(kind, WholeNumber):
        return number_text(int(text), tr.language)
    if isinstance(kind, Percent):
        return percent_text(Decimal(text), tr.language)
    return text


def short_value_text(settings: Settings, name: str, tr: Translator) -> str:
    """A value for one line of a list: of a set of rights how many they are."""
    if not isinstance(Settings.kind(name), Permissions) or not settings.text(name):
        return value_text(settings, name, tr)
    done, total = len(settings.text(name).split(",")), len(GRANTED_PERMISSIONS)
    return tr("{done} of {total}", done=number_text(done, tr.language), total=number_text(total, tr.language))


def said_text(name: str, text: str, tr: Translator) -> str:
    """A value of a setting as its journal text. Raises BadField for an invalid value."""
    return value_text(Settings().with_stored(name, text), name, tr)


def unit_text(name: str, price: Currency, tr: Translator) -> str:
    """The unit of a setting that is a whole number; empty for a count."""
    if name.endswith("_limit"):
        return currency_symbol(price)
    units = {
        "minutes": tr.context("unit", "min"), "hours": tr.context("unit", "h"),
        "days": tr.context("unit", "days"), "percent": "%", "ms": tr.context("unit", "ms"),
    }  # fmt: skip
    return units.get(name.rpartition("_")[2], "")


def typed_text(name: str, tr: Translator) -> str:
    """The text of the input field of a setting; settings by till have a field for each till."""
    kind = Settings.kind(name)
    if isinstance(kind, TillPrinters):
        return takes_text("printer", tr)
    if isinstance(kind, TillScanners):
        return tr("A serial port, such as {places}.", places="/dev/ttyACM0, /dev/ttyUSB0;115200, COM3")
    if isinstance(kind, TillScales):
        return tr(
            "Scale protocol and port, such as {places}. toledo: weight on request (8217); ascii: continuous.",
            places="toledo:/dev/ttyUSB0, ascii:COM3;4800;8N1",
        )
    return takes_text(name, tr)


def takes_text(name: str, tr: Translator) -> str:
    """The valid values of a setting in a sentence."""
    kind, language = Settings.kind(name), tr.language
    if isinstance(kind, WholeNumber):
        low, high = number_text(kind.lowest, language), number_text(kind.highest, language)
        return tr("A whole number from {low} to {high}.", low=low, high=high)
    if isinstance(kind, Percent):
        low, high = (percent_text(end, language, 0) for end in (0, kind.highest))
        return tr("From {low} to {high}, with at most two decimals.", low=low, high=high)
    if isinstance(kind, PriceAmount):
        low, high = (number_text(end, language) for end in (0, kind.highest))
        return tr("From {low} to {high}, with at most two decimals.", low=low, high=high)
    if isinstance(kind, CashStep):
        low, high = money_text(kind.smallest, language), money_text(kind.largest, language)
        return tr("From {low} to {high}, in steps of {low}.", low=low, high=high)
    if isinstance(kind, YesNo | OneOf):
        values = ("yes", "no") if isinstance(kind, YesNo) else kind.values
        return tr("One of: {values}.", values=listed(tr, values))
    if isinstance(kind, RegimeId):
        return tr("The id of the rules for that destination.")
    if isinstance(kind, ParcelRegimeId):
        return tr("The id of the rules for parcels to that destination. Empty for none.")
    if isinstance(kind, Printer):
        return tr(
            "folder, system:NAME, or escpos:ADDRESS, such as {places}. Options if needed: {options}.",
            places=_ESCPOS_ADDRESSES,
            options=_ESCPOS_OPTIONS,
        )
    if isinstance(kind, TillPrinters):
        return tr("Pairs such as {pairs}, separated by commas.",
                     pairs="T2=folder, T3=system:NAME, T4=escpos:tcp:192.168.1.50;pin5")  # fmt: skip
    if isinstance(kind, TillScanners):
        return tr("Pairs such as {pairs}, separated by commas.", pairs="T1=/dev/ttyACM0, T2=COM3;115200")
    if isinstance(kind, TillScales):
        return tr("Pairs such as {pairs}, separated by commas.",
                     pairs="T1=toledo:/dev/ttyUSB0, T2=ascii:COM3;4800;8N1")  # fmt: skip
    if isinstance(kind, TillChoices):
        pairs = ", ".join(f"T{number}={value}" for number, value in enumerate(kind.values[1:], start=2))
        return tr("Pairs such as {pairs}, separated by commas.", pairs=pairs)
    if isinstance(kind, Logo):
        return tr("A grey picture, at most 480 × 200 dots, as base64 PNG. Empty for none.")
    if isinstance(kind, Folder):
        return tr("Full path of a folder, such as /media/office. Empty for none.")
    if isinstance(kind, SchemaPath):
        return tr("Full path of a file or a folder, such as /media/office/schema. Empty for none.")
    if isinstance(kind, WebAddress):
        return tr("An address that begins with https://, without a password. Empty for none.")
    if isinstance(kind, Names):
        chosen = ", ".join(kind.values)
        if kind.or_none:
            return tr("Any of {values}, separated by commas. Empty for none.", values=chosen)
        return tr("One or more of {values}, separated by commas.", values=chosen)
    if isinstance(kind, Permissions):
        granted = ", ".join(GRANTED_PERMISSIONS)
        return tr("Any of {values}, separated by commas. Empty for none.", values=granted)
    if isinstance(kind, ProductFields):
        return tr("Any of {values}, separated by commas. Empty for none.", values=", ".join(kind.values))
    if isinstance(kind, TimeZone):
        return tr("A time zone name, such as Asia/Almaty.")
    if isinstance(kind, TimeOfDay):
        return tr("A time, such as 20:30. 24:00 is midnight.")
    if isinstance(kind, LanguagePair):
        return tr("One or two of en, zh, ru, kk, separated by a comma.")
    if isinstance(kind, Scopes):
        return tr("Categories separated by commas. * for all, empty for none.")
    if isinstance(kind, DatedScopes):
        return tr("Pairs such as {pairs}, separated by commas.", pairs="clothing=2026-12-01, footwear=2026-07-01")
    if isinstance(kind, TillNames):
        return tr("Pairs such as {pairs}, separated by commas.", pairs="T2=SWK00032686, T3=SWK00032687")
    if isinstance(kind, AccountNumbers):
        names = (f"{one.name}_CNY" if one.by == "currency" else one.name for one in ACCOUNT_KINDS)
        return tr(
            "Pairs such as {pairs}, separated by commas. Accounts: {names}. Empty for the proposed numbers.",
            pairs="cash_CNY=1001.01, revenue_12=6001.12, revenue_free=6001.0",
            names=listed(tr, names),
        )
    if isinstance(kind, Layouts):
        return tr("Patterns separated by commas: digits, then I for item, V for value, C for check digit.")
    return tr("At most {n} characters.", n=number_text(kind.longest, language))
