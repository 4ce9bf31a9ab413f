"""How the window stands on the screen, how large its text is, and who may close a kiosk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from pos.application.settings.settings import Settings
from pos.ui.session.till_state import TillState
from pos.ui.shell.window_mode import is_too_small, scale_text
from tests.ui.conftest import Hand, Opener
from tests.ui.fakes_shop import AMINA, DANA, a_store


@pytest.fixture
def hand(open_till: Opener) -> Hand:
    hand: Hand = open_till(a_store(AMINA, DANA))
    hand.wait()
    return hand


def test_a_founded_shop_fills_the_screen_and_shows_how_to_close(hand: Hand) -> None:
    window, session = hand.till.window, hand.till.session
    session.take_settings(Settings(shop_name="Silk Gate"))
    assert window.isFullScreen()
    assert not window.front.power.isHidden()

    session.take_settings(Settings(shop_name="Silk Gate", window="frame"))
    assert not window.isFullScreen()
    assert window.isMaximized(), "on a small screen, as at a start"
    assert window.front.power.isHidden()


def test_a_till_may_stand_otherwise_than_its_shop(hand: Hand) -> None:
    settings = Settings(shop_name="Silk Gate", till_windows=(f"{hand.till.session.shop.till}=frame",))
    hand.till.session.take_settings(settings)
    assert not hand.till.window.isFullScreen()


def test_a_demo_shop_stays_in_its_frame_unless_the_setting_says_otherwise(open_till: Opener) -> None:
    hand: Hand = open_till(a_store(AMINA), demo=True)
    hand.wait()
    hand.till.session.take_settings(Settings(shop_name="Silk Gate"))
    assert not hand.till.window.isFullScreen()
    hand.till.session.take_settings(Settings(shop_name="Silk Gate", window="full"))
    assert hand.till.window.isFullScreen()


def test_a_cashier_cannot_close_a_kiosk_and_a_manager_can(open_till: Opener) -> None:
    store = a_store(AMINA, DANA)
    store.stored |= {"shop_name": "Silk Gate", "kiosk": "yes", "window": "frame"}
    hand: Hand = open_till(store)
    hand.wait()
    window = hand.till.window
    hand.till.session.take_settings(hand.till.session.shop.settings())
    assert window.isFullScreen(), "a kiosk leaves no way past the window"
    hand.sign_in("amina")
    assert window.work.status.power.isHidden()
    assert not window.close()
    assert window.isVisible()
    assert "Kiosk mode" in hand.news

    hand.till.window.lock()
    hand.sign_in("dana")
    assert not window.work.status.power.isHidden()
    assert window.close()


def test_the_text_size_is_remembered_for_the_next_start(hand: Hand) -> None:
    hand.till.session.take_settings(Settings(text_size="130"))
    state = hand.till.session.memory.state
    environment: dict[str, str] = {}
    scale_text(state, environment)
    assert environment == {"QT_SCALE_FACTOR": "1.3"}

    hand.till.session.take_settings(Settings(text_size="100"))
    environment = {}
    scale_text(hand.till.session.memory.state, environment)
    assert environment == {}


def test_a_scaling_that_the_computer_asks_for_is_left_alone() -> None:
    environment = {"QT_SCALE_FACTOR": "2"}
    scale_text(TillState(text_size="150"), environment)
    assert environment == {"QT_SCALE_FACTOR": "2"}


@pytest.mark.parametrize(
    ("width", "height", "small"), [(1024, 600, False), (600, 1024, False), (1023, 600, True), (1024, 599, True)]
)
def test_a_screen_is_large_enough_lying_or_upright(width: int, height: int, small: bool) -> None:
    assert is_too_small(QSize(width, height)) is small
