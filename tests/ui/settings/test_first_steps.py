"""The guide of a new shop: it comes after the first start, leads to each page and back, and goes for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos.application.settings.first_steps import FirstStep
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.settings.welcome.screen import WelcomeScreen
from pos.ui.settings.welcome.step_row import StepState
from pos.ui.widgets.cards.guide_strip import GuideStrip
from tests.ui.conftest import Hand, Opener, StandInCheckout
from tests.ui.fakes_shop import AMINA, DANA, a_shop, a_store, an_open_shift
from tests.ui.settings.test_first_start import answer

Key = Qt.Key


class Page(Screen):
    """Stands for a page to which the guide leads."""

    def __init__(self, session: Session, screen_id: str) -> None:
        super().__init__(session)
        self.screen_id = screen_id


class Books:
    """Which steps the books show as taken."""

    def __init__(self, *taken: FirstStep) -> None:
        self.taken = set(taken)

    def __call__(self, _person: object) -> frozenset[FirstStep]:
        return frozenset(self.taken)


def pages(session: Session) -> Iterable[Screen]:
    yield StandInCheckout(session)
    yield from (Page(session, screen_id) for screen_id in ("rates", "staff", "settings", "import_goods"))
    yield WelcomeScreen(session)


def office(books: Books) -> Any:
    """A desk that knows the first steps."""
    return replace(a_shop(a_store()).office, first_steps=books)  # type: ignore[arg-type]


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def founded(open_till: Opener, books: Books) -> Hand:
    """The shop is founded; nothing else is done."""
    hand = open_till(a_store(), screens=pages, office=office(books))
    answer(hand)
    hand.wait()
    return hand


def guide(hand: Hand) -> WelcomeScreen:
    page = hand.till.window.screen_at("welcome")
    assert isinstance(page, WelcomeScreen)
    return page


def strip(hand: Hand) -> GuideStrip:
    return hand.till.window.findChildren(GuideStrip)[0]


def states(hand: Hand) -> list[StepState]:
    return [row.state for row in guide(hand).rows.values()]


def test_after_the_first_start_the_guide_shows_what_is_to_be_done(founded: Hand) -> None:
    assert founded.screen_id == "welcome"
    assert states(founded) == [StepState.TO_DO] * 6
    assert guide(founded).rows[FirstStep.LANGUAGES].action_button.hasFocus()
    assert not strip(founded).isVisible()


def test_a_step_leads_to_its_page_and_back_and_is_ticked_by_what_is_in_the_books(founded: Hand, books: Books) -> None:
    wanted: list[str] = []
    guide(founded).setting_requested.connect(wanted.append)
    founded.press(Key.Key_Return)
    on_the_page = (founded.screen_id, wanted, strip(founded).isVisible(), strip(founded).text)
    books.taken = {FirstStep.LANGUAGES, FirstStep.RATES}
    strip(founded).action_button.click()
    founded.wait()

    assert on_the_page[:3] == ("settings", ["receipt_languages"], True)
    assert "two languages" in on_the_page[3]
    assert founded.screen_id == "welcome"
    assert not strip(founded).isVisible()
    assert states(founded) == [StepState.DONE, StepState.DONE, *[StepState.TO_DO] * 4]
    assert guide(founded).rows[FirstStep.STAFF].action_button.hasFocus()


def test_what_is_left_for_later_stays_so_and_a_guide_that_is_over_comes_no_more(founded: Hand, books: Books) -> None:
    books.taken, dana = {FirstStep.GOODS}, founded.till.session.person
    assert dana is not None
    for _ in range(2):
        founded.press(Key.Key_F8)
    founded.till.window.lock()
    founded.wait()
    founded.sign_in(dana.name)
    again = (founded.screen_id, states(founded))
    for _ in range(3):
        founded.press(Key.Key_F8)
    nothing_left = guide(founded).left_to_do
    founded.press(Key.Key_F12)
    authorize = founded.screen_id
    founded.till.window.lock()
    founded.wait()
    founded.sign_in(dana.name)

    later, todo, done = StepState.SKIPPED, StepState.TO_DO, StepState.DONE
    assert again == ("welcome", [later, later, todo, todo, done, todo])
    assert nothing_left == []
    assert authorize == "open_shift"
    assert founded.screen_id == "open_shift"
    assert founded.till.session.memory.state.guide == ""


def test_a_shop_that_works_never_sees_it_unasked_and_its_manager_finds_it_in_help(
    open_till: Opener, books: Books
) -> None:
    hand = open_till(a_store(AMINA, DANA, shift=an_open_shift()), screens=pages, office=office(books))
    hand.sign_in("amina")
    before = hand.screen_id
    hand.press(Key.Key_F1)
    hand.press(Key.Key_F6)
    cashier = hand.screen_id
    hand.till.window.lock()
    hand.wait()
    hand.sign_in("dana")
    hand.press(Key.Key_F1)
    hand.press(Key.Key_F6)

    assert (before, cashier) == ("checkout", "help")
    assert hand.screen_id == "welcome"


def test_whose_shift_it_is_is_said_before_the_guide_leads_to_the_checkout(open_till: Opener, books: Books) -> None:
    """The guide stood in the place of the page that says it, and F12 led from it to the drawer of the cashier."""

    def with_shift_of_another(session: Session) -> Iterable[Screen]:
        yield from pages(session)
        yield Page(session, "foreign_shift")

    store = a_store(AMINA, DANA, shift=an_open_shift())
    hand = open_till(store, screens=with_shift_of_another, office=office(books))
    hand.till.session.memory.keep(guide="open")
    hand.sign_in("dana")
    on_the_shift_of_another = hand.screen_id
    hand.till.window.lock()
    store.shift = an_open_shift(DANA)
    hand.wait()
    hand.sign_in("dana")

    assert on_the_shift_of_another == "foreign_shift"
    assert hand.screen_id == "welcome"


@pytest.mark.parametrize("has_begun", [True, False])
def test_a_guide_that_is_ready_late_does_not_come_over_what_was_begun_meanwhile(
    open_till: Opener, books: Books, has_begun: bool
) -> None:
    """The first goods were scanned, the page went away under the manager, and F12 for *Pay* closed the guide."""
    hand = open_till(a_store(AMINA, DANA, shift=an_open_shift(DANA)), screens=pages, office=office(books))
    hand.sign_in("dana")
    hand.till.session.memory.keep(guide="open")
    hand.till.looking_on.guide = None  # its page is built last
    if has_begun:
        hand.press(Key.Key_7)
    hand.till.looking_on.begin()
    hand.wait()
    then = hand.screen_id
    hand.till.window.lock()
    hand.wait()
    hand.sign_in("dana")

    assert then == ("checkout" if has_begun else "welcome")
    assert hand.screen_id == "welcome"
