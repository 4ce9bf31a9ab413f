"""Each event sounds different, short, and never in the way."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos.ui.look.sounds import Sound, Sounds, system_player

FOLDER = Path(__file__).parents[3] / "resources" / "sounds"


@pytest.mark.parametrize("sound", Sound)
def test_a_sound_is_at_most_a_quarter_of_a_second(sound: Sound) -> None:
    with wave.open(str(FOLDER / f"{sound.value}.wav"), "rb") as file:
        assert 0.05 <= file.getnframes() / file.getframerate() <= 0.25


def test_no_two_sounds_are_the_same() -> None:
    assert len({(FOLDER / f"{sound.value}.wav").read_bytes() for sound in Sound}) == len(Sound)


def test_the_file_of_the_event_is_played() -> None:
    played: list[str] = []

    def player(file: Path) -> bool:
        played.append(file.name)
        return True

    Sounds(FOLDER, play=player).play(Sound.OVER)
    assert played == ["over.wav"]


def test_a_shop_can_be_silent() -> None:
    def player(file: Path) -> bool:
        raise AssertionError(file)

    Sounds(FOLDER, on=False, play=player).play(Sound.OVER)


def test_a_machine_without_a_player_beeps(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    beeps: list[int] = []
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    Sounds(FOLDER, play=system_player("linux", lambda _program: None)).play(Sound.REFUSE)
    assert beeps == [1]


@pytest.mark.parametrize(("platform", "program"), [("linux", "paplay"), ("linux", "aplay"), ("darwin", "afplay")])
def test_a_player_that_fails_to_start_is_no_error(platform: str, program: str, qapp: QApplication) -> None:
    asked: list[str] = []

    def find(name: str) -> str | None:
        asked.append(name)
        return "/nowhere/player" if name == program else None

    assert system_player(platform, find)(FOLDER / "accept.wav") is False
    assert asked[-1] == program
