"""A till in training says so above every page, and a real one opens it beside itself."""

from __future__ import annotations

import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Opener
from tests.ui.fakes_shop import AMINA, a_store, an_open_shift


def test_the_band_stands_above_every_page_in_every_language(open_till: Opener) -> None:
    hand = open_till(a_store(AMINA, shift=an_open_shift()), training=True)
    window = hand.till.window
    assert window.band is not None
    at_sign_in = (window.band.isVisible(), window.band.accessibleName(), window.windowTitle())
    hand.sign_in()
    hand.till.session.speak("ru")

    assert at_sign_in[0]
    assert at_sign_in[1].startswith("TRAINING.")
    assert at_sign_in[2].startswith("TRAINING — ")
    assert hand.screen_id == "checkout"
    assert window.band.isVisible()
    assert window.band.accessibleName().startswith("УЧЕБНЫЙ")
    assert window.windowTitle().startswith("УЧЕБНЫЙ")
    assert not hand.till.way_in.sign_in.training.isVisibleTo(hand.till.way_in.sign_in)


def test_a_real_till_has_no_band(open_till: Opener) -> None:
    hand = open_till(a_store(AMINA))

    assert hand.till.window.band is None
    assert hand.till.window.windowTitle() == "Silk Gate — Border POS"


def test_anyone_starts_the_training_from_the_sign_in_page(open_till: Opener, qtbot: QtBot, tmp_path: Path) -> None:
    mark = tmp_path / "started"
    command = (sys.executable, "-S", "-c", f"open({str(mark)!r}, 'w').close()")
    hand = open_till(a_store(AMINA), training_command=command)

    hand.till.way_in.sign_in.training.click()

    qtbot.waitUntil(mark.exists, timeout=30_000)
    assert "is opening" in hand.news


def test_the_training_opens_in_the_language_on_the_screen(open_till: Opener, qtbot: QtBot, tmp_path: Path) -> None:
    said = tmp_path / "said"
    script = f"import sys, pathlib; pathlib.Path({str(said)!r}).write_text(' '.join(sys.argv[1:]))"
    command = (sys.executable, "-S", "-c", script, "--language", "en", "--training")
    hand = open_till(a_store(AMINA), training_command=command)
    hand.till.session.speak("kk")

    hand.till.way_in.sign_in.training.click()

    qtbot.waitUntil(lambda: said.exists() and bool(said.read_text()), timeout=30_000)
    assert said.read_text() == "--training --language kk"


def test_two_taps_start_one_training(open_till: Opener, qtbot: QtBot, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    command = (sys.executable, "-S", "-c", f"import os; open({str(marks)!r} + f'/{{os.getpid()}}', 'w').close()")
    hand = open_till(a_store(AMINA), training_command=command)
    button = hand.till.way_in.sign_in.training
    for _ in range(2):
        hand.typing.tap(button)
        hand.typing.wait(0.5)
    hand.typing.wait(20)
    hand.typing.tap(button)  # it was closed again

    qtbot.waitUntil(lambda: len(list(marks.iterdir())) == 2, timeout=30_000)
    qtbot.wait(300)
    assert len(list(marks.iterdir())) == 2


def test_the_pin_is_typed_after_the_training_was_opened_and_opens_no_other(open_till: Opener, tmp_path: Path) -> None:
    hand = open_till(a_store(AMINA), training_command=(sys.executable, "-c", "pass", str(tmp_path)))
    sign_in = hand.till.way_in.sign_in
    hand.typing.look()
    hand.typing.tap(sign_in.training)
    hand.wait()
    hand.type("135")

    assert sign_in.pin.field.pin() == "135"


def test_a_training_that_cannot_be_started_is_reported(open_till: Opener, tmp_path: Path) -> None:
    hand = open_till(a_store(AMINA), training_command=(str(tmp_path / "nothing"),))

    hand.till.way_in.sign_in.training.click()

    assert "could not be started" in hand.news
