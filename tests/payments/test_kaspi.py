"""The Kaspi terminal: its certificate is pinned, its tokens run out, and it is asked by its own numbers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.ports.partner_ports import ChargeMade
from pos.domain.money import CURRENCIES, Money
from pos.domain.outside_partners.answers import NOT_ASKABLE, Declined, Done, Lost, NotFound, Undone, Waiting
from pos.payments.kaspi import KaspiTerminal
from pos.payments.kaspi_pairing import certificate_shown, pair
from tests.payments.benches import QUICK, Bench, bench, new_number
from tests.payments.fake_kaspi import ACCESS, FakeKaspi
from tests.payments.keys import tls_identity

TENGE = CURRENCIES["KZT"]


@pytest.fixture
def shop() -> Iterator[Bench]:
    with bench("kaspi") as made:
        yield made


def terminal(shop: Bench) -> FakeKaspi:
    assert isinstance(shop.server, FakeKaspi)
    return shop.server


def restarted(shop: Bench) -> KaspiTerminal:
    """The terminal for a till that has been started again with what it has kept."""
    return KaspiTerminal(terminal(shop).credentials(), shop.saved.append, QUICK)


@given(st.integers(0, 10**10))
def test_whole_tenge_are_paid_and_the_rest_is_left(minor: int) -> None:
    provider = KaspiTerminal({}, lambda _: None)
    payable = provider.payable(Money(minor, TENGE))
    assert payable.minor % 100 == 0
    assert 0 <= minor - payable.minor < 100
    assert provider.payable(payable) == payable


def test_a_part_of_a_tenge_is_never_asked(shop: Bench) -> None:
    assert shop.provider.charge(shop.order("1500.50")) == Declined("by_partner", "not_whole")
    _, made = shop.charge(shop.order("1500"))
    assert shop.provider.refund(new_number(), Money(50, TENGE), made) == Declined("by_partner", "not_whole")


def test_a_till_pairs_with_a_terminal_whose_certificate_a_person_has_compared() -> None:
    with FakeKaspi() as device:
        shown = certificate_shown(device.address)
        assert shown == tls_identity("device").fingerprint
        kept = pair(device.address, shown, "T1", 5)
        assert isinstance(kept, dict)
        provider = KaspiTerminal(kept, lambda _: None, QUICK)
        assert provider.check() is None
        provider.close()


def test_a_person_at_the_terminal_may_say_no() -> None:
    with FakeKaspi() as device:
        device.allows = False
        assert pair(device.address, tls_identity("device").fingerprint, "T1", 5) == Declined("not_set_up", "102")
    assert certificate_shown(device.address) == Lost("no_line")
    assert certificate_shown("https://[") == Lost("no_line")
    assert pair(device.address, "00" * 32, "T1", 5) == Declined("no_line")


def test_another_terminal_at_its_address_hears_nothing(shop: Bench) -> None:
    with FakeKaspi("stranger") as other:
        known = terminal(shop).credentials(address=other.address)
        provider = KaspiTerminal(known, lambda _: None, QUICK)
        assert provider.charge(shop.order()) == Lost("certificate")
        assert provider.check() == Lost("certificate")
        assert pair(other.address, known["certificate"], "T1", 5) == Lost("certificate")
        assert other.seen == []


def test_a_terminal_that_is_not_paired_is_not_called(shop: Bench) -> None:
    provider = KaspiTerminal(terminal(shop).credentials(certificate=""), lambda _: None, QUICK)
    assert provider.charge(shop.order()) == Declined("not_set_up", "certificate")
    assert shop.server.seen == []


def test_a_token_that_is_over_is_renewed_and_kept(shop: Bench) -> None:
    terminal(shop).tokens_over()
    assert isinstance(shop.charge(shop.order())[0], Done)
    assert len(shop.server.books) == 1
    (kept,) = shop.saved
    assert kept["access_token"] == terminal(shop).access != ACCESS
    assert kept["refresh_token"] == terminal(shop).refresh


def test_threads_that_find_the_token_over_renew_it_once(shop: Bench) -> None:
    made = shop.charge(shop.order(), asks=0)[1]
    terminal(shop).tokens_over()
    threads = [threading.Thread(target=shop.provider.ask, args=(made,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shop.saved) == 1


def test_where_no_token_is_handed_out_any_more_it_has_to_be_paired_again(shop: Bench) -> None:
    made = shop.charge(shop.order(), asks=0)[1]
    terminal(shop).tokens_over()
    terminal(shop).refresh = "of another till"
    assert shop.provider.charge(shop.order()) == Declined("not_set_up", "401")
    assert shop.provider.ask(made) == Lost("signed_out", "401")
    assert shop.provider.check() == Declined("not_set_up", "401")
    assert len(shop.server.books) == 1


def test_a_terminal_that_is_not_sure_is_told_to_look_again(shop: Bench) -> None:
    made = shop.charge(shop.order(), asks=0)[1]
    terminal(shop).unsure = True
    assert isinstance(shop.provider.ask(made), Done)
    asked = [request.path for request in shop.server.seen]
    assert shop.provider.ask(made) == Lost("not_understood", "unknown")
    assert [request.path for request in shop.server.seen][len(asked) :] == ["/v2/status"], "ten seconds apart"


def test_of_a_start_without_an_answer_the_terminal_cannot_tell(shop: Bench) -> None:
    shop.charge(shop.order())
    shop.server.faults.append("cut_after")
    order = shop.order("700")
    assert isinstance(shop.provider.charge(order), Lost)
    lost = ChargeMade(order.number, order.amount)
    assert shop.provider.ask(lost) == Lost("not_understood", NOT_ASKABLE)
    assert shop.server.seen[-1].path == "/v2/actualize"
    assert shop.provider.undo(lost) == Lost("not_understood", NOT_ASKABLE)
    assert restarted(shop).ask(lost) == Lost("not_understood", NOT_ASKABLE)
    assert shop.server.kept == 220_000


def test_what_was_begun_before_a_restart_is_asked_by_the_number_that_was_kept(shop: Bench) -> None:
    made = shop.charge(shop.order(), asks=1)[1]
    assert made.reference
    again = restarted(shop)
    done = again.ask(made)
    assert isinstance(done, Done)
    number = new_number()
    paid = ChargeMade(made.number, made.amount, done.reference, done.detail)
    begun = again.refund(number, made.amount, paid)
    again.close()
    assert isinstance(begun, Waiting)
    third = restarted(shop)
    assert third.ask_refund(number, made.amount, paid) == Lost("not_understood", NOT_ASKABLE)
    known = ChargeMade(paid.number, paid.amount, paid.reference, paid.detail, begun.reference)
    assert isinstance(third.ask_refund(number, made.amount, known), Done)
    assert isinstance(third.refund(number, made.amount, known), Done)
    assert shop.server.kept == 0
    third.close()


def test_the_cashier_undoes_a_payment_on_the_terminal(shop: Bench) -> None:
    shop.server.customers[0] = "waits99"
    made = shop.charge(shop.order(), asks=1)[1]
    assert shop.provider.undo(made) == Waiting("cancel_on_device", made.reference)
    next(iter(shop.server.books.values())).state = "refused"
    assert shop.provider.ask(made) == Declined("by_customer", "WaitForQrConfirmation")
    assert isinstance(shop.provider.undo(made), Undone)
    shop.server.customers[0] = "pays"
    paid = shop.charge(shop.order(), asks=1)[1]
    assert isinstance(shop.provider.undo(paid), Done)


def test_a_terminal_that_is_busy_says_so_and_starts_nothing(shop: Bench) -> None:
    shop.server.customers[0] = "waits99"
    shop.charge(shop.order(), asks=0)
    assert shop.provider.charge(shop.order()) == Declined("busy", "107")
    assert len(shop.server.books) == 1


def test_a_process_that_the_terminal_has_forgotten_is_not_found(shop: Bench) -> None:
    made = shop.charge(shop.order(), asks=0)[1]
    shop.server.books.clear()
    assert isinstance(shop.provider.ask(made), NotFound)


@pytest.mark.parametrize("thousands", ["", " ", "\u00a0", "\u202f"])
def test_the_sum_is_read_from_the_terminals_receipt(shop: Bench, thousands: str) -> None:
    terminal(shop).thousands = thousands
    answer, _ = shop.charge(shop.order("1234500"))
    assert cast("Done", answer).amount == Money(123_450_000, TENGE)


def test_where_the_receipt_names_no_sum_a_person_has_to_look(shop: Bench) -> None:
    terminal(shop).thousands = ","
    assert shop.charge(shop.order("1234500"))[0] == Lost("not_understood", "receipt")
