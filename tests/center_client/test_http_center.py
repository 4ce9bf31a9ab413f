"""A till speaks to its center over HTTP: the real service, and lines on which something else answers."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pos.application.center.refusals import CredentialUnknown, LedgerMoved, ReservationNotKnown, RulesDiffer
from pos.application.center.requests import (
    ReservationRequest,
    RulesUsed,
    SaleConfirmation,
    SoldShare,
    VisitorLedger,
    VisitorLookup,
    VisitorShare,
)
from pos.application.center.till_pass import TillPass
from pos.application.membership.calls import Call, confirmation
from pos.application.membership.refusals import CallNotTaken, CenterAway
from pos.center_client.answers import problem_of
from pos.center_client.http_center import HttpCenter
from pos.domain.quota.rule import Verdict
from tests.center.serving import serving
from tests.center.shops import ADULT, KEYS, Center, perfume

ASKED = VisitorLookup((KEYS.hidden("passport").hex(),), ADULT, "cn-horgos")


_OPEN: list[HttpCenter] = []


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()


def till_at(address: str, credential: str = "credential", seconds: float = 2.0) -> HttpCenter:
    _OPEN.append(HttpCenter(TillPass(address, credential, KEYS.members), lookup_seconds=seconds))
    return _OPEN[-1]


def client_of(center: Center, address: str, till: str = "A1") -> HttpCenter:
    return till_at(address, center.till(till).credential)


@pytest.fixture
def address(center: Center) -> Iterator[str]:
    with serving(center.context) as where:
        yield where


def request_of(center: Center, ledger: VisitorLedger, key: str, digest: str = "") -> ReservationRequest:
    rules = RulesUsed("cn-horgos", digest or center.context.regimes()["cn-horgos"].digest)
    share = VisitorShare(ledger.reference, ledger.version, ADULT, Verdict.OK, (perfume("5000.25"),))
    return ReservationRequest(key, key.partition("#")[0], 120, rules, "1", center.clock(), (share,))


def test_a_sale_goes_from_look_up_to_confirmation(center: Center, address: str) -> None:
    till, neighbour = client_of(center, address), client_of(center, address, "B1")
    seen = till.look_up(ASKED)
    request = request_of(center, seen, "sale/1#a")
    assert till.reserve(request).versions == {seen.reference: 1}
    (waiting,) = till.look_up(ASKED).reservations
    assert (waiting.own, waiting.sale, waiting.in_doubt) == (True, "sale/1", False)
    call = confirmation(SaleConfirmation("sale/1#a", (SoldShare(seen.reference, request.visitors[0].lines),)))
    assert till.book(call) == till.book(call), "asked again it is booked once"
    (own,) = till.look_up(ASKED).lines
    (other,) = neighbour.look_up(ASKED).lines
    assert (own.id, own.goods, own.rates) == (("sale/1", 1), perfume("5000.25").goods, perfume("1").rates)
    assert (other.id, other.shop, other.goods) == (("", 0), 0, own.goods)


def test_what_is_given_back_cannot_come_any_more(center: Center, address: str) -> None:
    till = client_of(center, address)
    till.give_back("sale-9#lost")
    with pytest.raises(Exception, match="key_closed"):
        till.reserve(request_of(center, till.look_up(ASKED), "sale-9#lost"))


def test_the_refusals_of_the_center_come_with_their_facts(center: Center, address: str) -> None:
    till = client_of(center, address)
    seen = till.look_up(ASKED)
    till.reserve(request_of(center, seen, "sale-1#a"))
    with pytest.raises(LedgerMoved) as moved:
        till.reserve(request_of(center, seen, "sale-2#a"))
    assert [ledger.version for ledger in moved.value.ledgers] == [1]
    with pytest.raises(RulesDiffer) as differ:
        till.reserve(request_of(center, till.look_up(ASKED), "sale-3#a", "0" * 12))
    assert differ.value.regime == "cn-horgos"
    with pytest.raises(ReservationNotKnown):
        till.book(confirmation(SaleConfirmation("none#a", (SoldShare(seen.reference, (perfume("1"),)),))))
    with pytest.raises(CallNotTaken):
        till.book(Call("return", "x", "{}"))
    with pytest.raises(CredentialUnknown):
        till_at(address, "nobody").check()


@contextmanager
def answering(answer: bytes, seconds: float = 0) -> Iterator[str]:
    """A line on which these bytes come for every request, or nothing for so long."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                line.recv(65536)
                time.sleep(seconds)
                line.sendall(answer)

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def _http(status: str, content: bytes, kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    return head.encode() + content


_FUTURE = json.dumps({"visitor": {"id": "x"}, "version": "7"}).encode()


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (_http("200 OK", b"<html>Sign in to the network</html>", "text/html"), "not_understood"),
        (_http("200 OK", _FUTURE), "not_understood"),
        (_http("200 OK", b"[" * 100_000), "not_understood"),
        (_http("200 OK", b'{"reference": 1e999999999}'), "not_understood"),
        (_http("302 Found", b"", "text/html"), "not_understood"),
        (_http("502 Bad Gateway", b"<html>", "text/html"), "not_understood"),
        (_http("503 x", b'{"type": "urn:border-pos:center:database_away"}'), "database_away"),
        (_http("200 OK", b"\xff\xfe"), "not_understood"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "no_connection"),
        (b"", "no_connection"),
    ],
)
def test_whatever_answers_ends_in_one_refusal(answer: bytes, what: str) -> None:
    with answering(answer) as address, pytest.raises(CenterAway) as away:
        till_at(address).look_up(ASKED)
    assert away.value.what == what


def test_a_line_that_says_nothing_is_given_up_in_time() -> None:
    begun = time.monotonic()
    with answering(b"", 1.0) as address, pytest.raises(CenterAway) as away:
        till_at(address, seconds=0.2).look_up(ASKED)
    assert away.value.what == "timeout"
    assert time.monotonic() - begun < 0.9


def test_nothing_listens_and_no_certificate_is_trusted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(CenterAway) as away:
        till_at(f"http://127.0.0.1:{port}").check()
    assert away.value.what == "no_connection"
    with answering(b"\x15\x03\x03\x00\x02\x02\x28") as plain, pytest.raises(CenterAway) as refused:
        till_at(plain.replace("http:", "https:")).check()
    assert refused.value.what == "certificate"


def test_a_refusal_of_a_later_version_has_its_name() -> None:
    refused = problem_of(409, {"type": "urn:border-pos:center:moon_is_full"})
    assert isinstance(refused, CallNotTaken)
    assert refused.problem == "moon_is_full"
