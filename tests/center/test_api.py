"""The API of the center over HTTP: credentials, limits, problems, and one sale from look-up to confirmation."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import httpx2 as httpx
import pytest

from pos.application.center.customs_rates import SetCustomsRate
from pos.application.center.manage_members import RevokeTill
from pos.application.center.members_key import RotateMembersKey
from pos.center.limits import MOST_BYTES
from pos.center.serve import listen
from tests.center.serving import serving
from tests.center.shops import KEYS, Center, TestKeys


@dataclass
class TillOverHttp:
    """A till that speaks the API."""

    client: httpx.Client
    credential: str

    def ask(self, method: str, path: str, body: object = None, content: bytes | None = None) -> httpx.Response:
        """One request with the till's credential."""
        headers = {"Authorization": f"Bearer {self.credential}", "Content-Type": "application/json"}
        sent = content if content is not None else None if body is None else json.dumps(body).encode()
        return self.client.request(method, path, headers=headers, content=sent)


IDENTITY = KEYS.hidden("passport").hex()
RATES = {"base": "KZT", "per_unit": {"CNY": "72", "EUR": "530"}}
LINE = {"line": 1, "category": "perfume", "quantity": 1, "unit_price": "5000.00", "currency": "CNY"}


@pytest.fixture
def client(center: Center) -> Iterator[httpx.Client]:
    with serving(center.context) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.fixture
def till(center: Center, client: httpx.Client) -> TillOverHttp:
    return TillOverHttp(client, center.till("A1").credential)


def lookup(**changes: Any) -> dict[str, Any]:
    return {"identities": [IDENTITY], "regime": "cn-horgos", **changes}


def reservation(center: Center, ledger: dict[str, Any], key: str = "sale-1#1", **changes: Any) -> dict[str, Any]:
    share = {
        "reference": ledger["reference"],
        "if_version": ledger["version"],
        "verdict": "ok",
        "lines": [LINE],
        "person": {"birth_date": "1986-05-01", "residence": "CN"},
    }
    return {
        "key": key,
        "sale": key.partition("#")[0],
        "seconds": 120,
        "rules": {"regime": "cn-horgos", "digest": center.context.regimes()["cn-horgos"].digest},
        "evaluator": "1",
        "clock": center.clock().isoformat(),
        "rates": RATES,
        "visitors": [share],
        **changes,
    }


def test_a_sale_goes_from_look_up_to_confirmation(center: Center, till: TillOverHttp) -> None:
    ledger = till.ask("POST", "/v1/visitors", lookup()).json()
    assert (ledger["version"], ledger["lines"]) == (0, [])
    reserved = till.ask("POST", "/v1/reservations", reservation(center, ledger))
    assert (reserved.status_code, reserved.json()["versions"]) == (201, {ledger["reference"]: 1})
    sold = {"rates": RATES, "visitors": [{"reference": ledger["reference"], "lines": [LINE]}]}
    booked = till.ask("POST", "/v1/reservations/sale-1%231/sale", sold)
    assert (booked.status_code, booked.json()["flags"]) == (201, [])
    (line,) = till.ask("POST", "/v1/visitors", lookup()).json()["lines"]
    assert (line["sale"], line["unit_price"], line["own"]) == ("sale-1", "5000", True)


def test_a_ledger_that_moved_on_is_sent_with_the_refusal(center: Center, till: TillOverHttp) -> None:
    ledger = till.ask("POST", "/v1/visitors", lookup()).json()
    till.ask("POST", "/v1/reservations", reservation(center, ledger))
    refused = till.ask("POST", "/v1/reservations", reservation(center, ledger, "sale-2#1"))
    assert refused.headers["content-type"] == "application/problem+json"
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:border-pos:center:ledger_moved")
    assert [each["version"] for each in refused.json()["visitors"]] == [1]


def test_without_a_good_credential_nothing_is_answered(
    center: Center, client: httpx.Client, till: TillOverHttp
) -> None:
    for credential in ("-", "x y", till.credential[:-1], "x" * 300):
        answer = TillOverHttp(client, credential).ask("POST", "/v1/visitors", lookup())
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:border-pos:center:credential_unknown")
    RevokeTill(center.context)("A", "1", "owner")
    assert till.ask("POST", "/v1/visitors", lookup()).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (lookup(identities=["12345678"]), "identities.0"),
        (lookup(identities=[]), "identities"),
        (lookup(number="E12345678"), "number"),
        (lookup(regime=1), "regime"),
        ([], ""),
    ],
)
def test_a_field_that_cannot_be_is_named_and_its_value_is_not(till: TillOverHttp, body: object, field: str) -> None:
    answer = till.ask("POST", "/v1/visitors", body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert "12345678" not in answer.text


def test_json_that_says_two_things_is_refused(till: TillOverHttp) -> None:
    twice = b'{"identities": [], "regime": "cn-horgos", "regime": "kz-horgos"}'
    for content in (twice, b"{", b"\xff", b"NaN", b"[" * 5_000):
        answer = till.ask("POST", "/v1/visitors", content=content)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), content[:20]


def test_a_body_that_is_too_large_is_refused_before_it_is_read(till: TillOverHttp) -> None:
    answer = till.ask("POST", "/v1/visitors", content=b" " * (MOST_BYTES + 1))
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:border-pos:center:too_large")


def test_who_tries_documents_is_stopped(till: TillOverHttp) -> None:
    answers = [till.ask("POST", "/v1/visitors", lookup()) for _ in range(22)]
    assert [answer.status_code for answer in answers[19:]] == [200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_health_is_told_without_a_credential(client: httpx.Client) -> None:
    assert client.get("/v1/health").json() == {"database": "ready", "standby": "none"}


def test_the_rates_of_the_day_are_told(center: Center, till: TillOverHttp) -> None:
    assert till.ask("GET", "/v1/rates").json() == {"day": "2026-11-20", "rates": []}
    SetCustomsRate(center.context)("CNY", Decimal("72.10"), "owner")
    center.clock.pass_by(days=2)
    rate = {"currency": "CNY", "base": "KZT", "per_unit": "72.10", "day": "2026-11-20"}
    assert till.ask("GET", "/v1/rates").json() == {"day": "2026-11-22", "rates": [rate]}
    assert TillOverHttp(till.client, "none").ask("GET", "/v1/rates").status_code == 401


def test_a_pass_that_has_ended_is_answered_in_its_own_words(center: Center, till: TillOverHttp) -> None:
    RotateMembersKey(center.context, TestKeys())(date(2026, 11, 20), "owner")
    assert till.ask("POST", "/v1/visitors", lookup()).status_code == 200, "until the day is over"
    ledger = till.ask("POST", "/v1/visitors", lookup()).json()
    assert till.ask("POST", "/v1/reservations", reservation(center, ledger)).status_code == 201
    center.clock.pass_by(hours=13)
    refused = till.ask("POST", "/v1/visitors", lookup())
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:border-pos:center:center_pass_ended")
    sold = {"rates": RATES, "visitors": [{"reference": ledger["reference"], "lines": [LINE]}]}
    assert till.ask("POST", "/v1/reservations/sale-1%231/sale", sold).status_code == 201, "what is paid is booked"


def test_no_answer_waits_until_its_head_is_acknowledged() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
