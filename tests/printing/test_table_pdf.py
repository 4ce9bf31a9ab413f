"""A table on A4: nothing of it is cut, whatever its names are, in whichever language."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from pos.application.tables.table import Bars, Cell, CellKind, Column, Table
from pos.application.tables.table_files import TooManyRows
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.printing.drawing import table_pdf
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.table_pdf import write_pdf
from tests.a_table import a_table
from tests.horgos import CNY
from tests.printing import sales

LONG = "Шоколад «Казахстанский» молочный с орехами 阿拉木图巧克力 сүтті шоколад " * 4


def drawn(*tables: Table, tr: Translator | None = None, stamp: str = "") -> bytes:
    stream = BytesIO()
    write_pdf(tables, stream, tr or Translator.english(), Fonts(sales.FONTS), stamp)
    return stream.getvalue()


def pages_of(pdf: bytes) -> list[str]:
    return [sales.page_text(pdf, page) for page in range(len(pypdfium2.PdfDocument(pdf)))]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_page_has_the_names_of_the_columns_and_its_number_of_how_many() -> None:
    pages = pages_of(drawn(a_table(100)))

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Net sales" in page
        assert f"{number}/{len(pages)}" in squeezed(page)
    whole = "".join(pages)
    assert all(f"{n:013d}" in whole for n in range(100))


def test_sums_stand_below_one_for_each_currency_in_the_figures_of_the_reader() -> None:
    text = squeezed(pages_of(drawn(a_table(30), tr=sales.the_translators()["ru"]))[-1])

    assert "Итого" in text
    assert "3707,85" in text
    assert all(char in text for char in ("¥", "₸", "$"))


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_long_names_wrap_and_none_is_lost(language: str) -> None:
    columns = [Column("Name"), *(Column(f"Net sales {n}", CellKind.AMOUNT, "CNY", is_summed=True) for n in range(9))]
    rows: list[list[Cell]] = [[LONG, *[Money(123_456_789, CNY)] * 9] for _ in range(3)]
    pdf = drawn(Table("t", LONG, columns, rows, (("Shop", LONG),)), tr=sales.the_translators()[language])
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()

    assert squeezed(text.get_text_range()).count(squeezed("阿拉木图巧克力")) >= 3 * 4
    for index in range(text.count_chars()):
        left, _, right, _ = text.get_charbox(index)
        assert left >= 30
        assert right <= page.get_width() - 30


def test_narrow_tables_stand_upright_and_wide_ones_lie() -> None:
    narrow = Table("t", "T", [Column("Name"), Column("Pieces", CellKind.COUNT)], [["Tea", 1]])
    pdf = pypdfium2.PdfDocument(drawn(narrow, a_table(10)))

    assert [page.get_width() < page.get_height() for page in pdf] == [True, False]


def test_a_table_of_more_columns_than_fit_still_says_all_of_them() -> None:
    columns = [Column(f"Column {n}") for n in range(60)]
    text = squeezed("".join(pages_of(drawn(Table("t", "T", columns, [[f"cell{n}" for n in range(60)]])))))

    assert all(f"cell{n}" in text for n in range(60))


def test_a_training_is_stamped_on_every_page() -> None:
    pages = pages_of(drawn(a_table(100), stamp="TRAINING — not a real document"))

    assert all("TRAINING — not a real document" in page for page in pages)


def test_bars_are_drawn_with_their_names_and_figures() -> None:
    plain, pictured = drawn(a_table(12)), drawn(a_table(12, bars=True))
    hours: list[list[Cell]] = [[f"{hour:02d}", Money(hour * 1000 - 3000, CNY)] for hour in range(9, 21)]
    columns = [Column("Hour"), Column("Net", CellKind.AMOUNT, "CNY")]
    upright = pages_of(drawn(Table("h", "By hour", columns, hours, bars=Bars(0, 1))))[0]

    assert "".join(pages_of(pictured)).count("0000000000007") == 2
    assert "".join(pages_of(plain)).count("0000000000007") == 1
    assert upright.count("170.00") == 2


def test_bars_that_have_no_room_are_said_to_stand_in_the_table() -> None:
    assert "more in the table" in pages_of(drawn(a_table(60, bars=True)))[0]


def test_the_same_table_is_the_same_file_and_an_empty_one_a_page() -> None:
    assert drawn(a_table(5)) == drawn(a_table(5))
    assert len(pages_of(drawn(a_table(0, bars=True)))) == 1


def test_more_rows_than_anyone_would_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_pdf, "MOST_ROWS", 20)

    with pytest.raises(TooManyRows):
        drawn(a_table(21))
