"""Webkassa v4 as its documents and adapters of others describe it: checks each ticket, and keeps books of its own.

Faults as in `PartnerServer`. `rejects` are codes for the next tickets; `token_over` makes the token end; `open_for` is
how many hours the shift is open already. A number names a ticket within its shift only, as with the real one.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.payments.keys import TlsIdentity
from tests.payments.partner_server import Answered, PartnerServer, Request

API_KEY = "WK-2F1C9D04-7E55-4A6B-9D3A-1F0C2B7E8A11"
LOGIN, PASSWORD = "kassir-7@duty.example", "Pa55-of-the-cash-desk!"
TOKEN = "1a4e7fd2dfd84a7eb55d961d5247"
CASHBOX = "SWK00032685"
OTHER_CASHBOX = "SWK00032686"
CENT = Decimal("0.01")


def credentials(**changed: str) -> dict[str, str]:
    """What the shop has got from Webkassa."""
    return {"api_key": API_KEY, "login": LOGIN, "password": PASSWORD} | changed


@dataclass
class Booked:
    """A ticket or a movement of cash in the books of the register."""

    number: str
    operation: str
    total: Decimal
    check: str
    shift: int
    body: dict[str, Any]
    basis: str = ""


@dataclass
class Desk:
    """One cashbox: its shift, open or not, and what it has registered."""

    shift: int = 15
    is_open: bool = False
    open_for: int = 0
    booked: list[Booked] = field(default_factory=list)
    closed: int = 0
    busy: threading.Lock = field(default_factory=threading.Lock)

    @property
    def hours(self) -> int:
        """Since when the shift is open."""
        return self.open_for if self.is_open else 0

    def counts(self) -> dict[str, Any]:
        """The tickets of the shift as its report names them; the total counts are never zeroed."""
        kinds = {"Sell": "sale", "ReturnSell": "return"}
        return {
            name: {
                "Count": sum(one.operation == kind and one.shift == self.shift for one in self.booked),
                "TotalCount": sum(one.operation == kind for one in self.booked),
            }
            for name, kind in kinds.items()
        }

    def of_number(self, number: str, shift: int) -> Booked | None:
        """What has the number in a shift."""
        return next((one for one in self.booked if one.number == number and one.shift == shift), None)


class FakeWebkassa(PartnerServer):
    """Answers for two cashboxes."""

    spared = ("/api/v4/Authorize",)

    def __init__(self, identity: TlsIdentity | None = None) -> None:
        super().__init__(identity)
        self.desks = {CASHBOX: Desk(), OTHER_CASHBOX: Desk(shift=3)}
        self.rejects: deque[int] = deque()
        self.offline = False
        self.signed_in = 0
        self.at_once = 0
        self._serial = 1_675_360_000_000

    @property
    def desk(self) -> Desk:
        """The first cashbox."""
        return self.desks[CASHBOX]

    def token_over(self) -> None:
        """The token ends now."""
        self.signed_in += 1

    def tickets(self, operation: str = "") -> list[Booked]:
        """What is registered at all desks, in their order."""
        found = [one for desk in self.desks.values() for one in desk.booked]
        return [one for one in found if not operation or one.operation == operation]

    def total(self, operation: str) -> Decimal:
        """What all tickets of a kind come to."""
        return sum((one.total for one in self.tickets(operation)), Decimal(0))

    def act(self, request: Request) -> Answered:
        """Do what is asked, and answer."""
        assert request.method == "POST"
        if request.headers.get("x-api-key") != API_KEY:
            return Answered(401, b"{}")
        body: dict[str, Any] = json.loads(request.body, parse_float=Decimal)
        if request.path == "/api/v4/Authorize":
            if (body.get("Login"), body.get("Password")) != (LOGIN, PASSWORD):
                return _error(1, "Неверный логин и/или пароль")
            self.signed_in += 1
            return _data({"Token": f"{TOKEN}{self.signed_in:04}"})
        if body.get("Token") != f"{TOKEN}{self.signed_in:04}":
            return _error(2, "Срок действия сессии истек")
        desk = self.desks.get(body["CashboxUniqueNumber"])
        if desk is None:
            return _error(6, "Касса не найдена")
        return self._at(desk, request.path, body)

    def _at(self, desk: Desk, path: str, body: dict[str, Any]) -> Answered:
        if path == "/api/v4/Cashbox/ShiftHistory":
            shifts = [{"ShiftNumber": number} for number in range(desk.shift, max(desk.shift - 3, 0), -1)]
            return _data({"Total": desk.shift, "Shifts": shifts[: body["Take"]]})
        if path == "/api-history/v4/Ticket/GetTicketByExternalCheckNumber":
            found = desk.of_number(body["ExternalCheckNumber"], body["ShiftNumber"])
            return _error(16, "Чек не найден") if found is None else _data(self._said(found))
        if path in ("/api/v4/XReport", "/api/v4/ZReport"):
            if not desk.is_open:
                return _error(13, "Нет открытой смены")
            number, counts = desk.shift, desk.counts()
            if path.endswith("ZReport"):
                desk.is_open, desk.open_for, desk.closed = False, 0, desk.closed + 1
            return _data({"ShiftNumber": number, **counts})
        if self.rejects:
            code = self.rejects.popleft()
            return _error(code, f"Отказ {code}")
        if desk.hours >= 24:
            return _error(11, "Продолжительность смены превышает 24 часа")
        if not desk.is_open:
            desk.is_open, desk.shift = True, desk.shift + 1
        if path == "/api/v4/MoneyOperation":
            return self._money(desk, body)
        assert path == "/api/v4/check", path
        return self._check(desk, body)

    def _money(self, desk: Desk, body: dict[str, Any]) -> Answered:
        number = body["ExternalCheckNumber"]
        assert number
        if desk.of_number(number, desk.shift) is not None:
            return _error(14, "Дублирование внешнего номера")
        operation = {0: "in", 1: "out"}[body["OperationType"]]
        desk.booked.append(Booked(number, operation, Decimal(body["Sum"]), "", desk.shift, body))
        return _data({"Sum": 0, "ShiftNumber": desk.shift, "DateTime": "01.12.2026 14:30:00", "OfflineMode": False})

    def _check(self, desk: Desk, body: dict[str, Any]) -> Answered:
        number = body["ExternalCheckNumber"]
        assert 0 < len(number) <= 50
        before = desk.of_number(number, desk.shift)
        if before is not None:
            return _answer({"Data": self._said(before), "Errors": [{"Code": 14, "Text": "Дублирование"}]})
        operation = {2: "sale", 3: "return"}[body["OperationType"]]
        wrong = _wrong_sums(body)
        if wrong:
            return _error(9, wrong)
        total = sum((Decimal(one["Sum"]) for one in body["Payments"]), Decimal(0)) - Decimal(body["Change"])
        basis = body.get("ReturnBasisDetails")
        if operation == "return":
            sale = None if basis is None else self._basis(basis)
            if sale is None:
                return _error(1014, "Не указано основание возврата")
            back = sum((one.total for one in self.tickets("return") if one.basis == sale.check), Decimal(0))
            if back + total > sale.total:
                return _error(9, "Сумма возврата превышает сумму чека продажи")
        self._serial += 1
        check = str(self._serial)
        desk.booked.append(
            Booked(number, operation, total, check, desk.shift, body, (basis or {}).get("CheckNumber", ""))
        )
        return _data(self._said(desk.booked[-1]))

    def _basis(self, basis: dict[str, Any]) -> Booked | None:
        found = next((one for one in self.tickets("sale") if one.check == basis["CheckNumber"]), None)
        well = found is not None and found.total == Decimal(basis["Total"])
        return found if well and basis["RegistrationNumber"] and basis["DateTime"] == "2026-12-01 14:30:00" else None

    def _said(self, booked: Booked) -> dict[str, Any]:
        return {
            "CheckNumber": booked.check,
            "ExternalCheckNumber": booked.number,
            "DateTime": "01.12.2026 14:30:00",
            "OfflineMode": self.offline,
            "ShiftNumber": booked.shift,
            "Total": float(booked.total),
            "TicketUrl": f"https://ofd.example/consumer?i={booked.check}&s={booked.total}",
            "Cashbox": {"RegistrationNumber": "852873427095", "IdentityNumber": "35265"},
        }


def _wrong_sums(body: dict[str, Any]) -> str:
    """What does not add up in a ticket; empty where everything does."""
    rows = Decimal(0)
    for one in body["Positions"]:
        gross = (Decimal(one["Count"]) * Decimal(one["Price"])).quantize(CENT, ROUND_HALF_UP)
        amount = gross - Decimal(one["Discount"])
        rate, said = Decimal(one["TaxPercent"]), Decimal(one["Tax"])
        tax = (amount * rate / (100 + rate)).quantize(CENT, ROUND_HALF_UP)
        if one["TaxType"] not in (0, 100) or (one["TaxType"] == 0 and rate) or said != tax:
            return "Налог"
        if amount < 0 or Decimal(one["Discount"]) < 0 or not one["PositionName"]:
            return "Позиция"
        if one["UnitCode"] not in (796, 166, 112, 715) or len(one.get("GTIN", "0" * 14)) != 14:
            return "Код"
        rows += amount
    paid = sum((Decimal(one["Sum"]) for one in body["Payments"]), Decimal(0)) - Decimal(body["Change"])
    kinds = [one["PaymentType"] for one in body["Payments"]]
    if len(set(kinds)) != len(kinds) or not set(kinds) <= {0, 1, 4} or paid != rows:
        return "Сумма оплат не равна сумме позиций"
    return ""


def _data(data: object) -> Answered:
    return _answer({"Data": data})


def _error(code: int, text: str) -> Answered:
    return _answer({"Errors": [{"Code": code, "Text": text}]})


def _answer(content: dict[str, Any]) -> Answered:
    return Answered(200, json.dumps(content, ensure_ascii=False, default=float).encode())
