"""Each event sounds different, short, and never in the way."""

from __future__ import annotations

import wave
from array import array
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

    Sounds(FOLDER, volume=0, play=player).play(Sound.OVER)


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


def test_a_quieter_till_plays_quieter_copies_and_the_file_itself_at_full_volume(tmp_path: Path) -> None:
    played: list[Path] = []

    def player(file: Path) -> bool:
        played.append(file)
        return True

    sounds = Sounds(FOLDER, volume=50, play=player)
    sounds.play(Sound.PAID)
    sounds.prepare(50)
    sounds.play(Sound.PAID)
    sounds.volume = 100
    sounds.play(Sound.PAID)
    unprepared, quiet, loud = played
    assert (unprepared, loud) == (FOLDER / "paid.wav", FOLDER / "paid.wav")
    assert abs(peak(quiet) - peak(loud) // 2) <= 1


def test_a_sound_whose_quieter_copy_cannot_be_made_is_played_as_it_is(tmp_path: Path) -> None:
    played: list[Path] = []

    def player(file: Path) -> bool:
        played.append(file)
        return True

    (tmp_path / "paid.wav").write_bytes(b"no sound")
    sounds = Sounds(tmp_path, volume=50, play=player)
    sounds.prepare(50)
    sounds.play(Sound.PAID)
    assert played == [tmp_path / "paid.wav"]


def peak(file: Path) -> int:
    """The loudest sample."""
    with wave.open(str(file), "rb") as source:
        return max(array("h", source.readframes(source.getnframes())))
