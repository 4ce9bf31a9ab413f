"""Claims are typed while the streamer speaks, by keys alone, and none is lost."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any, Never

import pytest
from PySide6.QtCore import Qt

from pos.application.pickup.order_steps import BringForward
from pos.application.pickup.take_order import TakeOrder
from pos.application.ports.pickup_ports import OrderFilter
from pos.domain.errors import OutcomeUnknown, StoreError, StoreUnavailable
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderState, OrderState
from pos.ui.look.theme import Type
from pos.ui.pickup import claims
from pos.ui.pickup.claim_file import ClaimFile
from pos.ui.pickup.claims import ClaimState
from pos.ui.pickup.take_screen import TakeOrdersScreen
from pos.ui.shell.page_builder import Screens
from pos.ui.widgets.drawing.drawing import text_width
from pos.ui.widgets.tables.line_table import LineTable
from tests.ui.pickup.conftest import SWEETS, Counter, set_up_the_stream, taking_alone
from tests.ui.slow_store import SlowStore


@pytest.fixture
def pages() -> Screens:
    """Nothing is sold here."""
    return taking_alone


def test_sixty_claims_are_typed_by_keys_alone_and_each_is_an_order(counter: Counter) -> None:
    set_up_the_stream(counter)
    for number in range(60):
        counter.call_out(str(1 + number % 2), f"{1000 + number}")
    counter.wait()

    assert states(counter) == [ClaimState.TAKEN] * 60
    person = counter.till.session.person
    assert person is not None
    taken = list(reversed(counter.shop.pickup.find.listed(person, OrderFilter(), 100)))
    assert [order.buyer.tail for order in taken] == [str(1000 + number) for number in range(60)]


def test_the_last_claim_is_taken_back(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.call_out("1", "Lena")
    counter.call_out("2x2", "Olga 5555")
    counter.wait()
    counter.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    first, last = counter.taking.claims.all
    assert first.order is not None
    assert last.order is not None
    assert (first.state, last.state) == (ClaimState.TAKEN, ClaimState.TAKEN_BACK)
    assert counter.order(last.order.code).state is OrderState.CANCELLED
    assert counter.order(first.order.code).is_held


def withdraw(counter: Counter) -> None:
    """The store is not waited for."""
    counter.typing.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def fail(patched: pytest.MonkeyPatch, *errors: Exception, recorded: bool = False, only: str = "") -> list[str]:
    """The next claims are answered with these; where `recorded`, they are in the books all the same."""
    take, left, sent = TakeOrder.called, list(errors), []

    def called(self: TakeOrder, goods: str, buyer: str, *rest: Any) -> CustomerOrder:
        sent.append(buyer)
        error = left.pop(0) if left and only in buyer else None
        if error is None or recorded:
            order = take(self, goods, buyer, *rest)
        if error is not None:
            raise error
        return order

    patched.setattr(TakeOrder, "called", called)
    return sent


def states(counter: Counter) -> list[ClaimState]:
    return [claim.state for claim in counter.taking.claims.all]


def orders(counter: Counter) -> list[CustomerOrder]:
    person = counter.till.session.person
    assert person is not None
    return list(counter.shop.pickup.find.listed(person, OrderFilter(), 100))


def test_a_claim_of_which_nothing_is_known_is_withdrawn_when_the_store_has_answered(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_the_stream(counter)
    fail(monkeypatch, OutcomeUnknown("server", "lost"), recorded=True)
    counter.call_out("1", "Lena")
    counter.wait()
    withdraw(counter)
    counter.wait()
    assert states(counter) == [ClaimState.TYPED]
    assert "Withdrawn" not in counter.said
    assert orders(counter)[0].is_held

    session = counter.till.session
    session._away = None
    session.run(session.look_for_store, lambda _done: None)
    counter.wait()
    assert states(counter) == [ClaimState.TAKEN_BACK]
    assert "Withdrawn: 1, Lena" in counter.said
    assert [order.state for order in orders(counter)] == [OrderState.CANCELLED]


def test_a_claim_that_cannot_be_withdrawn_stays_and_says_why(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_self: BringForward, code: str, *_rest: object) -> None:
        raise CustomerOrderState(code, "picked_up")

    set_up_the_stream(counter)
    monkeypatch.setattr(BringForward, "cancel", closed)
    counter.call_out("1", "Lena")
    withdraw(counter)  # on its way
    counter.wait()
    (claim,) = counter.taking.claims.all
    assert (claim.state, claim.is_wanted_back) == (ClaimState.TAKEN, False)
    assert "1 · Lena" in counter.said
    assert orders(counter)[0].is_held


def test_the_key_that_withdraws_pressed_twice_in_a_moment_withdraws_one_claim_and_the_sheet_follows(
    counter: Counter,
) -> None:
    set_up_the_stream(counter)
    free = counter.taking.sheet.rows_of[0].free
    counter.call_out("1", "Lena")
    counter.call_out("1", "Olga")
    counter.wait()
    assert counter.taking.sheet.rows_of[0].free == free - 2
    withdraw(counter)
    counter.typing.press_again(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    counter.wait()
    assert states(counter) == [ClaimState.TAKEN, ClaimState.TAKEN_BACK]
    assert counter.taking.sheet.rows_of[0].free == free - 1
    counter.wait(450)
    withdraw(counter)
    counter.wait()
    assert counter.taking.claims.last is None


def test_a_claim_that_the_disk_does_not_take_is_said_and_sent_again_by_itself(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_the_stream(counter)
    fail(monkeypatch, StoreError("disk_full", "shop.db"))
    counter.call_out("1", "Lena")
    counter.wait()
    assert states(counter) == [ClaimState.TYPED]
    assert "disk" in counter.said.lower()
    counter.wait(6_000)
    assert states(counter) == [ClaimState.TAKEN]


def test_a_claim_that_breaks_holds_up_no_other_and_is_sent_again_by_enter(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up_the_stream(counter)
    broken: list[Exception] = []
    counter.till.session.broke.disconnect()
    counter.till.session.broke.connect(broken.append)
    fail(monkeypatch, ZeroDivisionError(), only="Lena")
    counter.call_out("1", "Lena")
    counter.call_out("1", "Olga")
    counter.wait()
    assert states(counter) == [ClaimState.TYPED, ClaimState.TAKEN]
    assert len(broken) == 1
    counter.taking.table.choose(1)
    counter.taking.table.setFocus()
    counter.press(Qt.Key.Key_Return)
    counter.wait()
    assert states(counter) == [ClaimState.TAKEN, ClaimState.TAKEN]


def test_a_refused_claim_stays_and_is_corrected(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.call_out("77", "Lena")
    counter.call_out("1", "Olga")
    counter.wait()
    refused, taken = counter.taking.claims.all
    assert (refused.state, taken.state) == (ClaimState.REFUSED, ClaimState.TAKEN)
    assert counter.taking.waiting() == "1 claim not recorded"
    counter.wait(700)
    [kept] = json.loads((counter.shop.folder / f"claims-{counter.shop.till}.json").read_text(encoding="utf-8"))
    person = counter.till.session.person
    assert kept["was_refused"]
    assert person is not None
    counter.shop.pickup.stream.put_line(SWEETS, None, 77, person)
    counter.taking.claims._file.end()
    again = claims.Claims(counter.till.session, counter.taking)  # the till runs again
    counter.wait(700)
    assert [(one.buyer, one.state) for one in again.all] == [("Lena", ClaimState.REFUSED)]
    assert len(orders(counter)) == 1  # what was refused is sent by a person alone
    again._file.end()

    counter.taking.table.choose(1)
    counter.taking.table.setFocus()
    counter.press(Qt.Key.Key_Return)
    assert (counter.taking.goods.text(), counter.taking.buyer.text()) == ("77", "Lena")
    counter.type("2")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    assert counter.taking.waiting() == ""
    assert counter.taking.claims.all[-1].state is ClaimState.TAKEN


def test_while_the_store_is_away_claims_wait_and_are_sent_once_in_their_order(counter: Counter) -> None:
    set_up_the_stream(counter)
    session = counter.till.session
    session._away = StoreUnavailable("server", "gone")
    for number in range(5):
        counter.call_out("1", f"{2000 + number}")
    counter.wait()
    assert [claim.state for claim in counter.taking.claims.all] == [ClaimState.TYPED] * 5
    assert "5 claims" in counter.taking.waiting()

    session._away = None
    session.run(session.look_for_store, lambda _done: None)
    counter.wait()
    assert states(counter) == [ClaimState.TAKEN] * 5
    ids = [claim.order.id for claim in counter.taking.claims.all if claim.order is not None]
    assert ids == sorted(ids)
    assert len(set(ids)) == 5


def test_a_corrected_claim_keeps_its_channel_and_its_language_and_the_next_one_has_those_chosen(
    counter: Counter,
) -> None:
    set_up_the_stream(counter)
    taking = counter.taking
    chosen = taking._channel, taking._language
    counter.press(Qt.Key.Key_F8)
    counter.press(Qt.Key.Key_F7)
    own = taking._channel, taking._language
    assert own != chosen
    counter.call_out("77", "Lena")
    counter.wait()
    taking._choose(*chosen)
    taking.table.choose(0)
    taking.table.setFocus()
    counter.press(Qt.Key.Key_Return)
    assert (taking._channel, taking._language) == own
    counter.type("2")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    (claim,) = taking.claims.all
    assert (claim.state, claim.channel, claim.language) == (ClaimState.TAKEN, *own)
    assert (taking._channel, taking._language) == chosen


def test_all_claims_are_counted_that_are_recorded_and_not_only_those_in_sight(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "_MOST", 2)
    set_up_the_stream(counter)
    for number in range(4):
        counter.call_out("1", f"{3000 + number}")
        counter.wait()
    withdraw(counter)
    counter.wait()
    assert len(counter.taking.claims.all) == 2
    assert counter.taking.count.text() == "Recorded: 3"


def test_another_person_reads_under_whose_name_the_claims_go(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_asked: object) -> Never:
        raise ValueError("not foreseen")  # the claim stays, and is not sent again by itself

    set_up_the_stream(counter)
    session = counter.till.session
    monkeypatch.setattr(TakeOrder, "called", broken)
    counter.call_out("1", "Lena")
    counter.wait()
    amina = session.person
    assert amina is not None
    other = next(one for one in counter.shop.sign_in.people() if one.name != amina.name and one.may("pickup"))
    session.take_person(other)
    counter.show("take_orders")
    assert [row.cells[2].second for row in counter.taking.rows.rows] == ["Amina S."]
    assert counter.said == ""

    counter.type("2")
    session.take_person(amina)
    counter.show("take_orders")
    counter.until(lambda: f"{other.title} typed this and did not save it." in counter.said)
    assert [row.cells[2].second for row in counter.taking.rows.rows] == [""]


def test_a_name_that_is_typed_as_fast_as_a_scanner_is_the_buyer_and_a_code_is_none(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.type("1")
    counter.press(Qt.Key.Key_Return)
    for code in (SWEETS, "6901234567891", "100234", "abc-12-d", "https://u.wechat.com/x"):
        counter.till.session.withdraw("pickup.claim")
        counter.scan(code)
        assert counter.said == "Finish the claim first, then scan the next goods."
        assert counter.taking.buyer.text() == ""
    counter.type("Bo")
    counter.wait(300)
    counter.scan("lat 87011112233")
    counter.wait()
    assert [(one.goods, one.buyer) for one in counter.taking.claims.all] == [("1", "Bolat 87011112233")]


def test_claims_that_were_not_recorded_when_the_till_was_killed_are_recorded_when_it_runs_again(
    counter: Counter,
) -> None:
    set_up_the_stream(counter)
    session, before = counter.till.session, counter.taking.claims
    kept = counter.shop.folder / f"claims-{counter.shop.till}.json"
    session._away = StoreUnavailable("server", "gone")
    counter.call_out("1", "Lena")
    counter.call_out("2", "Olga")
    counter.wait(700)
    assert [row["buyer"] for row in json.loads(kept.read_text(encoding="utf-8"))] == ["Lena", "Olga"]

    before._file.end()  # as the system does with the lock of a program that is killed
    before.all.clear()
    again = claims.Claims(session, counter.taking)
    counter.wait(700)
    assert kept.exists()
    session._away = None
    session.run(session.look_for_store, lambda _done: None)
    counter.wait(700)
    assert [(one.buyer, one.state, one.person.name) for one in again.all] == [
        ("Lena", ClaimState.TAKEN, "amina"),
        ("Olga", ClaimState.TAKEN, "amina"),
    ]
    assert len(orders(counter)) == 2
    assert not kept.exists()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"goods": 1}]', "[" * 2_000, '"x"'])
def test_a_damaged_file_of_claims_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "claims-T1.json").write_text(text, encoding="utf-8")
    assert ClaimFile(tmp_path, "T1").begin() == ()


def in_sight(counter: Counter, index: int) -> bool:
    table = counter.taking.table
    box = table.visualRect(table.model().index(index, 0))
    return box.isValid() and table.viewport().rect().contains(box)


def test_the_newest_claim_is_in_sight_whatever_becomes_of_it(counter: Counter) -> None:
    set_up_the_stream(counter)
    claims = ["1"] * 5 + ["77"] + ["1"] * 6
    for width, called in ((1024, claims), (1366, ["1", "77", "1"])):  # the second time there are many already
        counter.till.window.resize(width, 768)
        for goods in called:
            counter.call_out(goods, "Lena")
            counter.wait()
            assert in_sight(counter, 0), (width, len(counter.taking.claims.all))
        counter.taking.table.scrollToBottom()
        assert not in_sight(counter, 0)
        counter.call_out("1", "Olga")
        counter.wait()
        assert in_sight(counter, 0)
        assert counter.taking.rows.texts()[0].startswith(f"{len(counter.taking.claims.all)} | 1")


def test_a_refused_claim_that_was_chosen_stays_chosen_while_others_are_entered(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.call_out("77", "Lena")
    for number in range(9):
        counter.call_out("1", f"Olga {1000 + number}")
    counter.wait()
    counter.taking.table.choose(9)
    counter.call_out("1", "Olga")
    counter.wait()
    assert (counter.taking.table.current_row, in_sight(counter, 10)) == (10, True)
    counter.taking.table.setFocus()
    counter.press(Qt.Key.Key_Return)
    counter.type("1")
    counter.press(Qt.Key.Key_Return)
    counter.press(Qt.Key.Key_Return)
    assert states(counter) == [ClaimState.TAKEN] * 11
    assert (counter.taking.table.current_row, in_sight(counter, 0)) == (0, True)


def test_a_claim_that_was_recorded_and_is_chosen_gives_way_to_the_next_one(counter: Counter) -> None:
    set_up_the_stream(counter)
    for number in range(9):
        counter.call_out("1", f"Olga {1000 + number}")
    counter.wait()
    counter.taking.table.choose(8)
    counter.taking.claims.changed.emit()
    assert counter.taking.table.current_row == 8
    counter.call_out("1", "Lena")
    counter.wait()
    assert (counter.taking.table.current_row, in_sight(counter, 0)) == (0, True)


def test_the_sheet_counts_the_pieces_of_a_claim_that_is_withdrawn_as_soon_as_the_store_agrees(
    counter: Counter,
) -> None:
    set_up_the_stream(counter)

    def free() -> str:
        return counter.taking.sheet.rows.texts()[0].rpartition(" | ")[2]

    before = int(free())
    counter.call_out("1", "Lena")
    counter.wait()
    assert int(free()) == before - 1
    with SlowStore(counter) as slow:
        slow.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    counter.wait()
    assert int(free()) == before
    with SlowStore(counter) as slow:
        slow.type("1")
        slow.press(Qt.Key.Key_Return)
        slow.type("Olga")
        slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    counter.wait()
    assert states(counter) == [ClaimState.TAKEN_BACK] * 2
    assert int(free()) == before


FIELDS_OF_THE_PAGE = {"en": "Pieces: “0”", "zh": "件数：“0”", "ru": "Штук: «0»", "kk": "Дана: «0»"}


def test_a_refused_claim_names_its_field_as_the_page_does(counter: Counter) -> None:
    set_up_the_stream(counter)
    for language, field in FIELDS_OF_THE_PAGE.items():
        counter.till.session.speak(language)
        counter.call_out("1x0", "Lena")
        counter.wait()
        assert field in counter.said
        assert "lines" not in counter.said


def test_headings_states_and_codes_are_read_whole(counter: Counter) -> None:
    set_up_the_stream(counter)
    counter.call_out("1", "Lena 4567")
    counter.wait()
    for width, language in product((1024, 1366), ("en", "zh", "ru", "kk")):
        counter.till.window.resize(width, 768)
        counter.till.session.speak(language)
        counter.wait()
        assert_read_whole(counter.taking)


def assert_read_whole(taking: TakeOrdersScreen) -> None:
    session = taking.session
    label, body = session.theme.font(Type.LABEL), session.theme.font(Type.BODY)
    for header in (taking.header, taking.sheet.header):
        spans = header.spans(header._table.viewport().width())
        for text, ((_left, room), _side) in zip(header._names, spans, strict=True):
            assert text_width(label, text) <= room, text
    row, (_number, goods, _free) = taking.sheet.rows.row(0), taking.sheet.header.spans(_room(taking.sheet.table))
    assert row is not None
    assert text_width(label, row.cells[1].second) <= goods[0][1]
    state = taking.header.spans(_room(taking.table))[3]
    for said in ("Refused", "Not recorded yet", "Being withdrawn", "Held"):
        assert text_width(body, session.translator(said)) + _STATE_ICON <= state[0][1], said


_STATE_ICON = 28


def _room(table: LineTable) -> int:
    return table.viewport().width()


def test_a_claim_says_what_has_become_of_its_order_elsewhere(counter: Counter) -> None:
    set_up_the_stream(counter)
    for buyer in ("Lena", "Olga"):
        counter.call_out("1", buyer)
    counter.wait()
    held, cancelled = (claim.order for claim in counter.taking.claims.all)
    person = counter.till.session.person
    assert held is not None
    assert cancelled is not None
    assert person is not None
    counter.shop.pickup.steps.cancel(cancelled.code, "", person)  # at another till
    counter.till.session.minute_began.emit(counter.shop.now())
    counter.until(lambda: ["Cancelled" in text for text in counter.taking.rows.texts()] == [True, False])

    counter.show("pickup")
    counter.shop.pickup.steps.cancel(held.code, "", person)
    counter.show("take_orders")
    counter.until(lambda: all("Cancelled" in text for text in counter.taking.rows.texts()))
