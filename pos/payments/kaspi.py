"""The Kaspi Smart POS terminal of this counter, over the shop's own network: `/v2` of its integration protocol.

Every call is a GET. A payment has no number of ours: the terminal numbers its processes, and of a start whose answer
was lost no number is known. It shows a certificate of its own, which is pinned when it is paired.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from pos.application.ports.partner_ports import ChargeMade, ChargeOrder
from pos.domain.money import Currency, Money
from pos.domain.outside_partners.answers import NOT_ASKABLE, Answer, Declined, Done, Lost, NotFound, Undone, Waiting
from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.partner_line.http_line import HttpLine, NoReply
from pos.partner_line.json_answers import NotSetUp, NotUnderstood, code_of, json_object, text_of
from pos.payments.outcomes import answered

RHYTHM = PartnerRhythm(first_ask=1, ask_every=1, time_over=180, call=8)
ACTUALIZE_EVERY = 10.0
"""Seconds that the terminal wants between two of these calls for one process."""
_KIND = PROVIDER_KINDS["kaspi"]
_STARTS = ("/v2/payment", "/v2/refund")
_PROCESS, _METHOD = "process", "method"
_METHODS = ("qr", "card", "alaqan")
_GOOD, _UNKNOWN_PROCESS, _STILL_BUSY = 0, 101, 107
_HINTS = {"ProcessingCard": "card", "WaitForQrConfirmation": "confirmation", "WaitUser": "customer"}
_AMOUNT = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{2})?")
_CANCELLED = re.compile("отмен", re.IGNORECASE)
"""What the terminal says in words of a payment that the customer or the cashier has cancelled on it."""


class KaspiTerminal:
    """Implements `PaymentProvider`. `credentials` has the fields of `PROVIDER_KINDS`.

    `keep` stores them where the terminal has handed out new tokens; it must not raise.
    """

    name = "kaspi"

    def __init__(
        self,
        credentials: Mapping[str, str],
        keep: Callable[[Mapping[str, str]], None],
        rhythm: PartnerRhythm = RHYTHM,
        *,
        actualize_every: float = ACTUALIZE_EVERY,
    ) -> None:
        self._credentials = dict(credentials)
        self._keep = keep
        self.rhythm = rhythm
        self._actualize_every = actualize_every
        self._line = HttpLine(credentials.get("address", ""), certificate=credentials.get("certificate", ""))
        self._signing_in = threading.Lock()
        self._lock = threading.Lock()
        self._terminal = ""
        self._last_process = ""
        self._processes: dict[str, str] = {}
        self._actualized: dict[str, float] = {}

    def takes(self, currency: Currency) -> bool:
        return currency.code == _KIND.currency

    def payable(self, amount: Money) -> Money:
        unit = amount.currency.minor_per_unit
        return Money(amount.minor // unit * unit, amount.currency)

    def charge(self, order: ChargeOrder) -> Answer:
        if not self.takes(order.amount.currency):
            return Declined("by_partner", "currency")
        if self.payable(order.amount) != order.amount or order.amount.minor <= 0:
            return Declined("by_partner", "not_whole")
        query = {"amount": str(_whole(order.amount)), "owncheque": "true"}
        return answered(lambda: self._started("/v2/payment", query, order.number), begins=True)

    def ask(self, charge: ChargeMade) -> Answer:
        process = dict(charge.detail).get(_PROCESS) or charge.reference or self._processes.get(charge.number, "")
        if not process:
            return self._not_askable()
        return answered(lambda: self._became(process, charge.amount), begins=False)

    def undo(self, charge: ChargeMade) -> Answer:
        """The terminal takes no undo: the cashier cancels on it, and its word is what counts."""
        answer = self.ask(charge)
        if isinstance(answer, Declined):
            return Undone()
        return Waiting("cancel_on_device", answer.reference) if isinstance(answer, Waiting) else answer

    def refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        if self.payable(amount) != amount or amount.minor <= 0:
            return Declined("by_partner", "not_whole")
        begun = original.refund_reference or self._processes.get(number, "")
        if begun:  # the same number again is the same refund
            return self.ask_refund(number, amount, original)
        method = dict(original.detail).get(_METHOD, "")
        if not method or not original.reference:
            return Declined("by_partner", "no_original")
        query = {
            "amount": str(_whole(amount)),
            _METHOD: method,
            "transactionId": original.reference,
            "owncheque": "true",
        }
        return answered(lambda: self._started("/v2/refund", query, number), begins=True)

    def ask_refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        process = original.refund_reference or self._processes.get(number, "")
        if not process:
            return self._not_askable()
        return answered(lambda: self._became(process, amount), begins=False)

    def check(self) -> Declined | Lost | None:
        answer = answered(self._tried, begins=True)
        return answer if isinstance(answer, Declined | Lost) else None

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

    def _started(self, path: str, query: Mapping[str, str], number: str) -> Answer:
        code, data = self._call(path, query)
        process = text_of(data, "processId")
        if code == _GOOD and process:
            with self._lock:
                self._last_process = self._processes[number] = process
            return Waiting("customer", process)
        if code == _STILL_BUSY:
            return Declined("busy", str(code))
        if code == _GOOD:
            raise NotUnderstood("no_process")
        return Declined("not_set_up" if code in (401, 403) else "by_partner", str(code))

    def _became(self, process: str, amount: Money) -> Answer:
        """What has become of a process; the terminal is asked to find out where it does not know."""
        answer = self._read("/v2/status", process, amount)
        if isinstance(answer, Lost) and answer.detail == "unknown" and self._may_actualize(process):
            answer = self._read("/v2/actualize", process, amount)
        return answer

    def _read(self, path: str, process: str, amount: Money) -> Answer:
        code, data = self._call(path, {"processId": process}, terminal=True)
        if code in (401, 403):
            return Lost("signed_out", str(code))
        if code == _UNKNOWN_PROCESS:
            return NotFound()
        if code != _GOOD:
            return Lost("partner_broken", str(code))
        if text_of(data, "processId") not in ("", process):
            raise NotUnderstood("other_number")
        state = data["status"]
        if state == "success":
            return _done(data, process, amount)
        if state == "wait":
            return Waiting(_HINTS.get(text_of(data, "subStatus"), "customer"), process)
        if state == "fail":
            by_person = _CANCELLED.search(text_of(data, "message", 400))
            return Declined("by_customer" if by_person else "by_partner", code_of(data, "subStatus"))
        return Lost("not_understood", "unknown" if state == "unknown" else code_of(data, "status"))

    def _not_askable(self) -> Answer:
        """Of an act without a process: the terminal looks again at its last one, and a person has to look, too."""
        with self._lock:
            last = self._last_process
        if last and self._may_actualize(last):
            answered(lambda: self._told_to_look(last), begins=False)
        return Lost("not_understood", NOT_ASKABLE)

    def _told_to_look(self, process: str) -> Answer:
        self._call("/v2/actualize", {"processId": process}, terminal=True)
        return Waiting()

    def _tried(self) -> Answer:
        code, data = self._call("/v2/deviceinfo", {})
        if code in (401, 403):
            return Declined("not_set_up", str(code))
        if code != _GOOD:
            return Lost("partner_broken", str(code))
        self._terminal = text_of(data, "terminalId")
        return Waiting()

    def _may_actualize(self, process: str) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._actualized.get(process, -self._actualize_every) < self._actualize_every:
                return False
            self._actualized[process] = now
        return True

    def _call(self, path: str, query: Mapping[str, str], *, terminal: bool = False) -> tuple[int, Mapping[str, Any]]:
        """The code and the data of an answer; where a token is over, after it was renewed once."""
        lacking = _KIND.lacking(self._credentials)
        if lacking:
            raise NotSetUp(lacking[0])
        token = self._credentials["access_token"]
        code, data = self._get(path, query, token, terminal=terminal)
        if code in (401, 403) and self._renewed(token):
            code, data = self._get(path, query, self._credentials["access_token"], terminal=terminal)
        return code, data

    def _get(self, path: str, query: Mapping[str, str], token: str, *, terminal: bool) -> tuple[int, Mapping[str, Any]]:
        headers = {"accesstoken": token, "Accept": "application/json"}
        if terminal:
            headers["terminalId"] = self._terminal_id(token)
        address = f"{path}?{urlencode(query)}" if query else path
        return read_envelope(self._line, address, self.rhythm.call / (2 if path in _STARTS else 4), headers)

    def _terminal_id(self, token: str) -> str:
        """What the terminal calls itself: it wants to hear it where a process is asked about."""
        if not self._terminal:
            code, data = self._get("/v2/deviceinfo", {}, token, terminal=False)
            self._terminal = text_of(data, "terminalId") if code == _GOOD else ""
        return self._terminal

    def _renewed(self, token: str) -> bool:
        """Whether there is another access token than this one: another thread may have asked for it already."""
        with self._signing_in:
            if self._credentials["access_token"] != token:
                return True
            query = {"name": self._credentials["till_name"], "refreshToken": self._credentials["refresh_token"]}
            try:
                code, data = read_envelope(self._line, f"/v2/revoke?{urlencode(query)}", self.rhythm.call / 4, {})
                tokens = tokens_in(data) if code == _GOOD else {}
            except (NoReply, NotUnderstood):  # the refusal of the call itself stands
                return False
            if not tokens:
                return False
            self._credentials |= tokens
            self._keep(dict(self._credentials))
            return True


def tokens_in(data: Mapping[str, Any]) -> dict[str, str]:
    """The tokens of an answer. Raises NotUnderstood."""
    access, refresh = data.get("accessToken"), data.get("refreshToken")
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
        raise NotUnderstood("tokens")
    return {"access_token": access, "refresh_token": refresh}


def read_envelope(
    line: HttpLine, address: str, seconds: float, headers: Mapping[str, str]
) -> tuple[int, Mapping[str, Any]]:
    """The code and the data of an answer; 401 and 403 are HTTP's, all others the terminal's own.

    Raises NoReply and NotUnderstood.
    """
    reply = line.ask("GET", address, seconds, headers=headers)
    if reply.status >= 500:
        raise NoReply("partner_broken")
    if reply.status in (401, 403):
        return reply.status, {}
    if reply.status != 200:
        raise NotUnderstood(str(reply.status))
    content = json_object(reply.body)
    code, data = content.get("statusCode"), content.get("data") or {}
    if not isinstance(code, int) or isinstance(code, bool) or not isinstance(data, dict):
        raise NotUnderstood("envelope")
    return code, data


def _done(data: Mapping[str, Any], process: str, amount: Money) -> Answer:
    """The receipt of the terminal names the sum; where it names none, a person has to look."""
    receipt = data["chequeInfo"]
    text = "".join(char for char in receipt["amount"] if char.isascii() and (char.isdigit() or char in "-.,"))
    found = _AMOUNT.fullmatch(text)
    transaction = text_of(data, "transactionId")
    if found is None or not transaction:
        raise NotUnderstood("receipt")
    moved = Money.parse(text.lstrip("-").replace(",", "."), amount.currency)
    method = text_of(receipt, "method")
    detail = [(_PROCESS, process)]
    if method in _METHODS:
        detail.append((_METHOD, method))
    return Done(moved, transaction, tuple(detail))


def _whole(amount: Money) -> int:
    return amount.minor // amount.currency.minor_per_unit
