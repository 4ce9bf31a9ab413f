"""WeChat Pay v3 with a payment code (codepay): docs at pay.weixin.qq.com, "付款码支付", API v3 of a direct merchant."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from pos.application.ports.partner_ports import ChargeMade, ChargeOrder
from pos.domain.money import Currency, Money
from pos.domain.outside_partners.answers import Answer, Declined, Done, Lost, NotFound, Undone, Waiting
from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.partner_line.http_line import HttpLine, Reply
from pos.partner_line.json_answers import NotUnderstood, code_of, json_object, text_of
from pos.payments.outcomes import answered, checked, code_to_send, currency_named, minor_units, same_number
from pos.payments.wechat_signing import WeChatSigning

RHYTHM = PartnerRhythm(first_ask=5, ask_every=10, time_over=30, undo_after=15, call=10)
TOO_EARLY = "too_early"
_KIND = PROVIDER_KINDS["wechat"]
_ORDERS = "/v3/pay/transactions"
_REFUNDS = "/v3/refund/domestic/refunds"
_LONGEST_TEXT = 127
"""Bytes of what the customer reads."""
_WITH_CUSTOMER = ("USERPAYING", "ACCEPT", "NOTPAY")
_CHARGE_DECLINED: Mapping[str, str] = {
    "AUTHCODEEXPIRE": "code_expired",
    "AUTHCODEEXPIRED": "code_expired",
    "AUTHCODEERROR": "code_unknown",
    "AUTHCODEINVALID": "code_unknown",
    "NOTENOUGH": "no_money",
    "RULELIMIT": "limit",
    "ACCOUNTERROR": "account",
    "NOTSUPORTCARD": "account",
    "BUYERMISMATCH": "account",
    "NOAUTH": "not_set_up",
    "MCHNOTEXISTS": "not_set_up",
    "APPIDNOTEXIST": "not_set_up",
    "APPIDMCHIDNOTMATCH": "not_set_up",
    "PARAMERROR": "by_partner",
    "ORDERCLOSED": "by_partner",
    "ORDERREVERSED": "by_partner",
    "FREQUENCYLIMITED": "busy",
}
"""By WeChat's code without underscores, which its documents do not write alike. Any other leaves it open."""
_REFUND_DECLINED: Mapping[str, str] = {
    "NOTENOUGH": "no_money",
    "USERACCOUNTABNORMAL": "account",
    "NOAUTH": "not_set_up",
    "MCHNOTEXISTS": "not_set_up",
    "PARAMERROR": "by_partner",
    "INVALIDREQUEST": "by_partner",
    "RESOURCENOTEXISTS": "by_partner",
    "FREQUENCYLIMITED": "busy",
}
_UNKNOWN_ORDER = ("ORDERNOTEXIST", "RESOURCENOTEXISTS")
_UNKNOWN_SHOP = ("SIGNERROR", "NOAUTH", "MCHNOTEXISTS", "APPIDMCHIDNOTMATCH")


class WeChatPay:
    """Implements `PaymentProvider` for one merchant. `credentials` has the fields of `PROVIDER_KINDS`."""

    name = "wechat"

    def __init__(
        self,
        credentials: Mapping[str, str],
        address: str,
        clock: Callable[[], datetime],
        rhythm: PartnerRhythm = RHYTHM,
    ) -> None:
        self._credentials = dict(credentials)
        self._line = HttpLine(address)
        self._signing = WeChatSigning(self._credentials, clock)
        self.rhythm = rhythm
        self._lock = threading.Lock()
        self._begun: dict[str, float] = {}

    def takes(self, currency: Currency) -> bool:
        return currency.code == _KIND.currency

    def payable(self, amount: Money) -> Money:
        return amount

    def charge(self, order: ChargeOrder) -> Answer:
        code = code_to_send(order, _KIND)
        if isinstance(code, Declined):
            return code
        body = {
            "appid": self._credentials.get("app_id", ""),
            "mchid": self._credentials.get("merchant_id", ""),
            "description": _shortened(order.text),
            "out_trade_no": order.number,
            "amount": {"total": order.amount.minor, "currency": order.amount.currency.code},
            "payer": {"auth_code": code.digits},
            "scene_info": {"store_info": {"id": self._credentials.get("store_id") or "1"}},
        }
        self._note_begin(order.number)
        return answered(
            lambda: self._charged(self._call("POST", f"{_ORDERS}/codepay", body), order.number, order.amount),
            begins=True,
        )

    def ask(self, charge: ChargeMade) -> Answer:
        return answered(lambda: self._asked(charge.number, charge.amount), begins=False)

    def undo(self, charge: ChargeMade) -> Answer:
        if self._is_too_early(charge.number):
            return Lost("no_line", TOO_EARLY)  # nothing was said to WeChat, and nothing heard of it
        body = {"appid": self._credentials.get("app_id", ""), "mchid": self._credentials.get("merchant_id", "")}
        path = f"{_ORDERS}/out-trade-no/{quote(charge.number, safe='')}/reverse"
        return answered(lambda: _undone(self._call("POST", path, body), charge.number), begins=False)

    def refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        body = {
            "out_trade_no": original.number,
            "out_refund_no": number,
            "amount": {
                "refund": amount.minor,
                "total": original.amount.minor,
                "currency": amount.currency.code,
            },
        }
        return answered(lambda: _refunded(self._call("POST", _REFUNDS, body), number, amount), begins=True)

    def ask_refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:  # noqa: ARG002 # the port's
        path = f"{_REFUNDS}/{quote(number, safe='')}"
        return answered(lambda: _asked_refund(self._call("GET", path), number, amount), begins=False)

    def check(self) -> Declined | Lost | None:
        number = secrets.token_hex(13)  # of no order: what is asked is whether WeChat knows the shop
        return checked(answered(lambda: self._tried(number), begins=True))

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

    def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> tuple[int, Mapping[str, Any]]:
        """The status and the content of an answer that WeChat has signed; a broken service is known by its status."""
        text = json.dumps(body, ensure_ascii=False) if body is not None else ""
        headers = self._signing.headers(method, path, text)
        reply = self._line.ask(
            method, path, self.rhythm.call, headers=headers, content=text.encode() if body is not None else None
        )
        if reply.status >= 500 or reply.status == 401:
            return reply.status, {}
        if 300 <= reply.status < 400:
            raise NotUnderstood(str(reply.status))
        self._signing.verify(reply)
        return reply.status, _content(reply)

    def _charged(self, reply: tuple[int, Mapping[str, Any]], number: str, amount: Money) -> Answer:
        status, content = reply
        code = _plain(content)
        if status == 202 or code == "USERPAYING":
            return Waiting("pin")
        if status == 200:
            state = self._state(content, number, amount)
            return Declined("by_partner", code_of(content, "trade_state")) if isinstance(state, Undone) else state
        if code in _CHARGE_DECLINED:
            return Declined(_CHARGE_DECLINED[code], code_of(content, "code"))
        return _unclear(status, content)

    def _asked(self, number: str, amount: Money) -> Answer:
        path = (
            f"{_ORDERS}/out-trade-no/{quote(number, safe='')}?mchid={quote(self._credentials.get('merchant_id', ''))}"
        )
        status, content = self._call("GET", path)
        if status == 200:
            return self._state(content, number, amount)
        if _plain(content) in _UNKNOWN_ORDER:
            return NotFound()
        return _unclear(status, content)

    def _tried(self, number: str) -> Answer:
        path = f"{_ORDERS}/out-trade-no/{number}?mchid={quote(self._credentials.get('merchant_id', ''))}"
        status, content = self._call("GET", path)
        if _plain(content) in _UNKNOWN_ORDER:
            return NotFound()
        if status == 401 or _plain(content) in _UNKNOWN_SHOP:
            return Declined("not_set_up", code_of(content, "code") or str(status))
        return _unclear(status, content)

    def _state(self, content: Mapping[str, Any], number: str, amount: Money) -> Answer:
        """What the state of an order means. WeChat says in the same answer whose order it is."""
        same_number(content, "out_trade_no", number)
        same_number(content, "mchid", self._credentials.get("merchant_id", ""))
        state = content["trade_state"]
        if state == "SUCCESS":
            said = content["amount"]
            paid = minor_units(said["total"], currency_named(said.get("currency", _KIND.currency), amount.currency))
            return Done(paid, text_of(content, "transaction_id"))
        if state in _WITH_CUSTOMER:
            return Waiting("pin" if state == "USERPAYING" else "")
        if state in ("REVOKED", "CLOSED"):
            return Undone()
        if state == "PAYERROR":
            return Declined("by_partner", "PAYERROR")
        raise NotUnderstood(code_of(content, "trade_state"))

    def _note_begin(self, number: str) -> None:
        now = time.monotonic()
        with self._lock:
            self._begun = {key: at for key, at in self._begun.items() if now - at < self.rhythm.undo_after}
            self._begun[number] = now

    def _is_too_early(self, number: str) -> bool:
        """Whether WeChat would not take an undo yet; of a charge of an earlier start of the program that is over."""
        with self._lock:
            begun = self._begun.get(number)
        return begun is not None and time.monotonic() - begun < self.rhythm.undo_after


def _content(reply: Reply) -> Mapping[str, Any]:
    return json_object(reply.body) if reply.body else {}


def _plain(content: Mapping[str, Any]) -> str:
    return code_of(content, "code").replace("_", "").upper()


def _undone(reply: tuple[int, Mapping[str, Any]], number: str) -> Answer:
    status, content = reply
    if status in (200, 204):
        if "out_trade_no" in content:
            same_number(content, "out_trade_no", number)
        return Undone()
    return _unclear(status, content)


def _refunded(reply: tuple[int, Mapping[str, Any]], number: str, amount: Money) -> Answer:
    status, content = reply
    if status == 200:
        same_number(content, "out_refund_no", number)
        said = content["amount"]
        back = minor_units(said["refund"], currency_named(said.get("currency", _KIND.currency), amount.currency))
        state = content["status"]
        if state == "SUCCESS":
            return Done(back, text_of(content, "refund_id"))
        if state == "PROCESSING":
            return Waiting(reference=text_of(content, "refund_id"))
        if state == "CLOSED":
            return Declined("by_partner", "CLOSED")
        return Lost("partner_broken", code_of(content, "status"))
    code = _plain(content)
    if code in _REFUND_DECLINED:
        return Declined(_REFUND_DECLINED[code], code_of(content, "code"))
    return _unclear(status, content)


def _asked_refund(reply: tuple[int, Mapping[str, Any]], number: str, amount: Money) -> Answer:
    status, content = reply
    if status == 200:
        return _refunded(reply, number, amount)
    return NotFound() if _plain(content) in _UNKNOWN_ORDER else _unclear(status, content)


def _unclear(status: int, content: Mapping[str, Any]) -> Lost:
    """An answer that leaves open what has become of the act: it is asked about."""
    if status == 401:
        return Lost("signed_out", str(status))
    if status >= 500:
        return Lost("partner_broken", str(status))
    code = code_of(content, "code")
    return Lost("partner_broken" if _plain(content) in ("SYSTEMERROR", "BANKERROR") else "not_understood", code)


def _shortened(text: str) -> str:
    return text.encode()[:_LONGEST_TEXT].decode(errors="ignore") or "1"
