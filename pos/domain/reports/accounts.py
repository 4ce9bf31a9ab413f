"""The accounts of the day voucher: which figures go to which account, with the numbers that the shop gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pos.domain.money import CURRENCIES, Currency

FREE = "free"
"""In place of a VAT rate: goods without VAT."""

LONGEST_NUMBER = 24
_NUMBER = re.compile(rf"[^,=\s](?:[^,=]{{0,{LONGEST_NUMBER - 2}}}[^,=\s])?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_RATE = re.compile(rf"{FREE}|[0-9]{{1,2}}(?:\.[0-9]{{1,4}})?")


@dataclass(frozen=True, slots=True)
class AccountKind:
    """One kind of account: its name in the setting, the number proposed for it, and by what it is distinguished.

    `like` is the kind whose number stands in where the shop has given none.
    """

    name: str
    number: str
    by: Literal["", "currency", "rate"] = ""
    like: str = ""


ACCOUNT_KINDS: tuple[AccountKind, ...] = (
    AccountKind("customers", "1122"),
    AccountKind("revenue", "6001", "rate"),
    AccountKind("returns", "6001", "rate", like="revenue"),
    AccountKind("vat", "2221", "rate"),
    AccountKind("cash", "1001.01", "currency"),
    AccountKind("safe", "1001.02", "currency"),
    AccountKind("card", "1012.01", "currency"),
    AccountKind("qr", "1012.02", "currency"),
    AccountKind("deposits", "2203", "currency"),
    AccountKind("kept_deposits", "6301"),
    AccountKind("paid_in", "2241"),
    AccountKind("paid_out", "1221"),
    AccountKind("rounding", "6301"),
    AccountKind("exchange", "6603"),
    AccountKind("difference", "1901"),
)
"""In the order of the documentation. The numbers are those of the Chinese chart of accounts, as a proposal."""

_KINDS: Mapping[str, AccountKind] = {kind.name: kind for kind in ACCOUNT_KINDS}


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """An account by its kind and by the currency, or the VAT rate, for which it is kept: cash in dollars."""

    kind: str
    part: str = ""

    @classmethod
    def of_money(cls, kind: str, currency: Currency) -> Account:
        """The account of a kind that is kept by currency."""
        return cls(kind, currency.code)

    @classmethod
    def of_rate(cls, kind: str, rate: Decimal | None) -> Account:
        """The account of a kind that is kept by VAT rate; None is free of VAT."""
        return cls(kind, FREE if rate is None else f"{rate:f}")

    def __str__(self) -> str:
        """As the setting names it: cash_USD."""
        return f"{self.kind}_{self.part}" if self.part else self.kind


@dataclass(frozen=True, slots=True)
class Accounts:
    """The numbers of the accounts: `numbers` are those that the shop has given, by the name of the setting."""

    numbers: Mapping[str, str]

    @classmethod
    def of(cls, pairs: Iterable[str]) -> Accounts:
        """The accounts of pairs such as cash_CNY=1001.01, which `read_accounts` has read."""
        return cls(dict(pair.split("=", 1) for pair in pairs))

    def number(self, account: Account) -> str:
        """The shop's number for just this account, else the one for its kind, else the proposed one.

        A proposed number of money ends in the currency, so that each currency has an account of its own.
        """
        kind = _KINDS[account.kind]
        given = self.numbers.get(str(account)) or self.numbers.get(kind.name)
        if given is not None:
            return given
        if kind.like:
            return self.number(Account(kind.like, account.part))
        return f"{kind.number}.{account.part}" if kind.by == "currency" else kind.number


def read_accounts(text: str) -> tuple[str, ...]:
    """Pairs such as cash_CNY=1001.01, separated by commas, in their order. Raises ValueError with the first bad one."""
    pairs: dict[str, str] = {}
    for part in text.split(","):
        if not part.strip():
            continue
        name, _, number = (side.strip() for side in part.partition("="))
        if not _is_known(name) or name in pairs or not (_NUMBER.fullmatch(number) and number.isprintable()):
            raise ValueError(part.strip())
        pairs[name] = number
    return tuple(f"{name}={number}" for name, number in pairs.items())


def pair_of_other_money(pairs: Iterable[str]) -> str:
    """The first pair that names a currency which the border does not have, empty for none: nothing is posted to it."""
    for pair in pairs:
        kind, _, code = pair.partition("=")[0].rpartition("_")
        if kind in _KINDS and _KINDS[kind].by == "currency" and code not in CURRENCIES:
            return pair
    return ""


def _is_known(name: str) -> bool:
    if name in _KINDS:
        return True
    kind = _KINDS.get(name.rpartition("_")[0])
    part = name.rpartition("_")[2]
    if kind is None or not kind.by:
        return False
    return bool((_CURRENCY if kind.by == "currency" else _RATE).fullmatch(part))
