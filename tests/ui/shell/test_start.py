"""The first seconds of a till: who can sign in is on show before the shop is open, and no key is lost meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.access.till_seat import TillOpenTwice, at_the_window
from pos.application.settings.options import Options
from pos.application.shop.opening import OpenedShop, Opening
from pos.application.shop.shop import Shop
from pos.devices import folders
from pos.domain.errors import StoreError
from pos.languages.catalogue import load_translators
from pos.languages.refusals import sentence_for
from pos.ui.page.screen import Screen
from pos.ui.session.till_state import StateFile, TillState
from pos.ui.shell import open_window, plain_imports
from pos.ui.shell.application import TillWindow
from pos.ui.shell.page_builder import Screens
from pos.ui.shell.pages_at_work import PageGroup
from tests.ui.conftest import Hand, StandInCheckout, stand_in
from tests.ui.fakes_shop import (
    AMINA,
    DANA,
    LI_WEI,
    MORNING,
    PIN,
    RESOURCES,
    STAFF,
    a_shop,
    a_store,
    an_open_shift,
    renamed,
    with_fakes,
)

if TYPE_CHECKING:
    from pos.ui.session.session import Session

HEAVY = (
    "PySide6.QtMultimedia", "PySide6.QtPrintSupport", "alembic", "argon2", "babel", "barcode", "biip", "cryptography",
    "db", "numpy", "pos.application.sales.checkout", "pos.cli.commands", "pos.domain.sales", "pos.domain.shifts",
    "pos.exports", "pos.printing",
    "pos.ui.sales.checkout.screen", "pos.ui.shell.work_frame", "psycopg", "pyqtgraph", "pysqlite3", "reportlab",
    "socket", "sqlalchemy", "typer", "uuid",
)  # fmt: skip
_FIRST_PICTURE = f"""
import os, sys
import main
from pos.ui.shell.main_window import MainWindow

HEAVY = {HEAVY!r}

def painted(window, event):
    people = [person.title for person in window.page._people]
    print(type(window.page).__name__, people, [name for name in HEAVY if name in sys.modules], flush=True)
    os._exit(0)

MainWindow.paintEvent = painted
main.console(sys.argv[1:])
"""

_LANGUAGE = """
import os, sys
import main
from pos.ui.shell.main_window import MainWindow

def painted(window, event):
    print(window._session.language, flush=True)
    os._exit(0)

MainWindow.paintEvent = painted
main.console(sys.argv[1:])
"""


def a_folder(folder: Path, *people: Any, cashier: str = "amina", **habits: Any) -> Path:
    """A shop's folder in which the till remembers these people; its store is not even there."""
    folder.mkdir()
    state = TillState(language="en", theme="light", cashier=cashier, shop_name="Silk Gate", people=people, **habits)
    assert StateFile(folder / "till-T1.json").write(state)
    return folder


def test_the_first_picture_has_the_people_on_it_and_waits_for_nothing_heavy(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "shop", AMINA, DANA)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _FIRST_PICTURE, "--data", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)
    assert (done.stdout, done.stderr) == ("SignInScreen ['Amina S.', 'Dana K.'] []\n", "")


def test_the_window_speaks_the_language_that_it_is_started_with_whatever_it_remembers(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "shop", AMINA, DANA)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _LANGUAGE, "--data", str(folder), "--language", "ru"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)
    assert (done.stdout, done.stderr) == ("ru\n", "")


def a_closed_shop(folder: Path, open_shop: Callable[[], OpenedShop]) -> Shop:
    """A shop that will be opened behind its window."""
    return replace(a_shop(a_store()), folder=folder, opening=Opening(open_shop), sentence=sentence_for)


Begin = Callable[..., tuple[Hand, Event]]


@pytest.fixture
def begin(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Begin]:
    """A window that has been painted while its shop is still being opened, which goes on when the event is set."""
    tills: list[TillWindow] = []

    def begun(shop: Shop, *people: Any, screens: Screens = stand_in, **habits: Any) -> tuple[Hand, Event]:
        goes_on = Event()

        def open_shop() -> OpenedShop:
            assert goes_on.wait(30)
            return shop.opening()

        folder = a_folder(tmp_path / "shop", *people, **habits)
        closed = with_fakes(shop, opening=Opening(open_shop), folder=tmp_path)
        till = TillWindow(qapp, closed, RESOURCES, folder / "till-T1.json", tmp_path / "log", screens)
        till.session.sounds.volume = 0
        tills.append(till)
        till.show()
        qtbot.waitUntil(lambda: hasattr(till, "scanner"), timeout=30_000)
        return Hand(till, qtbot), goes_on

    yield begun
    for till in tills:
        till.close()
        till.window.deleteLater()
        till.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_pin_typed_before_the_shop_is_open_signs_in_as_soon_as_it_is(begin: Begin) -> None:
    hand, goes_on = begin(a_shop(a_store(*STAFF, shift=an_open_shift())), *STAFF)
    assert hand.screen_id == "sign_in"
    assert hand.till.way_in.sign_in.people.person == AMINA
    hand.type(PIN)
    hand.typing.press(Qt.Key.Key_Return)
    assert hand.screen_id == "sign_in"
    goes_on.set()
    hand.wait()
    assert hand.till.session.person == AMINA
    assert hand.till.window.page is hand.checkout


def test_a_till_stands_as_it_remembers_until_its_shop_is_open(begin: Begin) -> None:
    """A demo shop filled the screen for a second; a kiosk could be closed in it, and a power cut lost the text size."""
    store = a_store(*STAFF)
    store.stored |= {"shop_name": "Silk Gate", "kiosk": "yes", "text_size": "130"}
    hand, goes_on = begin(a_shop(store), *STAFF, window="frame", kiosk="yes", text_size="130")
    window, state = hand.till.window, hand.till.session.memory.state
    assert not window.isFullScreen()
    assert not window.close()
    assert (state.window, state.kiosk, state.text_size) == ("frame", "yes", "130")

    goes_on.set()
    hand.wait()
    assert window.isFullScreen(), "a kiosk leaves no way past the window"
    assert hand.till.session.memory.state.text_size == "130"


def test_half_a_pin_stays_when_the_shop_has_opened(begin: Begin) -> None:
    hand, goes_on = begin(a_shop(a_store(*STAFF, shift=an_open_shift())), *STAFF)
    hand.typing.press(Qt.Key.Key_Right)
    hand.type(PIN[:3])
    goes_on.set()
    hand.wait()
    hand.type(PIN[3:])
    hand.press(Qt.Key.Key_Return)
    assert hand.till.session.person == LI_WEI


def test_scans_and_keys_of_the_person_who_is_quicker_than_the_till_reach_the_checkout_in_their_order(
    begin: Begin,
) -> None:
    hand, goes_on = begin(a_shop(a_store(*STAFF, shift=an_open_shift())), *STAFF)
    hand.type(PIN)
    hand.typing.press(Qt.Key.Key_Return)
    hand.typing.burst("4870204320060\r")
    hand.typing.press(Qt.Key.Key_F12)
    hand.typing.burst("4870204320206\r")
    hand.typing.press("7")
    goes_on.set()
    hand.wait()
    assert hand.checkout.heard == ["4870204320060", "pay", "4870204320206"]
    assert hand.checkout.field.text() == "7"


def test_the_keys_of_a_sale_wait_until_all_its_pages_are_there(
    begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StandInPayment(Screen):
        screen_id = "payment"

    payment = SimpleNamespace(pages=lambda session, _built: iter([StandInPayment(session)]))
    monkeypatch.setitem(sys.modules, "tests.ui.payment_of_a_test", payment)
    is_read = Event()
    shop = a_shop(a_store(*STAFF, shift=an_open_shift()))
    pages = PageGroup(
        "tests.ui.payment_of_a_test", ("payment",), lambda _shop: is_read.wait(30), for_all=True, urgent=True
    )
    hand, goes_on = begin(shop, *STAFF, screens=lambda session: [pages, StandInCheckout(session)])
    hand.type(PIN)
    hand.typing.press(Qt.Key.Key_Return)
    hand.typing.press(Qt.Key.Key_F12)
    goes_on.set()
    qtbot.waitUntil(lambda: hand.screen_id == "checkout", timeout=30_000)
    assert hand.checkout.heard == []
    is_read.set()
    hand.wait()
    assert hand.checkout.heard == ["pay"]


def test_the_page_that_is_gone_to_first_is_built_behind_those_that_it_builds_on(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StandInReturns(Screen):
        screen_id = "returns"

    class StandInSettings(Screen):
        screen_id = "settings"

    def office(session: Session, built: Mapping[str, Screen]) -> Iterator[Screen]:
        assert "returns" in built
        yield StandInSettings(session)

    for name, pages in (("counter", lambda session, _built: iter([StandInReturns(session)])), ("office", office)):
        monkeypatch.setitem(sys.modules, f"tests.ui.{name}_of_a_test", SimpleNamespace(pages=pages))
    groups = (
        PageGroup("tests.ui.counter_of_a_test", ("returns",), for_all=True),
        PageGroup("tests.ui.office_of_a_test", ("settings",)),
    )
    shop = a_shop(a_store(*STAFF, shift=an_open_shift(DANA)))
    hand, goes_on = begin(shop, *STAFF, screens=lambda session: [*groups, StandInCheckout(session)])
    hand.till.way_in.arrived.connect(lambda: hand.till.window.show_screen("settings"))
    hand.till.way_in.sign_in.people.card("dana").click()
    hand.type(PIN)
    hand.typing.press(Qt.Key.Key_Return)
    goes_on.set()
    hand.wait()
    assert (hand.screen_id, hand.news) == ("settings", "")


def test_a_scan_before_a_wrong_pin_is_reported_and_keys_meant_for_the_checkout_are_gone(begin: Begin) -> None:
    hand, goes_on = begin(a_shop(a_store(*STAFF, shift=an_open_shift())), *STAFF)
    hand.type("111112")
    hand.typing.press(Qt.Key.Key_Return)
    hand.typing.burst("4870204320060\r")
    hand.typing.press("7")
    goes_on.set()
    hand.wait()
    assert hand.till.way_in.sign_in.pin.complaint.startswith("Wrong PIN for Amina S.")
    assert hand.till.way_in.sign_in.pin.field.pin() == ""
    assert hand.news == "Sign in first, then scan again."


def test_people_that_the_till_remembers_wrongly_are_put_right_by_the_store(begin: Begin) -> None:
    mine = renamed(AMINA, "Amina Old")
    hand, goes_on = begin(a_shop(a_store(AMINA, DANA)), mine, LI_WEI)
    hand.type(PIN)
    goes_on.set()
    hand.wait()
    page = hand.till.way_in.sign_in
    assert list(page._people) == [AMINA, DANA]
    hand.press(Qt.Key.Key_Return)
    assert hand.till.session.person == AMINA


def test_what_the_till_remembers_of_people_gives_no_one_a_right(begin: Begin) -> None:
    hand, goes_on = begin(a_shop(a_store(*STAFF, shift=an_open_shift())), replace(AMINA, role="manager"))
    hand.type(PIN)
    hand.typing.press(Qt.Key.Key_Return)
    goes_on.set()
    hand.wait()
    assert hand.till.session.person == AMINA
    assert not hand.till.session.person.may("settings")


def test_the_store_tells_the_till_whom_to_remember(begin: Begin, tmp_path: Path) -> None:
    hand, goes_on = begin(a_shop(a_store(AMINA, DANA)), AMINA)
    goes_on.set()
    hand.wait()
    kept = json.loads((tmp_path / "shop" / "till-T1.json").read_text(encoding="utf-8"))
    assert [one["title"] for one in kept["people"]] == ["Amina S.", "Dana K."]
    assert set(kept["people"][0]) == {"id", "name", "title", "role"}


def test_a_shop_that_cannot_be_opened_behind_the_window_is_reported_as_ever(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_folder(tmp_path / "shop", AMINA)
    said: list[str] = []
    monkeypatch.setattr(open_window, "say", lambda sentence, _words, _resources: said.append(sentence))

    def open_shop() -> OpenedShop:
        raise StoreError("newer", "shop.db")

    translators = load_translators(RESOURCES / "translations")
    with pytest.raises(StoreError):
        open_window.open_window(
            lambda _border: a_closed_shop(folder, open_shop),
            lambda: folder,
            lambda: translators["en"],
            RESOURCES,
            tmp_path / "log",
        )
    assert said == [sentence_for(StoreError("newer", "shop.db"), translators["en"])]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_second_window_of_a_till_opens_no_shop_and_says_why(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_folder(tmp_path / "shop", AMINA)
    said: list[str] = []
    monkeypatch.setattr(open_window, "say", lambda sentence, _words, _resources: said.append(sentence))

    def open_shop() -> OpenedShop:
        raise AssertionError("it would take the basket of the first one")

    translators = load_translators(RESOURCES / "translations")
    with at_the_window(folder, "T1", MORNING), pytest.raises(TillOpenTwice) as refused:
        open_window.open_window(
            lambda _border: a_closed_shop(folder, open_shop),
            lambda: folder,
            lambda: translators["zh"],
            RESOURCES,
            tmp_path / "log",
        )
    assert said == [sentence_for(refused.value, translators["zh"])]


@pytest.mark.parametrize(
    "people",
    [
        "amina",
        [5],
        [{"id": 1, "name": "amina", "title": "Amina S."}],
        [{"id": 1, "name": "a", "title": "A", "role": "owner"}],
    ],
)
def test_people_that_are_not_as_the_till_wrote_them_are_no_one(tmp_path: Path, people: object) -> None:
    path = tmp_path / "till.json"
    path.write_text(json.dumps({"language": "kk", "people": people}), encoding="utf-8")
    assert StateFile(path).read() == TillState(language="kk")


def test_a_finishing_key_that_is_quicker_than_its_page_does_nothing(begin: Begin) -> None:
    hand, goes_on = begin(a_shop(a_store(*STAFF)), *STAFF)
    hand.type(PIN)
    hand.typing.press(Qt.Key.Key_Return)
    hand.typing.press(Qt.Key.Key_F12)
    goes_on.set()
    hand.wait()
    assert hand.screen_id == "open_shift"
    assert hand.till.way_in.open_shift.news.notice is None  # it does not even ask


def test_a_window_makes_no_folder_that_is_not_its_own_to_make(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "ProgramData" / "border-pos"
    said: list[str] = []
    monkeypatch.setattr(folders, "shared_folder", lambda: gone)
    monkeypatch.setattr(plain_imports, "keep_imports_plain", lambda: None)
    monkeypatch.setattr(open_window, "say", lambda sentence, _words, _resources: said.append(sentence))

    with pytest.raises(StoreError):
        main.open_window(Options(language="en"))

    assert "/SHARED" in said[0]
    assert not gone.parent.exists()
