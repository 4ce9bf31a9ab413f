"""Webkassa, the online cash register of Kazakhstan: the calls `v4` of its protocol 2.0.3.

Every call is a POST with the key of the integrator in a header, and the token of a person in the body. It answers 200
also where it refuses; what it refuses stands in `Errors`. The number `ExternalCheckNumber` names a ticket within its
shift: so a shift is never closed while it is unknown what became of a ticket.
"""

from __future__ import annotations

import json
import re
import threading
import weakref
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pos.domain.errors import BadField
from pos.domain.fiscal.answers import (
    FiscalReceipt,
    Held,
    RegisterAnswer,
    Registered,
    Rejected,
    ShiftTooLong,
)
from pos.domain.fiscal.registers import REGISTER_KINDS
from pos.domain.fiscal.ticket import (
    KILOGRAMS,
    LITRES,
    PAIRS,
    PIECES,
    CashMovement,
    Operation,
    PaymentKind,
    Position,
    ReturnBasis,
    Ticket,
)
from pos.domain.money import Money
from pos.domain.outside_partners.answers import Lost, NotFound
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.partner_line.http_line import HttpLine, NoReply
from pos.partner_line.json_answers import NotSetUp, NotUnderstood, json_object, text_of

RHYTHM = PartnerRhythm(first_ask=3, ask_every=5, time_over=0, call=15)
_KIND = REGISTER_KINDS["webkassa"]
_AUTHORIZE, _CHECK, _MONEY = "/api/v4/Authorize", "/api/v4/check", "/api/v4/MoneyOperation"
_X, _Z, _SHIFTS = "/api/v4/XReport", "/api/v4/ZReport", "/api/v4/Cashbox/ShiftHistory"
_FIND = "/api-history/v4/Ticket/GetTicketByExternalCheckNumber"
_OPERATIONS = {Operation.SALE: 2, Operation.RETURN: 3}
_PAYMENTS = {PaymentKind.CASH: 0, PaymentKind.CARD: 1, PaymentKind.MOBILE: 4}
_UNITS = {PIECES: 796, KILOGRAMS: 166, LITRES: 112, PAIRS: 715}
_TAXED, _UNTAXED = 100, 0
_ROUNDS_NOTHING = 0
_SHIFTS_SEARCHED = 3
"""A ticket is asked about at once, or after the night, or after a shift that a person has closed at the portal."""
_LONGEST_DETAIL = 200

_SIGN_IN, _TOKEN_OVER, _NOT_SIGNED_IN = 1, 2, 3
_CASHBOX = frozenset({4, 5, 6, 7, 10, 12})
_NO_CASH, _VALIDATION, _SHIFT_TOO_LONG, _NO_SHIFT, _DUPLICATE, _NOT_FOUND, _OFFLINE = 8, 9, 11, 13, 14, 16, 18
_BASIS = frozenset({255, 1014})
_IN_TURN = re.compile(r"последовательн|параллельн|одновременн|sequential|parallel|concurrent", re.IGNORECASE)
"""Of the error 9: another request of the cashbox is under way, and nothing is wrong with this one."""
_WRITTEN, _WANTED = "%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"
"""How an answer writes an instant, and how a basis wants it."""


class _Refused(Exception):
    """The register named an error. `data` is what came with it."""

    def __init__(self, code: int, text: str, data: Mapping[str, Any]) -> None:
        super().__init__(str(code))
        self.code = code
        self.text = text
        self.data = data


class Webkassa:
    """Implements `FiscalRegister`. `credentials` has the fields of REGISTER_KINDS."""

    name = "webkassa"

    def __init__(self, credentials: Mapping[str, str], address: str, rhythm: PartnerRhythm = RHYTHM) -> None:
        self._credentials = dict(credentials)
        self._line = HttpLine(address)
        weakref.finalize(self, self._line.close)  # another login makes another one; a call may still be under way
        self.rhythm = rhythm
        self._signing_in = threading.Lock()
        self._token = ""

    def register(self, cashbox: str, ticket: Ticket) -> RegisterAnswer:
        if ticket.operation is Operation.RETURN and ticket.basis is None:
            return Rejected("no_basis")
        total = str(ticket.total)

        def step() -> RegisterAnswer:
            try:
                return Registered(_receipt(self._asked(_CHECK, _body(cashbox, ticket)), ticket.number, total))
            except _Refused as refused:
                if refused.code != _DUPLICATE:
                    raise
                if refused.data.get("CheckNumber"):
                    return Registered(_receipt(refused.data, ticket.number, total))
            return self._found(cashbox, ticket.number, total)

        return self._answered(step)

    def find(self, cashbox: str, number: str, total: str) -> RegisterAnswer:
        return self._answered(lambda: self._found(cashbox, number, total))

    def cash(self, cashbox: str, movement: CashMovement) -> RegisterAnswer:
        body = {
            "CashboxUniqueNumber": cashbox,
            "OperationType": 0 if movement.is_in else 1,
            "Sum": _figure(movement.amount),
            "ExternalCheckNumber": movement.number,
        }

        def step() -> RegisterAnswer:
            try:
                return Registered(_receipt_of_cash(self._asked(_MONEY, body)))
            except _Refused as refused:
                if refused.code == _DUPLICATE:
                    return Registered(_receipt_of_cash(refused.data))
                raise

        return self._answered(step)

    def x(self, cashbox: str) -> RegisterAnswer:
        return self._answered(lambda: self._report(_X, cashbox, NotFound()))

    def close(self, cashbox: str) -> RegisterAnswer:
        return self._answered(lambda: self._report(_Z, cashbox, Registered(FiscalReceipt())))

    def check(self, cashbox: str) -> RegisterAnswer | None:
        def step() -> RegisterAnswer:
            self._last_shifts(cashbox)
            return NotFound()

        answer = self._answered(step)
        return None if isinstance(answer, NotFound) else answer

    def close_line(self) -> None:
        self._line.close()

    def _report(self, path: str, cashbox: str, none_open: RegisterAnswer) -> RegisterAnswer:
        try:
            data = self._asked(path, {"CashboxUniqueNumber": cashbox})
        except _Refused as refused:
            if refused.code in (_NO_SHIFT, _NOT_FOUND) or (refused.code == 12 and path == _Z):
                return none_open
            raise
        return Registered(FiscalReceipt(shift=_shift_of(data), tickets=_tickets_of(data)))

    def _last_shifts(self, cashbox: str) -> list[int]:
        """The numbers of the newest shifts, newest first."""
        data = self._asked(_SHIFTS, {"CashboxUniqueNumber": cashbox, "Skip": 0, "Take": _SHIFTS_SEARCHED})
        rows = data.get("Shifts", data.get("Rows", data.get("List", [])))
        if not isinstance(rows, list):
            raise NotUnderstood("shifts")
        numbers = {_whole(row.get("ShiftNumber")) for row in rows if isinstance(row, dict)}
        return sorted((number for number in numbers if number is not None), reverse=True)[:_SHIFTS_SEARCHED]

    def _found(self, cashbox: str, number: str, total: str) -> RegisterAnswer:
        for shift in self._last_shifts(cashbox):
            body = {"CashboxUniqueNumber": cashbox, "ExternalCheckNumber": number, "ShiftNumber": shift}
            try:
                return Registered(_receipt(self._asked(_FIND, body), number, total))
            except _Refused as refused:
                if refused.code != _NOT_FOUND:
                    raise
        return NotFound()

    def _asked(self, path: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        """The `Data` of an answer, signed in once more where the token is over. Raises _Refused, NoReply and others."""
        token = self._token or self._signed_in("")
        try:
            return self._called(path, {"Token": token, **body})
        except _Refused as refused:
            if refused.code not in (_TOKEN_OVER, _NOT_SIGNED_IN):
                raise
        return self._called(path, {"Token": self._signed_in(token), **body})

    def _signed_in(self, before: str) -> str:
        """A token that is not `before`: of several threads one signs in."""
        with self._signing_in:
            if not self._token or self._token == before:
                self._token = ""
                body = {"Login": self._field("login"), "Password": self._field("password")}
                token = self._called(_AUTHORIZE, body).get("Token")
                if not isinstance(token, str) or not token:
                    raise NotUnderstood("token")
                self._token = token
            return self._token

    def _field(self, name: str) -> str:
        if not (value := self._credentials.get(name, "")):
            raise NotSetUp(name)
        return value

    def _called(self, path: str, body: Mapping[str, object]) -> Mapping[str, Any]:
        key = self._field("api_key")
        if not (key.isascii() and key.isprintable()):
            raise NotSetUp("api_key")
        headers = {"x-api-key": key, "Content-Type": "application/json", "Accept-Language": "ru-RU"}
        reply = self._line.ask("POST", path, self.rhythm.call, headers=headers, content=json.dumps(body).encode())
        if reply.status >= 500 or reply.status in (408, 429):
            raise NoReply("partner_broken")
        if reply.status in (401, 403):
            raise _Refused(_SIGN_IN, str(reply.status), {})
        if 300 <= reply.status < 400:
            raise NotUnderstood(str(reply.status))
        content = json_object(reply.body, exact=True)
        data = content.get("Data")
        if isinstance(data, list):
            data = {"Rows": data}
        errors = content.get("Errors")
        if errors:
            first = errors[0]
            code = _whole(first.get("Code"))
            raise _Refused(-1 if code is None else code, self._words(first), data if isinstance(data, dict) else {})
        if not isinstance(data, dict):
            raise NotUnderstood("data")
        return data

    def _words(self, error: Mapping[str, Any]) -> str:
        """What the register says of an error, without a secret that it might repeat."""
        text = " ".join(str(error.get("Text") or "").split())[:_LONGEST_DETAIL]
        secrets = [*self._credentials.values(), self._token]
        return "" if any(secret and secret in text for secret in secrets) or not text.isprintable() else text

    def _answered(self, step: Callable[[], RegisterAnswer]) -> RegisterAnswer:
        """What a step answers, or what it means that it could not: nothing leaves as an exception."""
        try:
            return step()
        except _Refused as refused:
            return _meaning(refused)
        except NotSetUp as lacking:
            return Held("not_set_up", lacking.field)
        except NoReply as none:
            return Lost(none.what)
        except NotUnderstood as garbled:
            return Lost("not_understood", garbled.what)
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError, IndexError, BadField):
            return Lost("not_understood")


def _meaning(refused: _Refused) -> RegisterAnswer:
    """What an error means that the register named. It has done nothing then, but for errors that are not known."""
    code, detail = refused.code, f"{refused.code} {refused.text}".strip()
    if code in (_SIGN_IN, _TOKEN_OVER, _NOT_SIGNED_IN):
        return Held("not_set_up", detail)
    if code in _CASHBOX:
        return Held("cashbox", detail)
    if code == _OFFLINE:
        return Held("offline_too_long", detail)
    if code == _VALIDATION:
        return Held("busy", detail) if _IN_TURN.search(refused.text) else Rejected("validation", detail)
    if code == _NO_CASH:
        return Rejected("no_cash", detail)
    if code in _BASIS:
        return Rejected("basis", detail)
    if code == _SHIFT_TOO_LONG:
        return ShiftTooLong()
    if code == _NOT_FOUND:
        return NotFound()
    return Lost("partner_broken", str(code))


def _body(cashbox: str, ticket: Ticket) -> dict[str, object]:
    body: dict[str, object] = {
        "CashboxUniqueNumber": cashbox,
        "OperationType": _OPERATIONS[ticket.operation],
        "Positions": [_position(one) for one in ticket.positions],
        "Payments": [{"Sum": _figure(one.amount), "PaymentType": _PAYMENTS[one.kind]} for one in ticket.payments],
        "Change": _figure(ticket.change),
        "RoundType": _ROUNDS_NOTHING,
        "ExternalCheckNumber": ticket.number,
        "ExternalOrderNumber": ticket.receipt,
    }
    if ticket.basis is not None:
        body["ReturnBasisDetails"] = _basis(ticket.basis)
    return body


def _position(position: Position) -> dict[str, object]:
    body: dict[str, object] = {
        "Count": _number(position.count),
        "Price": _figure(position.price),
        "PositionName": position.name,
        "PositionCode": str(position.line + 1),
        "Discount": _figure(position.discount),
        "Markup": 0,
        "TaxType": _UNTAXED if position.vat is None else _TAXED,
        "TaxPercent": 0 if position.vat is None else _number(position.vat),
        "Tax": _figure(position.tax),
        "UnitCode": _UNITS[position.unit],
    }
    if position.mark:
        body["Mark"] = position.mark
    if position.gtin:
        body["GTIN"] = position.gtin
    return body


def _basis(basis: ReturnBasis) -> dict[str, object]:
    try:
        at = datetime.strptime(basis.at, _WRITTEN).strftime(_WANTED)  # noqa: DTZ007 # the register's own wall clock
    except ValueError:
        at = basis.at
    return {
        "DateTime": at,
        "Total": _figure(basis.total),
        "CheckNumber": basis.number,
        "RegistrationNumber": basis.registration,
        "IsOffline": basis.is_offline,
    }


def _receipt(data: Mapping[str, Any], number: str, total: str) -> FiscalReceipt:
    """What the register gave for a ticket. It repeats our number and the sum, where it repeats them at all."""
    said = data.get("ExternalCheckNumber")
    if said is not None and said != number:
        raise NotUnderstood("other_number")
    for name in ("Total", "TotalSum"):
        if data.get(name) is not None and Decimal(data[name]) != Decimal(total):
            raise NotUnderstood("other_sum")
    cashbox = data.get("Cashbox")
    cashbox = cashbox if isinstance(cashbox, dict) else {}
    given = str(data["CheckNumber"])
    if not given.isprintable() or not 0 < len(given) <= 40:
        raise NotUnderstood("check_number")
    return FiscalReceipt(
        number=given,
        at=text_of(data, "DateTime", 30),
        address=_address(data),
        is_offline=bool(data.get("OfflineMode")),
        shift=_shift_of(data),
        registration=text_of(cashbox, "RegistrationNumber") or text_of(data, "CashboxRegistrationNumber"),
        serial=text_of(cashbox, "IdentityNumber") or text_of(data, "CashboxIdentityNumber"),
    )


def _receipt_of_cash(data: Mapping[str, Any]) -> FiscalReceipt:
    return FiscalReceipt(at=text_of(data, "DateTime", 30), shift=_shift_of(data))


def _address(data: Mapping[str, Any]) -> str:
    address = text_of(data, "TicketUrl", 400)
    return address if address.startswith(("https://", "http://")) and address.isascii() else ""


def _shift_of(data: Mapping[str, Any]) -> int | None:
    return _whole(data.get("ShiftNumber"))


def _tickets_of(data: Mapping[str, Any]) -> int | None:
    """The sales and returns of a shift in its report; None where it does not say them."""
    parts = [data.get(name) for name in ("Sell", "ReturnSell")]
    counts = [_whole(part.get("Count")) for part in parts if isinstance(part, dict)]
    return None if len(counts) < len(parts) or None in counts else sum(count or 0 for count in counts)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _figure(amount: Money) -> object:
    return _number(Decimal(str(amount)))


def _number(value: Decimal) -> object:
    """A figure as JSON writes it: two or three decimals survive the way through a double unchanged."""
    return int(value) if value == value.to_integral_value() else float(value)
