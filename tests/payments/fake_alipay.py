"""Alipay's gateway as its documents describe it: verifies the shop's RSA2, signs one node, keeps its books."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import parse_qsl

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from tests.payments.keys import TlsIdentity, private_base64, public_base64, rsa_key
from tests.payments.partner_server import Answered, PartnerServer, Payment, Request


def credentials(**changed: str) -> dict[str, str]:
    """What the shop has got from Alipay's tool and portal."""
    return {
        "app_id": "2021000000000001",
        "app_key": private_base64("shop"),
        "alipay_public_key": public_base64("provider"),
    } | changed


class FakeAlipay(PartnerServer):
    """`refusal` is the sub_code of its answer to the next charge; `slow_cancels` are answers with retry_flag Y."""

    def __init__(self, identity: TlsIdentity | None = None) -> None:
        super().__init__(identity)
        self.refusal = ""
        self.slow_cancels = 0
        self.fund_change = "Y"
        self.moves = True
        self.said_refund: int | None = None
        self.twice = False
        self._method = ""

    def act(self, request: Request) -> Answered:
        """Do what is asked, and answer."""
        said = request.query | dict(parse_qsl(request.body.decode()))
        self._method = said["method"].replace(".", "_")
        if not _is_signed(said):
            return Answered(200, json.dumps({"code": "40002", "sub_code": "isv.invalid-signature"}).encode())
        assert (said["sign_type"], said["charset"], said["version"]) == ("RSA2", "utf-8", "1.0")
        assert said["timestamp"] == "2026-12-01 17:30:00", "Beijing's time"
        content = json.loads(said["biz_content"])
        steps = {
            "alipay.trade.pay": self._pay,
            "alipay.trade.query": self._query,
            "alipay.trade.cancel": self._cancel,
            "alipay.trade.refund": self._refund,
            "alipay.trade.fastpay.refund.query": self._asked_refund,
        }
        node = {"msg": "…"} | steps[said["method"]](content)
        return Answered(200, json.dumps(node, ensure_ascii=False).encode())

    def signed(self, answer: Answered, fault: str) -> Answered:
        """The node with its name and Alipay's signature over the text of it."""
        if answer.status != 200:
            return answer
        node = answer.body.decode().replace("/", "\\/")
        if '"40002"' in node:
            return Answered(200, f'{{"error_response":{node}}}'.encode())
        key = rsa_key("stranger" if fault == "wrong_signature" else "provider")
        signature = base64.b64encode(key.sign(node.encode(), PKCS1v15(), SHA256())).decode()
        sign = "" if fault == "unsigned" else f',"sign":"{signature}"'
        extra = f',"{self._method}_response":{{"code":"10000"}}' if self.twice else ""
        return Answered(200, f'{{"{self._method}_response": {node}{sign}{extra}}}'.encode())

    def _pay(self, content: dict[str, Any]) -> dict[str, Any]:
        if self.refusal:
            return _refused(self.refusal)
        assert content["scene"] == "bar_code"
        number = content["out_trade_no"]
        if number in self.books:
            return _refused("ACQ.TRADE_HAS_SUCCESS")
        yuan, _, fen = content["total_amount"].partition(".")
        payment = self.begun(number, int(yuan) * 100 + int(fen), "CNY", f"20261201220014{len(self.books):014}")
        if payment.state == "refused":
            return _refused("ACQ.PAYMENT_FAIL")
        if payment.state == "waiting":
            return {"code": "10003", "out_trade_no": number, "trade_no": payment.reference}
        return self._paid(payment)

    def _paid(self, payment: Payment) -> dict[str, Any]:
        node = {
            "code": "10000",
            "out_trade_no": payment.number,
            "trade_no": payment.reference,
            "total_amount": _decimal(payment.minor if payment.said_minor is None else payment.said_minor),
            "buyer_logon_id": "li***@mail.example",
            "store_name": "免税店/霍尔果斯",
        }
        return node | ({"trans_currency": payment.said_currency} if payment.said_currency else {})

    def _query(self, content: dict[str, Any]) -> dict[str, Any]:
        payment = self.books.get(content["out_trade_no"])
        if payment is None:
            return _refused("ACQ.TRADE_NOT_EXIST")
        payment.asked()
        states = {"paid": "TRADE_SUCCESS", "waiting": "WAIT_BUYER_PAY"}
        return self._paid(payment) | {"trade_status": states.get(payment.state, "TRADE_CLOSED")}

    def _cancel(self, content: dict[str, Any]) -> dict[str, Any]:
        number = content["out_trade_no"]
        node = {"code": "10000", "out_trade_no": number, "retry_flag": "Y" if self.slow_cancels else "N"}
        if self.slow_cancels:
            self.slow_cancels -= 1
            return node
        self.books.setdefault(number, Payment(number, 0, "CNY", "")).undo()
        return node | {"action": "close"}

    def _refund(self, content: dict[str, Any]) -> dict[str, Any]:
        payment = self.books.get(content["out_trade_no"])
        if payment is None or payment.state != "paid":
            return _refused("ACQ.TRADE_NOT_EXIST")
        yuan, _, fen = content["refund_amount"].partition(".")
        number, minor = content["out_request_no"], int(yuan) * 100 + int(fen)
        change = "N" if number in payment.refunds else self.fund_change
        if number not in payment.refunds:
            if minor > payment.kept:
                return _refused("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
            if self.moves:
                payment.refunds[number] = minor
        so_far = _decimal(sum(payment.refunds.values()))
        return {
            "code": "10000",
            "out_trade_no": payment.number,
            "trade_no": payment.reference,
            "fund_change": change,
            "refund_fee": so_far,
        }

    def _asked_refund(self, content: dict[str, Any]) -> dict[str, Any]:
        payment = self.books.get(content["out_trade_no"])
        number = content["out_request_no"]
        if payment is None:
            return _refused("ACQ.TRADE_NOT_EXIST")
        if number not in payment.refunds:
            return {"code": "10000"}
        return {
            "code": "10000",
            "out_trade_no": payment.number,
            "out_request_no": number,
            "trade_no": payment.reference,
            "refund_amount": _decimal(payment.refunds[number] if self.said_refund is None else self.said_refund),
            "refund_status": "REFUND_SUCCESS",
        }


def _is_signed(said: dict[str, str]) -> bool:
    text = "&".join(f"{name}={value}" for name, value in sorted(said.items()) if name != "sign" and value)
    try:
        rsa_key("shop").public_key().verify(base64.b64decode(said["sign"]), text.encode(), PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def _refused(sub_code: str) -> dict[str, Any]:
    return {"code": "40004", "sub_code": sub_code}


def _decimal(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"
