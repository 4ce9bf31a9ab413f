"""WeChat Pay v3 as its documents describe it: verifies the shop's signature, signs its answers, keeps its books."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from tests.payments.keys import NOW, TlsIdentity, platform_certificate, private_pem, public_pem, rsa_key
from tests.payments.partner_server import Answered, PartnerServer, Payment, Request

PUBLIC_KEY_ID = "PUB_KEY_ID_0114232134912410000000000000"
CERTIFICATE_SERIAL = 0x5157F09EFDC096DE15EBE81A47057A72
_AUTHORIZATION = re.compile(r'(\w+)="([^"]*)"')
_ORDER = "/v3/pay/transactions/out-trade-no/"
_REFUND = "/v3/refund/domestic/refunds"


def credentials(**changed: str) -> dict[str, str]:
    """What the shop has got from WeChat: by default a merchant with a public key."""
    return {
        "app_id": "wxd678efh567hg6787",
        "merchant_id": "1230000109",
        "merchant_serial": "408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB",
        "merchant_key": private_pem("shop"),
        "public_key_id": PUBLIC_KEY_ID,
        "public_key": public_pem("provider"),
    } | changed


def old_credentials() -> dict[str, str]:
    """The same of an old merchant, who verifies by platform certificates."""
    return credentials(public_key_id="", public_key="", platform_certificates=platform_certificate(7) + _of_now())


def _of_now() -> str:
    return platform_certificate(CERTIFICATE_SERIAL)


class FakeWeChat(PartnerServer):
    """`serial` names the key that it says it signs with; `refusal` is what it answers to the next charge."""

    def __init__(self, identity: TlsIdentity | None = None) -> None:
        super().__init__(identity)
        self.serial = PUBLIC_KEY_ID
        self.refusal: tuple[int, str] | None = None
        self.clock_off = 0
        self.refund_state = "SUCCESS"

    def act(self, request: Request) -> Answered:
        """Do what is asked, and answer."""
        if not self._is_signed(request):
            return _error(401, "SIGN_ERROR")
        body: dict[str, Any] = json.loads(request.body) if request.body else {}
        if request.path == "/v3/pay/transactions/codepay":
            return self._charge(body)
        if request.path.startswith(_ORDER):
            number, _, act = request.path.removeprefix(_ORDER).partition("/")
            return self._reverse(number) if act == "reverse" else self._order(number)
        if request.path == _REFUND:
            return self._refund(body)
        return self._asked_refund(request.path.removeprefix(_REFUND + "/"))

    def signed(self, answer: Answered, fault: str) -> Answered:
        """The answer with WeChat's headers."""
        if fault == "unsigned":
            return answer
        when, nonce = str(int(NOW.timestamp()) + self.clock_off), "c5ac7061fccab6bf3e254dcf98995b8c"
        key = rsa_key("stranger" if fault == "wrong_signature" else "provider")
        signature = key.sign(f"{when}\n{nonce}\n".encode() + answer.body + b"\n", PKCS1v15(), SHA256())
        answer.headers |= {
            "Wechatpay-Timestamp": when,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature": base64.b64encode(signature).decode(),
            "Wechatpay-Serial": self.serial,
        }
        return answer

    def _is_signed(self, request: Request) -> bool:
        said = dict(_AUTHORIZATION.findall(request.headers.get("authorization", "")))
        text = f"{request.method}\n{request.target}\n{said['timestamp']}\n{said['nonce_str']}\n".encode()
        try:
            rsa_key("shop").public_key().verify(
                base64.b64decode(said["signature"]), text + request.body + b"\n", PKCS1v15(), SHA256()
            )
        except InvalidSignature:
            return False
        return said["mchid"] == "1230000109" and abs(int(said["timestamp"]) - NOW.timestamp()) < 300

    def _charge(self, body: dict[str, Any]) -> Answered:
        if self.refusal is not None:
            return _error(*self.refusal)
        number = body["out_trade_no"]
        if number in self.books:
            return _error(403, "ORDERPAID")
        assert re.fullmatch(r"1[0-5][0-9]{16}", body["payer"]["auth_code"])
        assert body["scene_info"]["store_info"]["id"]
        assert 0 < len(body["description"].encode()) <= 127
        amount = body["amount"]
        payment = self.begun(number, amount["total"], amount["currency"], f"42000{len(self.books):023}")
        if payment.state == "refused":
            return _error(403, "TRADE_ERROR")
        if payment.state == "waiting":
            return Answered(202, json.dumps({"code": "USERPAYING", "message": "请输入密码"}).encode())
        return self._said(payment)

    def _order(self, number: str) -> Answered:
        payment = self.books.get(number)
        if payment is None:
            return _error(404, "ORDER_NOT_EXIST")
        payment.asked()
        return self._said(payment)

    def _said(self, payment: Payment) -> Answered:
        state = {"paid": "SUCCESS", "waiting": "USERPAYING", "refused": "PAYERROR", "undone": "REVOKED"}[payment.state]
        total = payment.minor if payment.said_minor is None else payment.said_minor
        content: dict[str, Any] = {
            "appid": "wxd678efh567hg6787",
            "mchid": "1230000109",
            "out_trade_no": payment.number,
            "trade_state": state,
        }
        if state == "SUCCESS":
            content["transaction_id"] = payment.reference
            content["amount"] = {"total": total, "currency": payment.said_currency or payment.currency}
            content["payer"] = {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}
        return Answered(200, json.dumps(content).encode())

    def _reverse(self, number: str) -> Answered:
        payment = self.books.setdefault(number, Payment(number, 0, "", ""))
        payment.undo()
        return Answered(200, json.dumps({"out_trade_no": number}).encode())

    def _refund(self, body: dict[str, Any]) -> Answered:
        payment = self.books.get(body["out_trade_no"])
        if payment is None or payment.state != "paid":
            return _error(404, "RESOURCE_NOT_EXISTS")
        number, minor = body["out_refund_no"], body["amount"]["refund"]
        assert body["amount"]["total"] == payment.minor
        if number not in payment.refunds:
            if minor > payment.kept:
                return _error(400, "INVALID_REQUEST")
            payment.refunds[number] = minor
        return self._refund_said(payment, number)

    def _asked_refund(self, number: str) -> Answered:
        payment = next((one for one in self.books.values() if number in one.refunds), None)
        return _error(404, "RESOURCE_NOT_EXISTS") if payment is None else self._refund_said(payment, number)

    def _refund_said(self, payment: Payment, number: str) -> Answered:
        content = {
            "refund_id": "50000000382019052709732678859",
            "out_refund_no": number,
            "out_trade_no": payment.number,
            "status": self.refund_state,
            "amount": {"refund": payment.refunds[number], "total": payment.minor, "currency": payment.currency},
        }
        return Answered(200, json.dumps(content).encode())


def _error(status: int, code: str) -> Answered:
    return Answered(status, json.dumps({"code": code, "message": "…"}).encode())
