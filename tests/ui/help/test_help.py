"""Help: every page says what it is for, and every key that works there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel

from pos.ui.help.screen import HelpScreen
from pos.ui.help.sentences import SENTENCES, TITLES
from pos.ui.input.actions import EVERYWHERE, HELP
from tests.ui.conftest import Hand
from tests.ui.fakes_shop import FakeStore

SCREEN_IDS = sorted(EVERYWHERE - {HELP})


def test_every_page_has_a_title_and_says_what_it_is_for() -> None:
    assert [screen_id for screen_id in SCREEN_IDS if screen_id not in TITLES or not SENTENCES.get(screen_id)] == []
    assert set(TITLES) == set(SENTENCES) == set(SCREEN_IDS)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_every_key_of_every_page_stands_in_its_help(open_till: Callable[..., Hand], language: str) -> None:
    session = open_till(FakeStore(), demo=True).till.session
    session.speak(language)
    page = HelpScreen(session)
    page.key_handlers["back"] = page.hide

    for screen_id in SCREEN_IDS:
        actions = session.actions.at(screen_id)
        page.explain(screen_id, [action.id for action in actions])
        shown = {label.text() for label in page.findChildren(QLabel) if not label.isHidden()}
        assert {session.actions.text(action.id, session.translator) for action in actions} <= shown, screen_id
        assert session.translator(TITLES[screen_id]) in shown, screen_id
