"""Keys as a till hears them: people's, fast and slow scanners', and both by turns."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.catalogue.scan_assembler import UNREADABLE, Heard, Key, Scan, ScanAssembler, ScanKind, ScanTiming

CHINESE = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
KAZAKH_CARD = ("IDKAZ0123456784900115300013<<<", "9001158M3301144KAZ<<<<<<<<<<<7", "IVANOV<<IVAN<<<<<<<<<<<<<<<<<<")
PRC_ID = "11010519491231002X"


@dataclass
class Till:
    """A field that has the focus, and the assembler before it; time stands still until it is set."""

    assembler: ScanAssembler = field(default_factory=ScanAssembler)
    at: float = 100.0
    text: str = ""
    scans: list[Scan] = field(default_factory=list)

    def press(self, position: str, after: float, text: str | None = None) -> bool:
        """Press one key `after` seconds; True when it went on to the field."""
        self.wait(after)
        key = Key(position, position if text is None else text, self.at)
        leading = self.assembler.leading
        heard = self.assembler.hear(key)
        self.lose(heard, leading)
        self.text += "".join(k.text for k in heard.released)
        if heard.withdrawn:
            taken = "".join(k.text for k in heard.withdrawn)
            assert self.text.endswith(taken)
            self.text = self.text.removesuffix(taken)
        self.scans += heard.scans
        if heard.passes:
            self.text += key.text
        return heard.passes

    def wait(self, seconds: float) -> None:
        """Let time pass as the window does: polling whenever something is due."""
        until = self.at + seconds
        while (due := self.assembler.due) is not None and due < until - 1e-6:
            self.at = max(self.at, due + 1e-6)
            leading = self.assembler.leading
            heard = self.assembler.poll(self.at)
            self.lose(heard, leading)
            self.text += "".join(k.text for k in heard.released)
            self.scans += heard.scans
        self.at = until

    def lose(self, heard: Heard, leading: int) -> None:
        """What broke off; `leading` of its keys had passed through."""
        if heard.broke_off and leading:
            passed = "".join(k.text for k in heard.broke_off[:leading])
            assert self.text.endswith(passed)
            self.text = self.text.removesuffix(passed)

    def type(self, text: str, gap: float = 0.12) -> None:
        for char in text:
            self.press(char, gap)

    def scan(self, text: str, gap: float = 0.004, end: str = "\r", pause: float = 0.2) -> bool:
        """Send a burst; True when its ending key went on to the field."""
        for index, char in enumerate(text):
            self.press(char, pause if index == 0 else gap)
        return self.press(end, gap)

    @property
    def codes(self) -> list[str]:
        return [scan.text for scan in self.scans if scan.kind is ScanKind.CODE]


def test_a_scan_is_reported_and_leaves_nothing_in_the_field() -> None:
    till = Till(text="5*")
    assert not till.scan("4006381333931")
    assert till.scans == [Scan(ScanKind.CODE, "4006381333931")]
    assert till.text == "5*"


@pytest.mark.parametrize("gap", [0.001, 0.016, 0.030, 0.045, 0.050])
def test_a_slow_scanner_is_a_scanner(gap: float) -> None:
    till = Till()
    till.scan("96385074", gap=gap)
    assert till.codes == ["96385074"]
    assert till.text == ""


def test_a_scanner_may_end_with_tab() -> None:
    till = Till()
    assert not till.scan("4006381333931", end="\t")
    assert till.codes == ["4006381333931"]
    only_enter = Till(ScanAssembler(ScanTiming(ends=frozenset("\r"))))
    assert only_enter.scan("4006381333931", end="\t")
    assert (only_enter.codes, only_enter.text) == ([], "4006381333931\t")


def test_the_line_feed_after_a_carriage_return_presses_nothing() -> None:
    till = Till()
    till.scan("4006381333931")
    assert not till.press("\r", 0.004)
    assert till.press("\r", 0.3)


def test_typing_is_never_a_scan() -> None:
    till = Till()
    till.type("4006381333931\r")
    assert till.scans == []
    assert till.text == "4006381333931\r"


def test_three_rolled_fingers_are_typing_without_delay() -> None:
    till = Till()
    passed = [till.press(char, gap) for char, gap in zip("string", (0.3, 0.2, 0.09, 0.03, 0.02, 0.03), strict=True)]
    assert passed == [True, True, True, True, True, False]
    till.wait(0.2)
    assert till.text == "string"


def test_a_burst_that_never_ends_is_given_to_the_field() -> None:
    till = Till()
    for char in "4006381333931":
        till.press(char, 0.004)
    till.wait(0.06)
    assert till.text == "4006381333931"
    assert till.press("\r", 0.1)


def test_a_burst_too_short_to_be_a_scan_is_typing_in_its_order() -> None:
    till = Till()
    assert till.scan("12345")
    assert till.text == "12345\r"
    assert till.scans == []


def test_ten_scans_in_one_second_are_ten_scans() -> None:
    till = Till(text="abc")
    start = till.at
    for _ in range(10):
        till.scan("4006381333931", gap=0.005, pause=0.005)
    assert till.at - start <= 1.0
    assert till.codes == ["4006381333931"] * 10
    assert till.text == "abc"


def test_between_two_scans_close_together_the_field_sees_no_key() -> None:
    till = Till()
    till.scan("4006381333931")
    assert not till.press("9", 0.005)
    till.wait(0.06)
    assert till.text == "9"
    assert till.press("6", 0.2)


def test_a_keyboard_layout_changes_what_is_typed_and_not_what_is_scanned() -> None:
    till = Till()
    for position, text in zip("4006381333931", "ң0,і!:ә1ііі93", strict=True):
        till.press(position, 0.005, text)
    till.press("\r", 0.005)
    assert till.codes == ["4006381333931"]
    assert till.text == ""


def test_the_group_separator_of_a_marking_code_is_kept() -> None:
    text = "010400638133393121aBc5&x\x1d93Zm9v"
    till = Till()
    till.scan(text)
    assert till.codes == [text]


def test_shift_as_a_key_of_its_own_does_not_break_a_slow_burst() -> None:
    till = Till()
    for char in "HONEY-1KG":
        till.wait(0.04)
        till.assembler.hear_modifier(till.at)
        till.press(char, 0.04)
    till.press("\r", 0.04)
    assert till.codes == ["HONEY-1KG"]


def test_an_arrow_key_in_the_middle_gives_the_field_what_was_held_back() -> None:
    till = Till()
    for char in "400638":
        till.press(char, 0.004)
    assert till.press("", 0.004, "")
    assert till.text == "400638"
    till.press("\r", 0.004)
    assert till.scans == []


def test_a_held_back_key_says_that_a_burst_is_on() -> None:
    till = Till()
    assert not till.assembler.is_bursting(till.at)
    for char in "400":
        till.press(char, 0.004)
    assert till.assembler.is_bursting(till.at + 0.004)
    assert not till.assembler.is_bursting(till.at + 0.06)


# ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lines", [CHINESE, KAZAKH_CARD])
@pytest.mark.parametrize(("gap", "pause"), [(0.002, 0.002), (0.005, 0.1), (0.045, 0.3), (0.045, 0.045)])
def test_the_lines_of_a_document_are_one_scan(lines: tuple[str, ...], gap: float, pause: float) -> None:
    till = Till(text="abc")
    for line in lines:
        assert not till.scan(line, gap=gap, pause=pause)
    assert till.scans == [Scan(ScanKind.DOCUMENT, "\n".join(lines))]
    assert till.text == "abc"


@pytest.mark.parametrize("text", ["".join(CHINESE), "".join(KAZAKH_CARD), PRC_ID, PRC_ID.lower()])
def test_a_document_in_one_line_is_one_scan(text: str) -> None:
    till = Till()
    till.scan(text)
    assert till.scans == [Scan(ScanKind.DOCUMENT, text)]


def test_forty_passports_in_a_row_are_forty_documents() -> None:
    till = Till()
    for _ in range(40):
        for line in CHINESE:
            till.scan(line, pause=0.004)
    assert till.scans == [Scan(ScanKind.DOCUMENT, "\n".join(CHINESE))] * 40


def test_a_first_line_alone_is_reported_as_incomplete_after_a_moment() -> None:
    till = Till()
    till.scan(CHINESE[0])
    assert till.scans == []
    till.wait(0.8)
    assert till.scans == [Scan(ScanKind.UNREADABLE, CHINESE[0])]
    assert till.assembler.due is None


def test_a_second_line_alone_is_an_incomplete_document_and_no_product() -> None:
    till = Till()
    till.scan(CHINESE[1])
    assert till.scans == [Scan(ScanKind.UNREADABLE, CHINESE[1])]


def test_a_line_that_lost_a_character_still_belongs_to_its_document() -> None:
    till = Till()
    till.scan(CHINESE[0][:-1])
    till.scan(CHINESE[1])
    assert till.scans == [Scan(ScanKind.DOCUMENT, CHINESE[0][:-1] + "\n" + CHINESE[1])]


def test_a_product_after_half_a_document_is_a_product_and_the_half_is_reported() -> None:
    till = Till()
    till.scan(KAZAKH_CARD[0])
    till.scan(KAZAKH_CARD[1])
    till.scan("4006381333931")
    assert till.scans == [
        Scan(ScanKind.UNREADABLE, "\n".join(KAZAKH_CARD[:2])),
        Scan(ScanKind.CODE, "4006381333931"),
    ]


@pytest.mark.parametrize("lines", [CHINESE, KAZAKH_CARD])
def test_a_document_begun_again_is_read_from_its_first_line(lines: tuple[str, ...]) -> None:
    till = Till()
    for line in (*lines[:-1], *lines):
        till.scan(line)
    assert till.scans == [
        Scan(ScanKind.UNREADABLE, "\n".join(lines[:-1])),
        Scan(ScanKind.DOCUMENT, "\n".join(lines)),
    ]


def test_a_second_line_whose_number_is_all_letters_belongs_to_the_first() -> None:
    lines = ("P<D<<MUSTERMANN<<ERIKA".ljust(44, "<"), "CFGHJKLMN0D<<6408125F2702283".ljust(42, "<") + "<4")
    till = Till()
    for line in lines:
        till.scan(line)
    assert till.scans == [Scan(ScanKind.DOCUMENT, "\n".join(lines))]


@pytest.mark.parametrize(
    "pieces",
    [
        (CHINESE[0] + "\r" + CHINESE[1][:11], CHINESE[1][11:] + "\r"),
        (CHINESE[0] + "\r" + CHINESE[1][:11],),
        (CHINESE[0] + "\r" + CHINESE[1][:30], CHINESE[1][30:] + "\r"),
        (CHINESE[0] + "\r" + CHINESE[1][:4], CHINESE[1][4:10], CHINESE[1][10:] + "\r"),
        (CHINESE[0] + "\r" + CHINESE[1][:-2], CHINESE[1][-2:] + "\r"),
        (CHINESE[0][:9], CHINESE[0][9:] + "\r" + CHINESE[1] + "\r"),
        (CHINESE[0] + CHINESE[1][:20], CHINESE[1][20:] + "\r"),
        (KAZAKH_CARD[0][:16], KAZAKH_CARD[0][16:] + "\r" + KAZAKH_CARD[1] + "\r" + KAZAKH_CARD[2] + "\r"),
    ],
)
def test_nothing_of_a_document_that_breaks_off_stays_in_the_field(pieces: tuple[str, ...]) -> None:
    till = Till(text="cog")
    for piece in pieces:
        till.wait(0.09)
        for char in piece:
            till.press(char, 0.004)
    till.wait(1.0)
    assert till.text == "cog"
    assert {scan.kind for scan in till.scans} == {ScanKind.UNREADABLE}
    till.scan("4006381333931")
    assert till.codes == ["4006381333931"]


def test_a_document_scanned_again_at_once_after_it_broke_off_is_read() -> None:
    till = Till()
    for char in CHINESE[0] + "\r" + CHINESE[1][:11]:
        till.press(char, 0.004)
    for line in CHINESE:
        till.scan(line)
    assert till.text == ""
    assert till.scans[-1] == Scan(ScanKind.DOCUMENT, "\n".join(CHINESE))


def test_a_product_and_typing_after_a_document_that_broke_off_are_what_they_are() -> None:
    till = Till()
    for char in CHINESE[0] + "\r" + CHINESE[1][:11]:
        till.press(char, 0.004)
    till.scan("4006381333931")
    till.type("tea\r")
    assert till.codes == ["4006381333931"]
    assert till.text == "tea\r"


def test_typing_after_half_a_document_is_late_and_not_lost() -> None:
    till = Till()
    till.scan(CHINESE[0])
    till.type("tea\r")
    till.wait(1.0)
    assert till.text == "tea\r"
    assert till.scans == [Scan(ScanKind.UNREADABLE, CHINESE[0])]


def test_a_character_eaten_by_an_input_method_makes_the_scan_unreadable() -> None:
    till = Till()
    till.scan("40063" + UNREADABLE + "1333931")
    assert [scan.kind for scan in till.scans] == [ScanKind.UNREADABLE]


def test_a_scan_in_a_log_shows_no_ones_name() -> None:
    assert "ZHANG" not in repr(Scan(ScanKind.DOCUMENT, CHINESE[0]))


# ── whatever comes ───────────────────────────────────────────────────────────────────────────────────────────

CHARS = st.sampled_from("0123456789ABCabc-")
TYPED = st.tuples(st.just("typed"), st.text(CHARS, max_size=12), st.floats(0.051, 0.4))
SCANNED = st.tuples(st.just("scanned"), st.text(CHARS, min_size=6, max_size=20), st.floats(0.0005, 0.049))


@given(st.lists(TYPED | SCANNED, max_size=8))
def test_scans_and_typing_by_turns_are_distinguished(day: list[tuple[str, str, float]]) -> None:
    till = Till()
    for who, text, gap in day:
        if who == "typed":
            till.type(text + "\r", gap)
        else:
            till.scan(text, gap)
    till.wait(1.0)
    assert [scan.text for scan in till.scans] == [text for who, text, _ in day if who == "scanned"]
    assert till.text == "".join(text + "\r" for who, text, _ in day if who == "typed")


@given(st.lists(st.tuples(st.sampled_from("012ab<\r\t") | st.just(""), st.floats(0.0, 0.12)), max_size=120))
def test_no_key_is_ever_lost_or_doubled(keys: list[tuple[str, float]]) -> None:
    till = Till()
    chars = "".join(position for position, _ in keys if position not in ("", "\r", "\t"))
    for position, after in keys:
        till.press(position, after)
    till.wait(2.0)
    left = "".join(char for char in till.text if char not in "\r\t")
    scanned = "".join(char for scan in till.scans for char in scan.text if char != "\n")
    assert sorted(left + scanned) == sorted(chars)


@given(st.lists(st.floats(0.0511, 2.0), min_size=1, max_size=40), st.data())
def test_slow_keys_all_go_straight_to_the_field(gaps: list[float], data: st.DataObject) -> None:
    till = Till()
    for gap in gaps:
        assert till.press(data.draw(st.sampled_from("0123456789ab\r\t")), gap)
    assert till.scans == []
