"""Every notice and question falls: with its cause, its page, its person; until then it speaks the language on show."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

import pos.ui
from pos.application.text.translator import Translator
from pos.domain.errors import StoreError
from pos.ui.notices.notice_factory import News
from pos.ui.notices.notices import NOTICES, TURN, Falls, ShownNotice
from pos.ui.page.screen import Screen
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from tests.ui.conftest import Hand, Opener, StandInCheckout
from tests.ui.fakes_shop import STAFF, a_store, an_open_shift

Key = Qt.Key
NOTIFIERS = {"notify", "sure"}
"""How a notice of the table is reported; `StockMessages.sure` has one kind for all its questions."""
UI = Path(pos.ui.__file__).parent


class Speaking(Screen):
    """A page with a notice bar of its own."""

    screen_id = "shift"
    rail = "shift"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.news = News(session.theme, session.translator)
        QVBoxLayout(self).addWidget(self.news)

    def retranslate(self, tr: Translator) -> None:
        self.news.retranslate(tr)


class Elsewhere(Screen):
    """Another page."""

    screen_id = "search"
    rail = "search"


def pages(session: Session) -> list[Screen]:
    return [StandInCheckout(session), Speaking(session), Elsewhere(session)]


@pytest.fixture
def hand(open_till: Opener) -> Hand:
    """Amina on the page that speaks."""
    hand = open_till(a_store(*STAFF, shift=an_open_shift()), screens=pages)
    hand.sign_in()
    hand.till.window.show_screen("shift")
    hand.wait()
    return hand


def open_one(hand: Hand, kind: str, cause: list[str]) -> News:
    """Tell a notice of a kind in the window and on the page; it holds while there is a cause."""
    page, session = hand.till.window.page, hand.till.session
    assert isinstance(page, Speaking)

    def holds() -> bool:
        return bool(cause)

    session.notify(kind, lambda: Notice(Tone.INFO, session.translator("Help")), holds=holds)
    page.news.notify(kind, lambda tr: Notice(Tone.INFO, tr("Help")), holds=holds)
    return page.news


def said(hand: Hand, news: News) -> tuple[str, str]:
    """What stands in the window and on the page."""
    shown = (hand.till.window.work.notices.notice, news.notice)
    in_window, on_page = ("" if notice is None else notice.text for notice in shown)
    return in_window, on_page


GONE = ("", "")


@pytest.mark.parametrize("falls", list(Falls))
def test_each_kind_falls_with_its_cause_its_page_and_its_person(hand: Hand, falls: Falls) -> None:
    kinds = [name for name, kind in NOTICES.items() if kind.falls is falls]
    assert kinds
    window, session = hand.till.window, hand.till.session
    for kind in kinds:
        # its cause
        cause = ["it is so"]
        news = open_one(hand, kind, cause)
        session.speak("ru")
        assert said(hand, news) == ("Помощь", "Помощь"), kind  # until then it speaks the language of the moment
        session.speak("en")
        cause.clear()
        session.answered.emit()
        assert said(hand, news) == GONE, kind
        # a step that is taken
        news = open_one(hand, kind, ["it is so"])
        session.stepped.emit(0)  # it began before this was reported
        assert said(hand, news) == ("Help", "Help"), kind
        session.stepped.emit(next(TURN))
        assert (said(hand, news) == GONE) is (falls is Falls.STEP), kind
        # another page
        news = open_one(hand, kind, ["it is so"])
        window.show_screen("search")
        stays = falls in (Falls.PERSON, Falls.CAUSE)
        assert said(hand, news) == (("Help", "Help") if stays else GONE), kind
        window.show_screen("shift")
    # another person
    for kind in kinds[:1]:
        news = open_one(hand, kind, ["it is so"])
        window.lock()
        hand.wait()
        hand.sign_in("liwei")
        assert said(hand, news) == (("Help", "Help") if falls is Falls.CAUSE else GONE), kind


def test_a_notice_that_goes_along_to_other_pages_goes_at_its_time_however_many_are_shown(hand: Hand) -> None:
    hand.till.session.notify("receipt.printed", lambda: Notice(Tone.WITHIN, "T1-000001", seconds=6))
    for screen in ("search", "shift", "search"):
        hand.typing.time.pass_by(1_800, hand.wait)
        hand.till.window.show_screen(screen)
        assert hand.news == "T1-000001"
    hand.typing.time.pass_by(1_000, hand.wait)
    assert hand.news == ""


def test_a_question_that_has_fallen_is_asked_again_before_anything_is_done(hand: Hand) -> None:
    session = hand.till.session

    def asking() -> Notice:
        return Notice(Tone.NEARLY, "Sure?", seconds=8)

    assert not session.sure("promotion.end", 7, asking)
    assert not session.sure("promotion.end", 8, asking)  # about another one
    session.notify("refused", lambda: Notice(Tone.NEARLY, "Something else"))
    assert not session.sure("promotion.end", 8, asking)  # another notice has taken its place
    hand.till.window.work.notices.clear()  # its time is over, or it was closed
    assert not session.sure("promotion.end", 8, asking)
    hand.till.window.show_screen("search")
    assert not session.sure("promotion.end", 8, asking)
    assert session.sure("promotion.end", 8, asking)
    assert hand.news == ""


def test_a_question_wants_a_look_before_the_same_key_answers_it(hand: Hand) -> None:
    hand.typing.look()
    assert hand.till.session.finishing.left == 0
    hand.till.session.sure("promotion.end", 7, lambda: Notice(Tone.NEARLY, "Sure?"))
    assert hand.till.session.finishing.left > 0


def calls() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in NOTIFIERS:
                yield str(file.relative_to(UI)), node


def test_every_notice_that_is_reported_stands_in_the_table_and_every_one_of_the_table_is_reported() -> None:
    named = {
        part.value
        for _, call in calls()
        for part in ast.walk(call.args[0] if call.args else call)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    source = "\n".join(file.read_text(encoding="utf-8") for file in UI.rglob("*.py") if file.name != "notices.py")
    assert [kind for kind in NOTICES if f'"{kind}"' not in source] == []
    assert {name for name in named if "." in name and " " not in name} <= NOTICES.keys()
    bars = [
        (file, call.lineno)
        for file, call in calls()
        if ast.unparse(call.func).endswith(("session.notify", "news.notify", "session.sure"))
        and not (isinstance(call.args[0], ast.Constant) and call.args[0].value in NOTICES)
        and not (isinstance(call.args[0], ast.Name) and call.args[0].id in ("kind", "self"))
    ]
    assert bars == []


def test_what_is_reported_is_a_fact_with_its_kind() -> None:
    assert ShownNotice("refused", lambda: Notice(Tone.NEARLY, "No")).holds is None


def failing(*_: object) -> None:
    raise StoreError("disk_full")


def test_a_trouble_of_one_step_goes_with_the_same_step_and_with_its_person(hand: Hand) -> None:
    session, calls = hand.till.session, iter((failing, failing, int))

    def save() -> None:
        step = next(calls)
        session.run(lambda: step(), lambda _done: None)  # noqa: PLW0108 # the same step each time
        hand.wait()

    save()
    first = hand.news
    session.run(lambda: None, lambda _done: None)  # another step
    hand.wait()
    beside = hand.news
    save()
    again = hand.news
    save()
    cured = hand.news
    session.report(StoreError("disk_full"))
    hand.till.window.show_screen("search")
    elsewhere = hand.news
    hand.till.window.lock()
    hand.wait()
    hand.sign_in("liwei")

    assert first.startswith("The disk is full.")
    assert (beside, again, elsewhere) == (first, first, first)
    assert (cured, hand.news) == ("", "")
