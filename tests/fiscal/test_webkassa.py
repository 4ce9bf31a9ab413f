"""Webkassa, whatever it and the line do: what is registered is registered once, and what is unknown is called so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from pos.domain.fiscal.answers import HOLD_REASONS, REJECT_REASONS, Held, Registered, Rejected, ShiftTooLong
from pos.domain.fiscal.ticket import CashMovement, Operation
from pos.domain.outside_partners.answers import LOST_REASONS, Lost, NotFound
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.fiscal.live_addresses import LIVE_REGISTERS
from pos.fiscal.webkassa import Webkassa
from tests.architecture.source import ROOT
from tests.fiscal.fake_webkassa import (
    API_KEY,
    CASHBOX,
    LOGIN,
    PASSWORD,
    TOKEN,
    FakeWebkassa,
    credentials,
)
from tests.fiscal.tickets import AT, a_ticket, basis_of, receipt_in, tenge
from tests.payments.keys import tls_identity

QUICK = PartnerRhythm(first_ask=0, ask_every=0, time_over=0, call=5)
SPOILT = [
    ("broken_after", "partner_broken"),
    ("cut_after", "no_line"),
    ("garbage", "not_understood"),
    ("huge", "too_long"),
    ("redirect", "not_understood"),
]


@pytest.fixture
def server() -> Iterator[FakeWebkassa]:
    with FakeWebkassa() as made:
        yield made


@pytest.fixture
def register(server: FakeWebkassa) -> Iterator[Webkassa]:
    made = Webkassa(credentials(), server.address, QUICK)
    yield made
    made.close_line()


def test_a_sale_is_registered_with_its_number_its_address_and_its_shift(
    server: FakeWebkassa, register: Webkassa
) -> None:
    receipt = receipt_in(register.register(CASHBOX, a_ticket()))
    (booked,) = server.tickets("sale")
    assert receipt.number == booked.check
    assert receipt.address.startswith("https://ofd.example/consumer?i=")
    assert (receipt.shift, receipt.is_offline, receipt.registration, receipt.serial) == (
        16, False, "852873427095", "35265",
    )  # fmt: skip
    assert server.total("sale") == Decimal(1500)


def test_a_number_that_is_sent_twice_is_one_ticket(server: FakeWebkassa, register: Webkassa) -> None:
    ticket = a_ticket()
    first = register.register(CASHBOX, ticket)
    assert register.register(CASHBOX, ticket) == first
    assert register.find(CASHBOX, ticket.number, "1500.00") == first
    assert len(server.tickets()) == 1


@pytest.mark.parametrize("fault", ["cut_before", "broken"])
def test_an_answer_is_lost_and_nothing_was_registered(server: FakeWebkassa, register: Webkassa, fault: str) -> None:
    server.faults.append(fault)
    ticket = a_ticket()
    assert isinstance(register.register(CASHBOX, ticket), Lost)
    assert register.find(CASHBOX, ticket.number, "1500.00") == NotFound()
    assert isinstance(register.register(CASHBOX, ticket), Registered)
    assert len(server.tickets()) == 1


@pytest.mark.parametrize(("fault", "what"), SPOILT)
def test_an_answer_is_lost_although_it_was_registered(
    server: FakeWebkassa, register: Webkassa, fault: str, what: str
) -> None:
    server.faults.append(fault)
    ticket = a_ticket()
    lost = register.register(CASHBOX, ticket)
    assert isinstance(lost, Lost)
    assert lost.what == what
    assert what in LOST_REASONS
    server.faults.append(fault)
    assert isinstance(register.find(CASHBOX, ticket.number, "1500.00"), Lost)
    assert receipt_in(register.find(CASHBOX, ticket.number, "1500.00")).number == server.tickets()[0].check


def test_a_ticket_of_the_shift_before_is_still_found(server: FakeWebkassa, register: Webkassa) -> None:
    ticket = a_ticket()
    receipt = receipt_in(register.register(CASHBOX, ticket))
    assert isinstance(register.close(CASHBOX), Registered)
    register.register(CASHBOX, a_ticket())
    assert receipt_in(register.find(CASHBOX, ticket.number, "1500.00")).number == receipt.number


def test_another_sum_under_the_number_decides_nothing(server: FakeWebkassa, register: Webkassa) -> None:
    ticket = a_ticket()
    register.register(CASHBOX, ticket)
    assert register.find(CASHBOX, ticket.number, "1400.00") == Lost("not_understood", "other_sum")


def test_a_return_names_the_sale_that_it_is_of(server: FakeWebkassa, register: Webkassa) -> None:
    sold = a_ticket()
    receipt = receipt_in(register.register(CASHBOX, sold))
    back = a_ticket("500", operation=Operation.RETURN)
    assert register.register(CASHBOX, back) == Rejected("no_basis")
    assert len(server.seen) == 2, "nothing is sent without it"
    assert isinstance(register.register(CASHBOX, back.based_on(basis_of(sold, receipt))), Registered)
    too_much = a_ticket("1001", operation=Operation.RETURN).based_on(basis_of(sold, receipt))
    rejected = register.register(CASHBOX, too_much)
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "validation"
    assert "превышает" in rejected.detail
    wrong = replace(basis_of(sold, receipt), number="1")
    assert isinstance(register.register(CASHBOX, a_ticket("1", operation=Operation.RETURN).based_on(wrong)), Rejected)


def test_a_token_that_is_over_is_renewed_once(server: FakeWebkassa, register: Webkassa) -> None:
    register.register(CASHBOX, a_ticket())
    server.token_over()
    assert isinstance(register.register(CASHBOX, a_ticket()), Registered)
    paths = [one.path for one in server.seen]
    assert paths.count("/api/v4/Authorize") == 2
    assert len(server.tickets()) == 2


@pytest.mark.parametrize("field", ["api_key", "login", "password"])
def test_a_wrong_or_empty_credential_registers_nothing(server: FakeWebkassa, field: str) -> None:
    for value in ("", "wrong", "неверно"):
        made = Webkassa(credentials(**{field: value}), server.address, QUICK)
        for answer in (made.register(CASHBOX, a_ticket()), made.check(CASHBOX)):
            assert isinstance(answer, Held)
            assert answer.reason == "not_set_up"
        made.close_line()
    assert server.tickets() == []


def test_each_error_of_the_documents_has_its_meaning(server: FakeWebkassa, register: Webkassa) -> None:
    meant = {
        1: "not_set_up", 6: "cashbox", 7: "cashbox", 8: "no_cash", 9: "validation", 10: "cashbox", 12: "cashbox",
        18: "offline_too_long", 255: "basis", 1014: "basis",
    }  # fmt: skip
    for code, reason in meant.items():
        server.rejects.append(code)
        answer = register.register(CASHBOX, a_ticket())
        assert isinstance(answer, Held | Rejected)
        assert answer.reason == reason
        assert reason in (*HOLD_REASONS, *REJECT_REASONS)
        assert answer.detail.startswith(str(code))
    server.rejects.extend([-1, 505])
    assert register.register(CASHBOX, a_ticket()) == Lost("partner_broken", "-1")
    assert register.register(CASHBOX, a_ticket()) == Lost("partner_broken", "505")
    assert server.tickets() == []


def test_a_shift_of_more_than_a_day_is_closed_and_the_same_is_asked_again(
    server: FakeWebkassa, register: Webkassa
) -> None:
    register.register(CASHBOX, a_ticket())
    server.desk.open_for = 25
    ticket = a_ticket()
    assert register.register(CASHBOX, ticket) == ShiftTooLong()
    assert receipt_in(register.close(CASHBOX)).shift == 16
    assert receipt_in(register.register(CASHBOX, ticket)).shift == 17


def test_a_shift_that_is_not_open_is_closed_already(server: FakeWebkassa, register: Webkassa) -> None:
    assert isinstance(register.close(CASHBOX), Registered)
    assert register.x(CASHBOX) == NotFound()
    register.register(CASHBOX, a_ticket())
    assert receipt_in(register.x(CASHBOX)).shift == 16
    assert server.desk.closed == 0


def test_cash_that_is_paid_in_is_registered_once_under_its_number(server: FakeWebkassa, register: Webkassa) -> None:
    paid_in = CashMovement("I" * 26, is_in=True, amount=tenge("20000"), at=AT)
    server.faults.append("cut_after")
    assert isinstance(register.cash(CASHBOX, paid_in), Lost)
    assert isinstance(register.cash(CASHBOX, paid_in), Registered)
    assert isinstance(register.cash(CASHBOX, CashMovement("O" * 26, False, tenge("5000"), AT)), Registered)
    assert [(one.operation, int(one.total)) for one in server.tickets()] == [("in", 20_000), ("out", 5_000)]


def test_line_credential_and_cashbox_are_tried_without_a_trace(server: FakeWebkassa, register: Webkassa) -> None:
    assert register.check(CASHBOX) is None
    assert register.check("SWK99999999") == Held("cashbox", "6 Касса не найдена")
    assert server.tickets() == []
    assert not server.desk.is_open


def test_a_server_that_no_one_vouches_for_hears_nothing() -> None:
    with FakeWebkassa(tls_identity("stranger")) as server:
        made = Webkassa(credentials(), server.address, QUICK)
        assert made.register(CASHBOX, a_ticket()) == Lost("certificate")
        made.close_line()
        assert server.seen == []
    assert Webkassa(credentials(), "http://10.0.0.7", QUICK).check(CASHBOX) == Lost("certificate")


def test_no_secret_is_said_logged_or_in_a_repr(
    server: FakeWebkassa, register: Webkassa, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = [repr(register)]
    for fault in ("", *(name for name, _ in SPOILT), "cut_before", "broken"):
        server.faults.extend([fault] if fault else [])
        said += [repr(register.register(CASHBOX, a_ticket())), repr(register.check(CASHBOX))]
    server.rejects.append(9)
    said.append(repr(register.register(CASHBOX, a_ticket())))
    words, sent = "\n".join([*said, caplog.text]), server.sent().decode()
    for secret in (API_KEY, LOGIN, PASSWORD, TOKEN):
        assert secret not in words
        assert secret in sent, "what is looked for was there"


def test_what_the_register_repeats_of_a_secret_is_not_kept(register: Webkassa) -> None:
    assert register._words({"Text": f"Пользователь {LOGIN} не найден"}) == ""
    assert register._words({"Text": "Касса  не\nнайдена"}) == "Касса не найдена"


def test_no_test_and_no_adapter_names_the_live_register() -> None:
    hosts = [address.removeprefix("https://") for address in LIVE_REGISTERS.values()]
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "pos").rglob("*.py"), *ROOT.glob("*.py")]
    naming = {path.relative_to(ROOT).as_posix() for path in files
              if any(host in path.read_text(encoding="utf-8") for host in hosts)}  # fmt: skip
    assert naming == {"pos/fiscal/live_addresses.py"}
