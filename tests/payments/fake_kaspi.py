"""A Kaspi Smart POS terminal: its own certificate, tokens that run out, processes that it numbers itself."""

from __future__ import annotations

import json
from typing import Any

from tests.payments.keys import tls_identity
from tests.payments.partner_server import Answered, PartnerServer, Payment, Request

ACCESS, REFRESH = "access-token-of-the-till-0001", "refresh-token-of-the-till-0001"


class FakeKaspi(PartnerServer):
    """Its books are kept by process. `forgets` processes to `unknown` until it is told to look again."""

    spared = ("/v2/deviceinfo", "/v2/revoke")

    def __init__(self, device: str = "device") -> None:
        super().__init__(tls_identity(device))
        self.device = device
        self.access, self.refresh = ACCESS, REFRESH
        self.tokens_given = 1
        self.allows = True
        self.unsure = False
        self.refund_processes: dict[str, tuple[Payment, str]] = {}
        self.message = "Отмена покупки; Покупатель отменил покупку"
        self.thousands = " "

    def credentials(self, **changed: str) -> dict[str, str]:
        """What the till has kept when it was paired."""
        return {
            "address": self.address,
            "till_name": "T1",
            "certificate": tls_identity(self.device).fingerprint,
            "access_token": ACCESS,
            "refresh_token": REFRESH,
        } | changed

    def act(self, request: Request) -> Answered:
        """Do what is asked, and answer."""
        query = request.query
        if request.path == "/v2/register":
            return self._new_tokens() if self.allows else _answer(102, {})
        if request.path == "/v2/revoke":
            return self._new_tokens() if query["refreshToken"] == self.refresh else Answered(403)
        if request.headers.get("accesstoken") != self.access:
            return Answered(401)
        if request.path == "/v2/deviceinfo":
            return _answer(0, {"posNum": "0", "serialNum": "ND000000000", "terminalId": "31452963"})
        if request.path == "/v2/payment":
            return self._pay(query)
        if request.path == "/v2/refund":
            return self._refund(query)
        assert request.headers.get("terminalid") == "31452963"
        return self._status(query["processId"], looks_again=request.path == "/v2/actualize")

    def tokens_over(self) -> None:
        """The access token has run out."""
        self.access = "of another day"

    def _new_tokens(self) -> Answered:
        self.tokens_given += 1
        self.access = f"access-token-of-the-till-{self.tokens_given:04}"
        self.refresh = f"refresh-token-of-the-till-{self.tokens_given:04}"
        tokens = {"accessToken": self.access, "refreshToken": self.refresh, "expirationDate": "2026-12-02 14:30:00"}
        return _answer(0, tokens)

    def _pay(self, query: dict[str, str]) -> Answered:
        if any(one.state == "waiting" for one in self.books.values()):
            return _answer(107, {})
        process = f"17{len(self.seen):011}"
        self.begun(process, int(query["amount"]) * 100, "KZT", f"5047{len(self.seen):05}")
        return _answer(0, {"processId": process, "status": "wait"})

    def _refund(self, query: dict[str, str]) -> Answered:
        payment = next((one for one in self.books.values() if one.reference == query["transactionId"]), None)
        minor = int(query["amount"]) * 100
        process = f"18{len(self.seen):011}"
        assert query["method"] == "qr"
        if payment is None or payment.state != "paid" or minor > payment.kept:
            return _answer(999, {})
        payment.refunds[process] = minor
        self.refund_processes[process] = (payment, process)
        return _answer(0, {"processId": process, "status": "wait"})

    def _status(self, process: str, *, looks_again: bool) -> Answered:
        if process in self.refund_processes:
            payment, number = self.refund_processes[process]
            return self._said(process, "success", -payment.refunds[number], f"9{payment.reference}")
        found = self.books.get(process)
        if found is None:
            return _answer(101, {})
        if self.unsure and not looks_again:
            return self._said(process, "unknown", 0, "")
        found.asked()
        state = {"paid": "success", "waiting": "wait"}.get(found.state, "fail")
        minor = found.minor if found.said_minor is None else found.said_minor
        return self._said(process, state, minor, found.reference)

    def _said(self, process: str, state: str, minor: int, reference: str) -> Answered:
        data: dict[str, Any] = {"processId": process, "status": state, "subStatus": "WaitForQrConfirmation"}
        if state == "success":
            shown = f"{abs(minor) // 100:,}".replace(",", self.thousands)
            amount = f"{'- ' if minor < 0 else ''}{shown} ₸"
            data |= {
                "transactionId": reference,
                "chequeInfo": {"amount": amount, "method": "qr", "bin": "960419351140"},
            }
        elif state == "fail":
            data |= {"message": self.message}
        return _answer(0, data)


def _answer(code: int, data: dict[str, Any]) -> Answered:
    return Answered(200, json.dumps({"data": data, "statusCode": code}, ensure_ascii=False).encode())
