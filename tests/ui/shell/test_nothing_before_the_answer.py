"""Every page of the window before the store has answered: none says that there is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.errors import StoreError, StoreUnavailable
from pos.ui.widgets.buttons.segmented import SegmentButton
from pos.ui.widgets.cards.empty_state import EmptyState
from tests.ui.at_the_counter import Hand, a_demo_shop, a_past, whole_window
from tests.ui.slow_store import SlowStore

OF_ITS_OWN = {
    ("checkout", ""): {"The basket is empty", "No visitor yet", "¥ 0.00", "Total · 0 lines · 0 pieces"},
    # the basket is in this till, and its visitor is whose document is scanned here
    ("labels", "chosen"): {"0 labels", "0 sheets", "Nothing selected yet"},  # chosen here, one by one
    ("orders", "hand"): {"0 products", "0 pieces", "No products yet"},  # a manual order is scanned here
    ("products", ""): {"No product selected"},  # the choice of the person, beside the list
    ("reconciliation", ""): {"No provider with a file", "No file chosen"},  # the settings are known, the file is chosen
    ("reprice", ""): {"Enter the change"},  # the preview is asked for by what is typed
    ("search", ""): {"Price check"},  # what is sought is typed
    ("stock", ""): {"No goods on this document yet"},  # the document is written here
    ("take_orders", ""): {"No claims yet", "Recorded: 0"},  # claims are typed here
    ("visitors", ""): {"Scan a document"},  # the visitor is whose document is scanned here
}
"""What is empty by the hand of the person at the till, by page and list; of "" on each of its lists."""
_ZERO = re.compile(r"(?<![\w.,:/-])0(?:[.,]0+)?(?![\w.,:/-])")


@pytest.fixture(params=("manager", "clerk"))
def hand(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop", a_past), Hand) as opened:
        opened.sign_in(request.param)
        opened.until(lambda: not opened.till.pages.is_busy)
        yield opened


def test_no_page_says_that_there_is_nothing_before_the_store_has_answered(hand: Hand) -> None:
    false = []
    seen = 0
    for screen_id in sorted(hand.till.window.built):
        with SlowStore(hand):
            page = opened_page(hand, screen_id)
            if page is not None:
                seen += 1
                false += claims_on_each_list(screen_id, page)
        hand.till.window.show_screen("checkout")
        hand.wait()

    assert seen > 5
    assert not false


@pytest.mark.parametrize("has_traded", [True, False])
def test_no_page_that_is_opened_again_says_that_there_is_nothing_before_the_store_has_answered(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, *, has_traded: bool
) -> None:
    """Neither lists with rows beside lists without, nor those of a shop that has not sold anything yet."""
    folder = tmp_path / "shop"
    shop = a_demo_shop(folder, a_past) if has_traded else a_demo_shop(folder)
    with whole_window(qapp, qtbot, tmp_path, shop, Hand) as hand:
        hand.sign_in("manager")
        hand.until(lambda: not hand.till.pages.is_busy)
        screens = sorted(hand.till.window.built)
        for screen_id in screens:
            page = opened_page(hand, screen_id)
            hand.wait()
            if page is not None:
                claims_on_each_list(screen_id, page, hand)
        false = []
        for screen_id in screens:
            hand.till.window.show_screen("checkout")
            hand.wait()
            with SlowStore(hand):
                page = opened_page(hand, screen_id)
                if page is not None:
                    false += claims_on_each_list(screen_id, page)

    assert not false


def test_no_page_says_that_there_is_nothing_while_the_database_is_away(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise StoreUnavailable("10.0.0.5")

    monkeypatch.setattr(type(hand.shop), "settings", property(lambda _shop: away))
    with suppress(StoreError):
        hand.till.session.look_for_store()
    false = []
    for screen_id in sorted(hand.till.window.built):
        page = opened_page(hand, screen_id)
        hand.wait()
        if page is not None:
            false += claims_on_each_list(screen_id, page, hand)

    assert hand.till.session.is_away
    assert not false


def opened_page(hand: Hand, screen_id: str) -> QWidget | None:
    """The page of a person who may open it."""
    hand.till.window.show_screen(screen_id)
    QApplication.processEvents()
    page = hand.till.window.page
    return page if page is not None and page.screen_id == screen_id else None


def claims_on_each_list(screen_id: str, page: QWidget, hand: Hand | None = None) -> list[tuple[str, str, str]]:
    """What the page says as it opens, and what on each of its lists; with `hand`, after their answers."""
    first = next((one.parent() for one in page.findChildren(SegmentButton) if one.isVisible()), None)
    lists = [] if first is None else [one.segment.key for one in first.findChildren(SegmentButton)]
    said = []
    for key in lists or [""]:
        for one in page.findChildren(SegmentButton):
            if one.isVisible() and one.segment.key == key:
                one.click()
                break
        if hand is not None:
            hand.wait()
        QApplication.processEvents()
        own = OF_ITS_OWN.get((screen_id, ""), set()) | OF_ITS_OWN.get((screen_id, key), set())
        said += [(screen_id, key, one) for one in sorted(claims(page) - own)]
    return said


def claims(page: QWidget) -> set[str]:
    """What can be known from an answer alone: that a list is empty, and a figure of zero."""
    empty = {one.accessibleName() for one in page.findChildren(EmptyState) if one.isVisible()}
    zeros = {one.text() for one in page.findChildren(QLabel) if one.isVisible() and _ZERO.search(one.text())}
    return empty | zeros
