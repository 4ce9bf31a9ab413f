"""Lines of text on a narrow strip."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pos.printing.drawing.printable import printable
from pos.printing.drawing.wrapping import celled, paired, wrapped
from tests.printing.row_texts import columns

TEXT = st.text(alphabet="ab Ж价格，。（）%-×·", max_size=80)


@given(TEXT, st.integers(2, 30))
def test_no_letter_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrapped(text, width, columns)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= width for line in lines)


@given(TEXT, st.text(alphabet="0123456789", max_size=12), st.integers(14, 48))
def test_the_right_side_is_never_cut_where_it_fits(left: str, right: str, width: int) -> None:
    lines = paired(left, right, width, 2, columns)

    assert [at_right for _, at_right in lines if at_right] == ([right] if right else [])
    assert all(columns(at_left) + columns(at_right) <= width for at_left, at_right in lines)


def test_a_chinese_stop_never_begins_a_line() -> None:
    assert wrapped("以海关认定为准。请保留", 14, columns) == ["以海关认定为", "准。请保留"]


def test_what_stands_further_in_goes_on_further_in_and_a_number_stays_at_its_sign() -> None:
    assert wrapped("  Discount in money · amina × 12", 20, columns) == ["  Discount in", "  money · amina × 12"]
    assert wrapped("  Discount in money · amina × 12", 19, columns) == ["  Discount in", "  money ·", "  amina × 12"]


def test_no_line_begins_with_the_dot_between_two_words() -> None:
    assert wrapped("a discount above the limit · manager", 23, columns) == ["a discount above the", "limit · manager"]


def test_a_long_name_wraps_below_its_price() -> None:
    assert paired("Dark chocolate with whole nuts", "75.00", 24, 2, columns) == [
        ("Dark chocolate", "75.00"),
        ("with whole nuts", ""),
    ]


def test_a_wide_right_side_goes_below() -> None:
    assert paired("2 × 168.00", "A · Goods, Weight 1.900 kg", 30, 2, columns) == [
        ("2 × 168.00", ""),
        ("", "A · Goods, Weight 1.900 kg"),
    ]


@given(st.lists(st.text(alphabet="0123456789.", max_size=14), min_size=1, max_size=4), st.integers(14, 48))
def test_no_figure_of_a_table_is_cut_or_runs_into_the_next(cells: list[str], width: int) -> None:
    lines = celled(cells, width, 1, columns)

    assert [text for line in lines for _, text in line] == [cell for cell in cells if cell]
    for line in lines:
        for (at, text), (after, _) in pairwise(line):
            assert at + columns(text) + 1 <= after + 1e-6
        assert all(at >= 0 and at + columns(text) <= width + 1e-6 for at, text in line)


def test_figures_stand_at_the_right_of_their_columns() -> None:
    assert celled(("4 × 168.00", "672.00", "3.8"), 30, 1, columns) == [
        [(0.0, "4 × 168.00"), (14.0, "672.00"), (27.0, "3.8")]
    ]
    assert celled(("₸ 3 000 000,00", "0", "₸ 1,00"), 24, 1, columns) == [
        [(0.0, "₸ 3 000 000,00"), (15.0, "0"), (18.0, "₸ 1,00")]
    ]


@given(st.text(max_size=300))
def test_text_from_people_is_one_clean_line(text: str) -> None:
    clean = printable(text, 50)

    assert len(clean) <= 50
    assert clean == printable(clean, 50)
    assert clean.isprintable()


def test_what_would_steer_a_printer_or_turn_the_writing_is_gone() -> None:
    assert printable("\x1bp\x00a\u202eb\u200bc\n d\ufeff") == "pabc d"
    assert printable("Ko\u0301nyak ️") == "Kónyak"
    assert printable("a" * 130) == "a" * 119 + "…"
