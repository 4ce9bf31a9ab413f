"""Price labels: every bar code is read by another person's reader, and every word is on the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pos.application.settings.settings import Settings
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.label import Label, UnitPrice
from pos.printing.drawing.bars import Symbology, bars_of, symbology_of
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.raster import page_dots
from pos.printing.pricing.label_paper import PAPERS, check_start, paper_of
from pos.printing.pricing.labels import labels_pdf
from tests.horgos import CNY, KZT
from tests.printing import sales

GoldenCheck = Callable[[str, str], None]
DAY = date(2026, 11, 24)
MILLIMETRE = 72 / 25.4
LONG = (
    "儿童益智拼图 1000 片 中国山水画 限量珍藏版 适合十二岁以上儿童与成人",
    "Пазл на тысячу деталей «Китайский пейзаж», ограниченное коллекционное издание для взрослых и детей",
)


def a_label(code: str = "4870204321111", *names: str, price: int = 45_000, **fields: object) -> Label:
    values: dict[str, object] = {"price": Money(price, CNY), "since": DAY, **fields}
    return Label(1, code, names or ("干邑 0.7 升", "Коньяк 0,7 л"), **values)  # type: ignore[arg-type] # by name


def drawn(labels: Sequence[Label], paper: str = "a4", start: int = 1, *languages: str) -> bytes:
    shop = Settings(shop_name="Silk Gate", label_languages=languages or ("zh", "ru"))
    return labels_pdf(labels, PAPERS[paper], start, shop, sales.the_translators(), Fonts(sales.FONTS))


def read(pdf: bytes, dots_per_inch: int, page: int = 0) -> set[tuple[str, str]]:
    """Texts and symbologies that a reader finds on a page as a printer of this fineness prints it."""
    width, height, dots = page_dots(pdf, dots_per_inch, page)
    codes = zxingcpp.read_barcodes(Image.frombytes("L", (width, height), dots))
    return {(code.text, code.format.name) for code in codes}


SHELF = (
    a_label(shelf="A-12", unit_price=UnitPrice(Money(64_286, CNY), "L", rounded=True)),
    a_label(
        "4870204320145", "黑巧克力 100 克", "Шоколад 100 г", price=1_125, regular=Money(1_250, CNY),
        unit_price=UnitPrice(Money(1_125, CNY), "100 g", rounded=False),
    ),
    a_label("96385074", "蜂蜜", "Мёд", price=1, shelf="B-3", lot="L2611A", expiry=date(2027, 9, 1)),
    a_label("0036000291452", *LONG, price=12_345_678, regular=Money(13_345_678, CNY)),
    a_label("10036000291459", "苹果汁", "Сок", price=9_900, pieces=12),
    a_label("SHOP-0042", "哈密瓜", "Дыня", by_weight=True),
    a_label("2200100000001", "Қымыз «Жайлау»", price=700_000_00),
)  # fmt: skip
READ = {
    ("4870204321111", "EAN13"), ("4870204320145", "EAN13"), ("96385074", "EAN8"), ("0036000291452", "EAN13"),
    ("10036000291459", "ITF"), ("SHOP-0042", "Code128"), ("2200100000001", "EAN13"),
}  # fmt: skip


@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("dots_per_inch", [203, 300])
def test_every_code_of_every_paper_is_read_by_another_program(paper: str, dots_per_inch: int) -> None:
    pdf = drawn(SHELF, paper)

    codes_read = set[tuple[str, str]]()
    for page in range(len(SHELF) if paper.startswith("roll") else 1):
        codes_read |= read(pdf, dots_per_inch, page)
    assert codes_read == READ


gtins = st.one_of(
    *(
        st.text("0123456789", min_size=size, max_size=size).map(with_check_digit)
        for size in (7, 12, 13)
    ),
    st.text("0123456789", min_size=11, max_size=11).map(lambda body: with_check_digit("0" + body)),
)  # fmt: skip
own_codes = st.from_regex(r"[0-9A-Z./_-]{3,9}", fullmatch=True)


@settings(max_examples=25, deadline=None)
@given(st.one_of(gtins, own_codes))
def test_any_code_of_the_catalogue_is_read_from_a_roll(code: str) -> None:
    codes_read = read(drawn([a_label(code)], "roll-40x30"), 203)

    assert {text for text, _ in codes_read} == {code}


@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("code", ["14870204320142", "4870204320152", "0036000291452", "CARTON-12"])
def test_the_label_of_a_carton_says_how_many_and_is_read_whatever_its_code(code: str, paper: str) -> None:
    carton = a_label(code, *LONG, price=15_000, pieces=12, lot="L2611A", expiry=date(2027, 9, 1))
    pdf = drawn([carton], paper)

    assert {text for text, _ in read(pdf, 203)} == {code}
    assert sales.text_of(pdf).count("12 ×") == 2


@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("code", ["4870204321111", "96385074", "14870204320142", "SHOP-0042"])
def test_a_lot_and_its_last_day_are_on_the_label_of_every_paper(code: str, paper: str) -> None:
    pdf = drawn([a_label(code, shelf="A-12", lot="L26001", expiry=date(2026, 11, 28))], paper)

    assert {text for text, _ in read(pdf, 203)} == {code}
    assert "L26001" in sales.text_of(pdf)
    assert "2026-11-28" in sales.text_of(pdf)


@pytest.mark.parametrize("paper", list(PAPERS))
def test_details_of_the_goods_are_on_the_label_of_every_paper(paper: str) -> None:
    pdf = drawn([a_label("4870204321111", *LONG, details=(("variant", "Горький шоколад"),), lot="L26001")], paper)

    assert "Горький шоколад · L26001" in sales.text_of(pdf)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.one_of(gtins, own_codes), min_size=24, max_size=24, unique=True))
def test_a_sheet_full_of_any_codes_is_read_as_a_whole(codes: list[str]) -> None:
    codes_read = read(drawn([a_label(code) for code in codes]), 300)

    assert {text for text, _ in codes_read} == set(codes)


def test_a_wrong_check_digit_is_never_mended_into_other_goods() -> None:
    assert symbology_of("4870204321112") is Symbology.CODE_128
    assert {text for text, _ in read(drawn([a_label("4870204321112")]), 300)} == {"4870204321112"}


@pytest.mark.parametrize("code", ["4870204321111", "96385074", "0036000291452", "10036000291459"])
def test_modules_are_whole_dots_and_as_wide_as_the_standard_asks(code: str) -> None:
    """Sheets 0.375 mm, thermal rolls 0.25 mm (GS1 lets heads print 0.249); the light zones are there."""
    for paper in PAPERS.values():
        bars = bars_of(code, int(paper.label[0] / MILLIMETRE * 8 + 0.01), paper.narrowest)
        assert bars is not None
        narrow = min(bars.dots)
        assert narrow >= 2
        assert bars.before >= 7 * narrow <= bars.after
        assert bars.room / 8 <= paper.label[0] / MILLIMETRE + 0.001


def test_a_code_too_long_for_bars_stands_there_as_text() -> None:
    pdf = drawn([a_label("A" * 40, "Samaurin")], "roll-40x30")

    assert read(pdf, 300) == set()
    assert "Samaurin" in sales.text_of(pdf)


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 210, 297), ("a4-44", 210, 297), ("roll-40x30", 40, 30)])
def test_the_page_is_exactly_the_paper(paper: str, width: int, height: int) -> None:
    page = pypdfium2.PdfDocument(drawn(SHELF, paper))[0]

    assert (page.get_width(), page.get_height()) == pytest.approx((width * MILLIMETRE, height * MILLIMETRE), abs=0.01)


def test_a_half_used_sheet_goes_on_where_it_was_begun() -> None:
    pdf = drawn([a_label()] * 3, "a4", 23)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    first, second = (_top_left(pdf, page) for page in range(2))

    assert (first[0] > 70 * MILLIMETRE, first[1] > 250 * MILLIMETRE) == (True, True)
    assert (second[0] < 70 * MILLIMETRE, second[1] < 36 * MILLIMETRE) == (True, True)
    with pytest.raises(BadField):
        check_start(paper_of("a4"), 25)
    with pytest.raises(BadField):
        paper_of("a5")


def _top_left(pdf: bytes, page: int) -> tuple[float, float]:
    """Where the first dark dot of a page stands, in points from its upper left corner."""
    width, height, dots = page_dots(pdf, 72, page)
    rows = [dots[row * width : (row + 1) * width] for row in range(height)]
    top = next(number for number, row in enumerate(rows) if min(row) < 128)
    return min(min(column for column, dot in enumerate(row) if dot < 128) for row in rows if min(row) < 128), top


@pytest.mark.parametrize("paper", list(PAPERS))
def test_nothing_of_a_label_leaves_it_or_meets_another_row(paper: str) -> None:
    from pos.printing.pricing.label_layout import layout_of

    shop = Settings(shop_name="丝路之门 Silk Gate " * 3)
    for label in SHELF:
        label_paper = PAPERS[paper]
        layout = layout_of(label, label_paper, shop, sales.the_translators()["ru"], Fonts(sales.FONTS))
        for text in layout.texts:
            assert text.x >= label_paper.edge - 0.5, text.text
            assert text.x + text.width <= label_paper.label[0] - label_paper.edge + 2.6, text.text
            assert 0 < text.y <= label_paper.label[1] - 1.5 * MILLIMETRE, text.text
            assert text.size >= 4.5
        if layout.bars is not None:
            _, top, height = layout.bars_at
            inside = [
                text.text for text in layout.texts if top + 0.5 < text.y < top + height and text.x < layout.bars_at[0]
            ]
            assert inside == []


@pytest.mark.parametrize("paper", list(PAPERS))
@pytest.mark.parametrize("code", ["4870204321111", "14870204320142"])
def test_with_lot_and_promotion_and_two_long_names_no_two_lines_lie_on_each_other(code: str, paper: str) -> None:
    from pos.printing.pricing.label_layout import PlacedText, layout_of

    full = a_label(
        code, *LONG, price=15_000, pieces=12, lot="L26001", expiry=date(2026, 11, 28), regular=Money(16_000, CNY),
        shelf="A-12", unit_price=UnitPrice(Money(64_286, CNY), "L", rounded=True),
    )  # fmt: skip
    texts = layout_of(full, PAPERS[paper], Settings(), sales.the_translators()["zh"], Fonts(sales.FONTS)).texts

    def apart(one: PlacedText, other: PlacedText) -> bool:
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        return beside or one.y - 0.72 * one.size >= other.y or other.y - 0.72 * other.size >= one.y

    touching = [(a.text, b.text) for n, a in enumerate(texts) for b in texts[n + 1 :] if not apart(a, b)]
    assert touching == []


def test_a_name_is_shrunk_before_it_is_shortened_and_never_cut_in_a_word() -> None:
    text = sales.text_of(drawn([a_label("4870204321111", *LONG)], "roll-40x30"))
    lines = [line for line in text.splitlines() if "…" in line or "«" in line]

    words = set(" ".join(LONG).split())
    assert any("…" in line for line in lines)
    for line in lines:
        for word in re.findall(r"[\w«»,-]+(?!…)\b", line.split("…")[0].rsplit(" ", 1)[0]):
            assert any(word in known for known in words)


def test_what_people_wrote_is_drawn_as_it_stands_and_never_obeyed() -> None:
    nasty = '<b>Wine</b> & "Co" </para> %s (x) \\ \u202eevil'

    assert '<b>Wine</b> & "Co"' in sales.text_of(drawn([a_label("4870204321111", nasty)]))


@pytest.mark.parametrize(
    ("name", "paper", "languages"),
    [("labels_a4_zh_ru", "a4", ("zh", "ru")), ("labels_roll_ru_kk", "roll-40x30", ("ru", "kk"))],
)
def test_a_label_reads_as_it_hangs(
    name: str, paper: str, languages: tuple[str, ...], check_golden: GoldenCheck
) -> None:
    labels = [*SHELF, a_label("96385074", "Мёд", "Бал", price=1, regular=None, by_weight=False)]
    tenge = a_label("4870204320060", "Тәттілер", price=0)
    document = drawn([*labels, Label(2, tenge.code, tenge.names, Money(1_234_500, KZT), DAY)], paper, 1, *languages)
    pages = [sales.page_text(document, page) for page in range(len(pypdfium2.PdfDocument(document)))]

    check_golden(name, "\n--- \n".join(pages).replace("\u00a0", " ").replace("\u202f", " ") + "\n")


@pytest.mark.parametrize("paper", list(PAPERS))
def test_a_sheet_is_small_and_the_same_labels_are_the_same_file(paper: str) -> None:
    labels = [a_label(with_check_digit(f"48702043{n:04d}"), f"{n} {LONG[0]}", f"{LONG[1]} {n}") for n in range(24)]

    assert drawn(labels, paper) == drawn(labels, paper)
    assert len(drawn(labels, "a4")) <= 40_000
