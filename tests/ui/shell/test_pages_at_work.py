"""Which pages a till has: those of the person who sells for everybody, the others as soon as someone may enter them."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

import main
import pos.ui
from pos.application.settings.options import Options
from pos.ui.look.theme import Mode
from pos.ui.page.screen import Screen
from pos.ui.session.rail_entries import RAIL_ENTRIES
from pos.ui.session.room_for_types import ROOM, make_room_for_types
from pos.ui.session.session import Session
from pos.ui.shell.pages_at_work import PageGroup, pages_at_work
from tests.ui.at_the_counter import Hand, a_demo_shop, whole_window
from tests.ui.conftest import Opener, StandInCheckout
from tests.ui.fakes_shop import DANA, STAFF, a_store, an_open_shift

ROOT = Path(__file__).parents[3]
CHECKOUT, PAYMENT, COUNTER, ENDING, BLIND, PICKUP, GOODS, OFFICE = pages_at_work(None)  # type: ignore[arg-type]  # the groups are the same at every till
FOR_ALL = {*CHECKOUT.screen_ids, *PAYMENT.screen_ids, *COUNTER.screen_ids, "sign_in", "open_shift"}
NOT_FOR_A_CASHIER = (
    "babel", "numpy", "openpyxl", "pos.ui.shell.goods_pages", "pos.ui.shell.manager_pages",
    "pos.ui.catalogue.products.screen",
    "pos.ui.settings.screen", "psycopg", "pyqtgraph", "reportlab", "sqlalchemy.dialects.postgresql",
)  # fmt: skip


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Someone before the sign-in of a demo shop's till."""
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand, "amina") as hand:
        yield hand


def comes(hand: Hand, name: str) -> None:
    """Someone is at the till, and nothing of what that brings with it has happened yet."""
    hand.till.session.take_person(next(one for one in hand.shop.sign_in.people() if one.name == name))


def rail_of(hand: Hand) -> set[str]:
    rail = hand.till.window.work.rail
    return {screen_id.key for screen_id in RAIL_ENTRIES if rail.item(screen_id.key) is not None}


def test_pages_are_built_for_the_person_who_may_enter_them_and_stay(hand: Hand) -> None:
    window, session = hand.till.window, hand.till.session
    assert set(window.built) == FOR_ALL

    # a cashier has no others but customer orders, however long they work
    hand.sign_in("amina")
    assert set(window.built) == FOR_ALL | {*PICKUP.screen_ids}
    window.show_screen("products")
    assert hand.screen_id == "checkout"
    window.lock()

    # the rail shows all places of the clerk at once; the page asked for first opens as soon as it is there
    comes(hand, "clerk")
    assert rail_of(hand) == {"search", "pickup", *GOODS.screen_ids} - {"reprice"}
    window.show_screen("stock")
    assert window.screen_at("stock") is None
    hand.wait()
    assert hand.screen_id == "stock"
    assert set(window.built) == FOR_ALL | {*PICKUP.screen_ids, *GOODS.screen_ids}
    window.lock()

    # for the manager comes what is missing, in the language and the colours of the moment
    session.speak("ru")
    hand.till.theme.switch(Mode.DARK)
    comes(hand, "manager")
    hand.wait()
    assert set(window.built) - {*ENDING.screen_ids} == FOR_ALL | {
        *PICKUP.screen_ids,
        *GOODS.screen_ids,
        *OFFICE.screen_ids,
    }  # a shift of Amina's is open
    settings = window.built["settings"]
    assert settings.styleSheet() == hand.till.theme.style_sheet()
    window.show_screen("settings")
    assert hand.screen_id == "settings"

    # what was built stays, and no one comes to it without its right
    comes(hand, "amina")
    hand.wait()
    assert window.built["settings"] is settings
    assert hand.screen_id == "checkout"


def test_a_page_that_is_rarely_needed_is_built_when_someone_goes_there(hand: Hand) -> None:
    hand.sign_in("amina")
    for group in (ENDING, BLIND):
        assert FOR_ALL.isdisjoint(group.screen_ids)
        hand.till.window.show_screen(group.screen_ids[-1])
        hand.wait()
        assert {*group.screen_ids} <= set(hand.till.window.built)
    assert hand.screen_id == "blind_return"


def test_the_pages_of_a_cashier_need_nothing_that_only_others_use() -> None:
    read = f"import sys, db.store.store, {CHECKOUT.module}, {PAYMENT.module}, {COUNTER.module}\n"
    show_loaded = f"print([name for name in {NOT_FOR_A_CASHIER!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", read + show_loaded], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_who_leaves_for_another_page_is_not_called_back_by_the_one_they_waited_for(hand: Hand) -> None:
    comes(hand, "manager")
    hand.till.window.show_screen("settings")
    hand.till.window.show_screen("search")
    hand.wait()
    assert hand.till.window.screen_at("settings") is not None
    assert hand.screen_id == "search"


def test_pages_that_cannot_be_built_are_reported_and_the_till_sells_on(
    open_till: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(session: Session, _built: Mapping[str, Screen]) -> Iterator[Screen]:
        page = Screen(session)
        page.screen_id = "gaps"
        yield page
        raise ValueError("a page that cannot be built")

    monkeypatch.setitem(sys.modules, "tests.ui.broken_of_a_test", SimpleNamespace(pages=broken))
    lost = [PageGroup(module, ("products",)) for module in ("tests.ui.no_such_pages", "tests.ui.broken_of_a_test")]
    hand = open_till(
        a_store(*STAFF, shift=an_open_shift(DANA)), screens=lambda session: [*lost, StandInCheckout(session)]
    )
    hand.sign_in("dana")
    assert hand.screen_id == "checkout"
    assert hand.news.startswith("Something went wrong.")
    assert "gaps" in hand.till.window.built  # what came before it


def test_who_founds_a_shop_finds_every_page_built_meanwhile(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    shop = main.build(Options(data=tmp_path / "shop"), quick_pins=True)
    with whole_window(qapp, qtbot, tmp_path, shop, Hand) as hand:
        assert hand.screen_id == "first_start"
        assert {*GOODS.screen_ids, *OFFICE.screen_ids} <= set(hand.till.window.built)


def test_there_is_room_for_the_types_of_all_pages_before_one_is_imported_beside_the_window(hand: Hand) -> None:
    assert make_room_for_types.cache_info().currsize == 1, "it is made when a window begins to build its pages"
    for module in pkgutil.walk_packages(pos.ui.__path__, "pos.ui."):
        import_module(module.name)
    import_module("pyqtgraph")
    needed = [one for one in _types() if one.__name__ != "Room"]
    assert 500 < len(needed) < ROOM


def _types() -> set[type]:
    """All types of Qt objects."""
    known: set[type] = set()
    ahead: list[type] = [Shiboken.Object]
    while ahead:
        children: set[type] = set(type.__subclasses__(ahead.pop())) - known
        known |= children
        ahead.extend(children)
    return known
