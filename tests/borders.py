"""Borders that a test writes as files into the folder of a shop: the border, its rules, its demo."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

REGIME = """
id = "{name}"
title = {{ en = "To the other side" }}
destination = "{country}"
time_zone = "Europe/Tallinn"
currency = "{currency}"
rate_kind = "customs"
assume_left = "end_of_day"
example = true

[duty]
charge = "whole_unit"
rates = [{{ scope = ["*"], rate = "0.20" }}]

[[rule]]
id = "value"
title = {{ en = "Goods" }}
measure = "value"
limit = "{limit}"
scope = ["*"]
window = "carry_out"
over = "duty"
source = "none: example"
confidence = "low"
"""

CURRENCY = """
[[currency]]
code = "{code}"
digits = {digits}
notes = {notes}
cash_step = "{step}"
keeps_coins = true
"""

NOTES: Mapping[int, Sequence[str]] = {
    0: ("10000", "5000", "1000", "500", "100", "50", "10", "5", "1"),
    2: ("100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10", "0.05", "0.01"),
    3: ("50", "20", "10", "5", "1", "0.500", "0.250", "0.100", "0.050", "0.010", "0.005", "0.001"),
}
"""Pieces by decimals, down to the smallest unit of the currency."""


def a_border(
    name: str, currencies: Mapping[str, int], sides: Sequence[str] = ("EE",), *, step: str = "", more: str = ""
) -> str:
    """The text of the file of a border: `currencies` are decimals by code, the first that of prices and rates."""
    first = next(iter(currencies))
    quoted = {code: str(list(NOTES[digits])).replace("'", '"') for code, digits in currencies.items()}
    return (
        f'id = "{name}"\ntitle = {{ en = "{name}" }}\ntime_zone = "Europe/Tallinn"\nprice_currency = "{first}"\n'
        f'rate_currency = "{first}"\nreceipt_languages = ["en"]\nexample = true\n{more}\n'
        + "".join(
            f'[[destination]]\ncountry = "{side}"\ntitle = {{ en = "To {side}" }}\nregime = "to-{side.lower()}"\n'
            for side in sides
        )
        + "".join(
            CURRENCY.format(code=code, digits=digits, notes=quoted[code], step=step or NOTES[digits][-1])
            for code, digits in currencies.items()
        )
        + '[fiscal_mark]\nlanguages = ["en"]\ntexts = ["NO FISCAL REGISTER"]\n'
        + f'[[vat]]\ncountry = "{sides[0]}"\nrate = "22"\nuntil = 2025-07-01\n'
        + f'[[vat]]\ncountry = "{sides[0]}"\nrate = "24"\nfrom = 2025-07-01\n'
    )


def a_demo(currencies: Mapping[str, int], sides: Sequence[str] = ("EE",), *, list_unit: str = "1") -> str:
    """The text of its demo: every other currency is worth half of the first."""
    codes = list(currencies)
    rates = "".join(
        f'[[rate]]\ncurrency = "{code}"\nbuy = "0.49"\nsell = "0.51"\ncustoms = "0.50"\n' for code in codes[1:]
    )
    small = {code: NOTES[digits][2:] for code, digits in currencies.items()}
    pieces = {code: ", ".join(f'"{value}" = 40' for value in values) for code, values in small.items()}
    float_ = "".join(f"{code} = {{ {text} }}\n" for code, text in pieces.items())
    handed = "".join(f'{code} = ["{NOTES[digits][4]}"]\n' for code, digits in currencies.items())
    leaves = ", ".join(f"{side} = {100 // len(sides)}" for side in sides)
    return (
        f'shop_name = "Bridge"\naddress_1 = "1 Bridge"\naddress_2 = ""\nlist_unit = "{list_unit}"\n'
        f'customs_entry = "{sides[0]}"\n{rates}\n[float]\n{float_}\n[handed]\n{handed}\n[evening]\ndrop = {{}}\n'
        f'[[nation]]\ncountry = "EST"\nmany = 100\nletter = "K"\nleaves = {{ {leaves} }}\n'
        f'pays = [["cash", "{codes[-1]}", 60], ["card", "{codes[0]}", 40]]\nsurnames = ["TAMM"]\nnames = ["MARI"]\n'
    )


def write_border(
    folder: Path,
    name: str,
    currencies: Mapping[str, int],
    sides: Sequence[str] = ("EE",),
    *,
    list_unit: str = "1",
    limit: str = "100000",
) -> None:
    """Write a border, its rules and its demo into the folder of a shop."""
    own = folder / "borders" / name
    own.mkdir(parents=True, exist_ok=True)
    (own / "border.toml").write_text(a_border(name, currencies, sides), encoding="utf-8")
    (own / "demo.toml").write_text(a_demo(currencies, sides, list_unit=list_unit), encoding="utf-8")
    (folder / "regimes").mkdir(exist_ok=True)
    for side in sides:
        text = REGIME.format(name=f"to-{side.lower()}", country=side, currency=next(iter(currencies)), limit=limit)
        (folder / "regimes" / f"to-{side.lower()}.toml").write_text(text, encoding="utf-8")


NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
GOODS = 40
"""So many have all featured goods."""


def a_shop_at(folder: Path, name: str) -> None:
    """Put a closed demo shop at a border into `folder`: one of OWN, or one that ships with the program.

    It began an hour before NOON. It is made once in a run and copied; the test stands where it did.
    """
    import main
    from pos.application.settings.options import Options
    from pos.domain.border import border_in_force, use_border
    from tests.made_once import made_once

    def make(template: Path) -> None:
        template.mkdir()
        stood_at = border_in_force()
        if name in OWN:
            currencies, worth = OWN[name]
            write_border(template, name, currencies, list_unit=worth)
        options = Options(data=template, demo=True, border=name, at=NOON - timedelta(hours=1))
        main.build(options, quick_pins=True, demo_size=GOODS).close()
        use_border(stood_at)

    shutil.copytree(made_once(f"demo-at-{name}", make), folder, dirs_exist_ok=True)


ONE_CURRENCY = {"JOD": 3}
"""A border with one currency, of three decimals."""
ELEVEN = {"ISK": 0, "EUR": 2, "SEK": 2, "NOK": 2, "DKK": 2, "PLN": 2, "CZK": 2, "GBP": 2, "CHF": 2, "KWD": 3, "JPY": 0}
"""A border with more currencies than keys; the price has no decimals."""
NARVA = {"EUR": 2, "KWD": 3}
OWN: Mapping[str, tuple[Mapping[str, int], str]] = {
    "one-currency": (ONE_CURRENCY, "0.14"), "eleven": (ELEVEN, "19"), "narva": (NARVA, "0.13")
}  # fmt: skip
"""Borders that are files of a shop alone: currencies, and what a unit of the price list is worth."""
