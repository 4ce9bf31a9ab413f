"""Alipay with a payment code (barcode pay): opendocs.alipay.com, "当面付", alipay.trade.pay with scene bar_code."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pos.application.ports.partner_ports import ChargeMade, ChargeOrder
from pos.domain.money import Currency, Money
from pos.domain.outside_partners.answers import Answer, Declined, Done, Lost, NotFound, Undone, Waiting
from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.partner_line.http_line import HttpLine
from pos.partner_line.json_answers import NotUnderstood, code_of, text_of
from pos.payments.alipay_signing import ERROR_NODE, AlipaySigning
from pos.payments.outcomes import answered, checked, code_to_send, currency_named, decimal_units, same_number

RHYTHM = PartnerRhythm(first_ask=3, ask_every=3, time_over=60, call=10)
_KIND = PROVIDER_KINDS["alipay"]
_GATEWAY = "/gateway.do"
_PAID = ("TRADE_SUCCESS", "TRADE_FINISHED")
_GOOD, _WITH_CUSTOMER, _BROKEN, _REFUSED, _TOKEN = "10000", "10003", "20000", "40004", "20001"
_LONGEST_TEXT = 256
_NOT_IN_TEXTS = str.maketrans("/=&", "   ")
_CHARGE_DECLINED: Mapping[str, str] = {
    "ACQ.PAYMENT_AUTH_CODE_INVALID": "code_unknown",
    "ACQ.BUYER_BALANCE_NOT_ENOUGH": "no_money",
    "ACQ.BUYER_BANKCARD_BALANCE_NOT_ENOUGH": "no_money",
    "ACQ.PAYMENT_FAIL": "by_partner",
    "ACQ.ERROR_BALANCE_PAYMENT_DISABLE": "no_money",
    "ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR": "limit",
    "ACQ.BUYER_PAYMENT_AMOUNT_MONTH_LIMIT_ERROR": "limit",
    "ACQ.BEYOND_PAY_RESTRICTION": "limit",
    "ACQ.BEYOND_PER_RECEIPT_RESTRICTION": "limit",
    "ACQ.BEYOND_PER_RECEIPT_DAY_RESTRICTION": "limit",
    "ACQ.TOTAL_FEE_EXCEED": "limit",
    "ACQ.ERROR_BUYER_CERTIFY_LEVEL_LIMIT": "limit",
    "ACQ.BUYER_ENABLE_STATUS_FORBID": "account",
    "ACQ.BUYER_SELLER_EQUAL": "account",
    "ACQ.PAYER_UNMATCHED": "account",
    "ACQ.NO_PAYMENT_INSTRUMENTS_AVAILABLE": "account",
    "ACQ.PULL_MOBILE_CASHIER_FAIL": "by_partner",
    "ACQ.PAYMENT_REQUEST_HAS_RISK": "by_partner",
    "ACQ.TRADE_BUYER_NOT_MATCH": "by_partner",
    "ACQ.TRADE_HAS_CLOSE": "by_partner",
    "ACQ.INVALID_PARAMETER": "by_partner",
    "ACQ.ACCESS_FORBIDDEN": "not_set_up",
    "ACQ.PARTNER_ERROR": "not_set_up",
    "ACQ.SELLER_BEEN_BLOCKED": "not_set_up",
}
"""Any other code leaves it open, as ACQ.SYSTEM_ERROR and ACQ.TRADE_HAS_SUCCESS do: it is asked."""
_REFUND_DECLINED: Mapping[str, str] = {
    "ACQ.SELLER_BALANCE_NOT_ENOUGH": "no_money",
    "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL": "too_much_refunded",
    "ACQ.REFUND_FEE_ERROR": "too_much_refunded",
    "ACQ.TRADE_HAS_FINISHED": "by_partner",
    "ACQ.TRADE_STATUS_ERROR": "by_partner",
    "ACQ.TRADE_NOT_EXIST": "by_partner",
    "ACQ.INVALID_PARAMETER": "by_partner",
    "ACQ.BUYER_ERROR": "account",
    "ACQ.REASON_TRADE_BEEN_FREEZEN": "account",
    "ACQ.ACCESS_FORBIDDEN": "not_set_up",
}
_UNKNOWN_TRADE = "ACQ.TRADE_NOT_EXIST"


class Alipay:
    """Implements `PaymentProvider` for one application. `credentials` has the fields of `PROVIDER_KINDS`."""

    name = "alipay"

    def __init__(
        self,
        credentials: Mapping[str, str],
        address: str,
        clock: Callable[[], datetime],
        rhythm: PartnerRhythm = RHYTHM,
    ) -> None:
        self._credentials = dict(credentials)
        self._line = HttpLine(address)
        self._signing = AlipaySigning(self._credentials, clock)
        self.rhythm = rhythm

    def takes(self, currency: Currency) -> bool:
        return currency.code == _KIND.currency

    def payable(self, amount: Money) -> Money:
        return amount

    def charge(self, order: ChargeOrder) -> Answer:
        code = code_to_send(order, _KIND)
        if isinstance(code, Declined):
            return code
        content = {
            "out_trade_no": order.number,
            "scene": "bar_code",
            "auth_code": code.digits,
            "subject": order.text.translate(_NOT_IN_TEXTS)[:_LONGEST_TEXT] or "1",
            "total_amount": str(order.amount),
            "timeout_express": "2m",
        }
        if self._credentials.get("store_id"):
            content["store_id"] = self._credentials["store_id"]
        return answered(lambda: self._charged(content, order), begins=True)

    def ask(self, charge: ChargeMade) -> Answer:
        return answered(lambda: self._asked(charge.number, charge.amount), begins=False)

    def undo(self, charge: ChargeMade) -> Answer:
        return answered(lambda: self._undone(charge.number), begins=False)

    def refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        content = {"out_trade_no": original.number, "refund_amount": str(amount), "out_request_no": number}
        return answered(lambda: self._refunded(content, amount, original.number), begins=True)

    def ask_refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:
        return answered(lambda: self._asked_refund(number, amount, original.number), begins=False)

    def check(self) -> Declined | Lost | None:
        number = secrets.token_hex(13)  # of no trade: what is asked is whether Alipay knows the application
        return checked(answered(lambda: self._tried(number), begins=True))

    def close(self) -> None:
        """Close the connections."""
        self._line.close()

    def _call(self, method: str, content: Mapping[str, Any]) -> Mapping[str, Any]:
        """The node of an answer that Alipay has signed. A node of errors becomes a code that decides nothing."""
        query, body = self._signing.request(method, content)
        kind = {"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"}
        reply = self._line.ask("POST", f"{_GATEWAY}?{query}", self.rhythm.call, headers=kind, content=body)
        if reply.status >= 500:
            return {"code": _BROKEN, "sub_code": str(reply.status)}
        if reply.status != 200:
            raise NotUnderstood(str(reply.status))
        try:
            text = reply.body.decode()
        except UnicodeDecodeError:
            raise NotUnderstood("encoding") from None
        name, node = self._signing.node(method, text)
        return {**node, "code": f"error {node.get('code')}"} if name == ERROR_NODE else node

    def _charged(self, content: Mapping[str, Any], order: ChargeOrder) -> Answer:
        node = self._call("alipay.trade.pay", content)
        code, sub_code = node.get("code"), code_of(node, "sub_code")
        if code == _GOOD:
            return _paid(node, order.number, order.amount)
        if code == _WITH_CUSTOMER:
            return Waiting("pin", text_of(node, "trade_no"))
        if code == _REFUSED and sub_code in _CHARGE_DECLINED:
            return Declined(_CHARGE_DECLINED[sub_code], sub_code)
        return _unclear(node)

    def _asked(self, number: str, amount: Money) -> Answer:
        node = self._call("alipay.trade.query", {"out_trade_no": number})
        if node.get("code") == _GOOD:
            state = node["trade_status"]
            if state in _PAID:
                return _paid(node, number, amount)
            same_number(node, "out_trade_no", number)
            if state == "WAIT_BUYER_PAY":
                return Waiting("pin", text_of(node, "trade_no"))
            if state == "TRADE_CLOSED":
                return Undone()
            raise NotUnderstood(code_of(node, "trade_status"))
        return NotFound() if _is_unknown(node) else _unclear(node)

    def _tried(self, number: str) -> Answer:
        node = self._call("alipay.trade.query", {"out_trade_no": number})
        if _is_unknown(node):
            return NotFound()
        sub_code = code_of(node, "sub_code")
        if str(node.get("code")).startswith("error") or sub_code in ("ACQ.ACCESS_FORBIDDEN", "ACQ.PARTNER_ERROR"):
            return Declined("not_set_up", sub_code)
        return _unclear(node)

    def _undone(self, number: str) -> Answer:
        node = self._call("alipay.trade.cancel", {"out_trade_no": number})
        if node.get("code") == _GOOD:
            same_number(node, "out_trade_no", number)
            return Lost("partner_broken", "retry") if node.get("retry_flag") == "Y" else Undone()
        return _unclear(node)

    def _refunded(self, content: Mapping[str, Any], amount: Money, original: str) -> Answer:
        """Alipay names the sum of all refunds of a trade: that of this one is only sure where money moved."""
        node = self._call("alipay.trade.refund", content)
        sub_code = code_of(node, "sub_code")
        if node.get("code") == _GOOD:
            same_number(node, "out_trade_no", original)
            so_far = decimal_units(node.get("refund_fee"), amount.currency)
            if node.get("fund_change") == "Y" and so_far >= amount:
                return Done(amount, text_of(node, "trade_no"))
            return Waiting()
        if node.get("code") == _REFUSED and sub_code in _REFUND_DECLINED:
            return Declined(_REFUND_DECLINED[sub_code], sub_code)
        return _unclear(node)

    def _asked_refund(self, number: str, amount: Money, original: str) -> Answer:
        content = {"out_trade_no": original, "out_request_no": number}
        node = self._call("alipay.trade.fastpay.refund.query", content)
        if node.get("code") == _GOOD:
            state = node.get("refund_status")
            if state == "REFUND_PROCESSING":
                return Waiting()
            if not node.get("refund_amount"):
                return NotFound()
            if state not in (None, "", "REFUND_SUCCESS"):
                raise NotUnderstood(code_of(node, "refund_status"))
            same_number(node, "out_request_no", number)
            same_number(node, "out_trade_no", original)
            return Done(decimal_units(node["refund_amount"], amount.currency), text_of(node, "trade_no"))
        return NotFound() if _is_unknown(node) else _unclear(node)


def _paid(node: Mapping[str, Any], number: str, amount: Money) -> Answer:
    same_number(node, "out_trade_no", number)
    paid_in = currency_named(node.get("trans_currency") or _KIND.currency, amount.currency)
    return Done(decimal_units(node["total_amount"], paid_in), text_of(node, "trade_no"))


def _is_unknown(node: Mapping[str, Any]) -> bool:
    return node.get("code") == _REFUSED and node.get("sub_code") == _UNKNOWN_TRADE


def _unclear(node: Mapping[str, Any]) -> Lost:
    """An answer that leaves open what has become of the act: it is asked about."""
    sub_code = code_of(node, "sub_code")
    code = str(node.get("code"))
    if code.startswith("error") or code == _TOKEN:
        return Lost("signed_out", sub_code)
    if code == _BROKEN or "SYSTEM_ERROR" in sub_code:
        return Lost("partner_broken", sub_code)
    return Lost("not_understood", sub_code)
