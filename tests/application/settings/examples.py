"""A value other than the default for every setting, from its kind: a new setting of a known kind needs none here."""

from __future__ import annotations

from pos.application.settings.setting_kinds import (
    AccountNumbers,
    CashStep,
    DatedScopes,
    Folder,
    Kind,
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
    Written,
    YesNo,
)
from pos.application.settings.settings import Settings
from tests.application.settings.test_shop_logo import LOGO

_OF_KIND: dict[type[Kind], str] = {
    Written: "Шёлк 3 区", Logo: LOGO, TimeZone: "Asia/Almaty", LanguagePair: "kk", Printer: "system:XP-80",
    Percent: "0.85", TimeOfDay: "20:30",
    PriceAmount: "12.50", AccountNumbers: "cash_CNY=1001.01,vat_12=2221.12,rounding=6301",
    Folder: "/media/office", SchemaPath: "/media/office/schema", WebAddress: "https://bank.example/rates.xml",
    Scopes: "food,drink", Layouts: "21IIIIIVVVVVC",
    TillPrinters: "T2=folder,T3=system:Bar counter", TillScanners: "T1=/dev/ttyACM0;115200,T2=COM3",
    Permissions: "reports,stock", DatedScopes: "tobacco=2026-01-01,footwear=2026-07-01", TillNames: "T2=SWK00032686",
    TillScales: "T1=toledo:/dev/ttyUSB0;9600;7E1,T2=ascii:COM4",
}  # fmt: skip


def example(name: str) -> str:
    """The text of a value that the setting takes and that is not its default."""
    kind, default = Settings.kind(name), Settings().text(name)
    match kind:
        case YesNo():
            return "no" if default == "yes" else "yes"
        case OneOf():
            return next(value for value in kind.values if value != default)
        case ProductFields():
            return kind.values[0]
        case Names():
            return next(value for value in reversed(kind.values) if value != default)
        case WholeNumber():
            return str(kind.highest if default != str(kind.highest) else kind.lowest)
        case CashStep():
            return str(kind.largest if default != str(kind.largest) else kind.smallest)
        case TillChoices():
            return f"T2={kind.values[-1]}"
        case RegimeId() | ParcelRegimeId():
            return f"{name}-example"
        case _:
            return _OF_KIND[type(kind)]


EXAMPLES = {name: example(name) for name in Settings.names()}
