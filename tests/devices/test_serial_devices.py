"""Scanners and scales on a serial port: what they say, what is refused, and cables that are pulled out."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos.application.settings.device_addresses import ASCII, TOLEDO, ScaleAddress, SerialPort
from pos.devices import serial_scale
from pos.devices.serial_scale import SerialScale
from pos.devices.serial_scanner import listen
from pos.domain.errors import DeviceError
from tests.devices.pseudo_port import PseudoPort

PATIENCE = 20


@pytest.fixture
def port(tmp_path: Path) -> Iterator[PseudoPort]:
    made = PseudoPort(tmp_path)
    yield made
    made.close()


def at(port: PseudoPort) -> SerialPort:
    return SerialPort(str(port.path))


# ── scanners ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_line_of_a_scanner_is_a_scan_and_separators_of_gs1_stay(port: PseudoPort) -> None:
    heard: queue.Queue[str] = queue.Queue()
    problems: queue.Queue[Any] = queue.Queue()
    stop = listen(at(port), heard.put, problems.put)
    assert problems.get(timeout=PATIENCE) is None
    port.say(b"4607204303508\r\n01046072043035\x1d21AB")
    assert heard.get(timeout=PATIENCE) == "4607204303508"
    assert heard.get(timeout=PATIENCE) == "01046072043035\x1d21AB"  # one that ends no line is taken after a pause
    port.say("茅台\r".encode())
    assert heard.get(timeout=PATIENCE) == "茅台"
    stop()
    assert heard.empty()


def test_a_scanner_that_is_unplugged_says_so_once_and_comes_back_by_itself(port: PseudoPort) -> None:
    heard: queue.Queue[str] = queue.Queue()
    problems: queue.Queue[Any] = queue.Queue()
    stop = listen(at(port), heard.put, problems.put, again=0.02)
    assert problems.get(timeout=PATIENCE) is None
    port.pull_out()
    gone = problems.get(timeout=PATIENCE)
    assert (gone.what, gone.where) == ("scanner_gone", str(port.path))
    port.plug_in()
    assert problems.get(timeout=PATIENCE) is None
    port.say(b"20000011\r")
    assert heard.get(timeout=PATIENCE) == "20000011"
    stop()


def test_a_port_that_another_window_has_is_reported(port: PseudoPort) -> None:
    problems: queue.Queue[Any] = queue.Queue()
    stop = listen(at(port), lambda _text: None, problems.put, again=0.02)
    assert problems.get(timeout=PATIENCE) is None
    other: queue.Queue[Any] = queue.Queue()
    stop_other = listen(at(port), lambda _text: None, other.put, again=0.02)
    assert other.get(timeout=PATIENCE).what == "port_taken"
    stop()
    assert other.get(timeout=PATIENCE) is None
    stop_other()


# ── scales ───────────────────────────────────────────────────────────────────────────────────────────────────────


def weighed(scale: SerialScale) -> int | str:
    try:
        return scale.weigh()
    except DeviceError as error:
        return error.what


@pytest.mark.parametrize(
    ("said", "grams"),
    [
        (b"\x0201.234\r", 1234),
        (b"\x02 0.450N\r", 450),
        (b"\x0200.000\r", "scale_empty"),
        (b"\x02?\x01\r", "scale_moving"),
        (b"\x02?\x02\r", "scale_overload"),
        (b"\x02?\x04\r", "scale_negative"),
        (b"\x02?\x05\r", "scale_negative"),
        (b"\x02?\x10\r", "scale_empty"),
        (b"garbage\r", "scale_silent"),
    ],
)
def test_a_scale_that_is_asked_tells_the_steady_weight_or_why_there_is_none(
    port: PseudoPort, monkeypatch: pytest.MonkeyPatch, said: bytes, grams: int | str
) -> None:
    monkeypatch.setattr(serial_scale, "_PATIENCE", 0.15 if grams == "scale_silent" else PATIENCE)
    scale = SerialScale(ScaleAddress(TOLEDO, SerialPort(str(port.path), 9600, 7, "E")))
    asked: list[bytes] = []

    def answer(heard: bytes) -> bytes:
        asked.append(heard)
        return said

    port.answer(answer)
    assert weighed(scale) == grams
    assert asked == [b"W"]
    scale.close()


@pytest.mark.parametrize(
    ("said", "grams"),
    [
        (b"ST,GS,+  1.234kg\r\n", 1234),
        (b"ST,NT,   0.055 kg\r\n", 55),
        (b"ST,GS,+   875g\r\n", 875),
        (b"US,GS,+  1.234kg\r\n", "scale_moving"),
        (b"OL,GS,+------kg\r\n", "scale_overload"),
        (b"ST,GS,-  0.120kg\r\n", "scale_negative"),
        (b"ST,GS,+  0.000kg\r\n", "scale_empty"),
        (b"4kg\r\nhello\r\n", "scale_silent"),
    ],
)
def test_of_a_scale_that_tells_all_the_time_the_newest_counts(
    port: PseudoPort, monkeypatch: pytest.MonkeyPatch, said: bytes, grams: int | str
) -> None:
    monkeypatch.setattr(serial_scale, "_PATIENCE", 0.15 if grams == "scale_silent" else PATIENCE)
    scale = SerialScale(ScaleAddress(ASCII, at(port)))

    class Line:
        """What is said once the old is forgotten."""

        in_waiting = 0

        def reset_input_buffer(self) -> None:
            self.left = b"34kg\r\n" + said

        def read(self, count: int) -> bytes:
            got, self.left = self.left[:3], self.left[3:]
            return got

        def close(self) -> None:
            pass

    scale._line = Line()
    assert weighed(scale) == grams
    scale.close()


def test_a_scale_that_is_unplugged_is_there_again_when_it_is_put_back(port: PseudoPort) -> None:
    scale = SerialScale(ScaleAddress(TOLEDO, at(port)))
    port.answer(lambda _asked: b"\x0200.500\r")
    assert weighed(scale) == 500
    port.pull_out()
    assert weighed(scale) == "scale_unplugged"
    port.plug_in()
    port.answer(lambda _asked: b"\x0200.750\r")
    assert weighed(scale) == 750
    scale.close()


def test_a_scale_that_tells_all_the_time_is_read_where_it_is_now(port: PseudoPort) -> None:
    for _ in range(20):
        port.say(b"US,GS,+  9.999kg\r\n")  # what was put down before waits in the cable
    scale = SerialScale(ScaleAddress(ASCII, at(port)))
    ended = threading.Event()

    def send_weight() -> None:
        while not ended.wait(0.01):
            port.say(b"ST,GS,+  1.250kg\r\n")

    thread = threading.Thread(target=send_weight, daemon=True)
    thread.start()
    weighed(scale)  # opens the port
    assert weighed(scale) == 1250
    ended.set()
    thread.join(PATIENCE)
    scale.close()
