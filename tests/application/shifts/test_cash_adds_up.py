"""The cash of a shift adds up to what is expected on every table, also where a hand-over was off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import pytest

from pos.application.reports.day_money_tables import cash_table
from pos.application.reports.report_document import ReportReader
from pos.application.shifts.tables import shift as shift_listing
from pos.application.tables.listing import ListReader as ListReader
from pos.domain.money import CURRENCIES, Money
from pos.domain.reports.day_report import DayReport
from pos.domain.shifts.shift_report import ShiftReport
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.rows import Pair
from pos.printing.shifts.shift_report import cash_rows as cash_on_paper
from pos.printing.shifts.shift_sheet import sheet_pdf
from pos.ui.reports import day_words
from pos.ui.shifts import report_words
from pos.ui.widgets.tables.figure_table import FigureCell
from tests.application.shifts.test_close_shift import right_count
from tests.application.shifts.test_hand_over import hand_over
from tests.builders import cash, money
from tests.printing import sales
from tests.shops import CHOCOLATE, DemoShop

WORDS = sales.the_translators()["en"]
OUT = {"Paid out", "To the safe", "Change", "Refunded"}
"""What a table without signs takes off."""
AFTER = {"Expected", "Counted", "Difference", "Difference of the whole shift"}


@pytest.fixture
def handed(shop: DemoShop) -> DemoShop:
    """A till that sold, paid in and out, and whose count at the hand-over was a dollar note short and two yuan over."""
    manager = shop.person("manager")
    shop.sell(CHOCOLATE, tenders=(cash("50"),))
    for kind, amount in (("in", "20"), ("out", "5"), ("drop", "30")):
        shop.move_cash(manager, kind, money(amount), "bank")
    count = right_count(shop)
    dollars = dict(count["USD"])
    note = next(value for value, pieces in dollars.items() if pieces)
    dollars[note] -= 1
    hand_over(shop, "li", {**count, "USD": dollars, "CNY": {**count["CNY"], 100: count["CNY"].get(100, 0) + 2}})
    return shop


def amount(text: str) -> Decimal:
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(",", "").replace("−", "-").replace("+", "")
    return Decimal(0) if plain in {"–", ""} else Decimal(plain)


def adds_up(row: Mapping[str, Decimal], *, signed: bool = False) -> bool:
    """Whether what comes before *Expected* comes to it; `signed` where what goes out is below zero."""
    moved = {name: each for name, each in row.items() if name not in AFTER}
    return sum(-each if name in OUT and not signed else each for name, each in moved.items()) == row["Expected"]


def shown(head: Sequence[str], rows: Sequence[Sequence[FigureCell]]) -> Iterator[Mapping[str, Decimal]]:
    """The rows of a table of the window, without the currency and the difference in words."""
    for row in rows:
        texts = dict(zip(head, (cell.text for cell in row), strict=True))
        yield {name: amount(text) for name, text in texts.items() if name not in {"Currency", "Difference"}}


def the_x(shop: DemoShop) -> ShiftReport:
    return shop.read_shift(shop.person("manager"))


def the_z(shop: DemoShop) -> ShiftReport:
    return shop.close_shift(shop.person("li"), right_count(shop)).report


def the_day(shop: DemoShop) -> DayReport:
    return shop.read_day(shop.person("manager"))


def has_differed(rows: Sequence[Mapping[str, Decimal]]) -> bool:
    """Whether a hand-over that was off stands in one of the rows at all."""
    return any(row.get("Hand-overs", row.get("Differences at hand-overs")) for row in rows)


@pytest.mark.parametrize("brief", [False, True])
def test_the_cash_of_an_x_adds_up_on_the_screen(handed: DemoShop, brief: bool) -> None:
    report = the_x(handed)
    head = report_words.cash_head(report, WORDS, brief=brief)
    rows = list(shown(head, report_words.cash_rows(report, WORDS, brief=brief)))
    assert len(rows) == len(CURRENCIES)
    assert has_differed(rows)
    assert [row for row in rows if not adds_up(row)] == []


def test_the_cash_of_a_z_adds_up_on_the_screen(handed: DemoShop) -> None:
    report = the_z(handed)
    rows = list(shown(report_words.cash_head(report, WORDS), report_words.cash_rows(report, WORDS)))
    assert has_differed(rows)
    assert [row for row in rows if not adds_up(row)] == []


def test_the_cash_of_a_day_adds_up_on_the_screen(handed: DemoShop) -> None:
    the_z(handed)
    report = the_day(handed)
    rows = list(shown(day_words.cash_head(report, WORDS), day_words.cash_rows(report, WORDS)))
    assert len(rows) == len(CURRENCIES)
    assert has_differed(rows)
    assert [row for row in rows if not adds_up(row)] == []


def test_a_day_without_a_difference_has_no_column_for_it(shop: DemoShop) -> None:
    shop.sell(CHOCOLATE, tenders=(cash("50"),))
    hand_over(shop, "li")
    report = the_day(shop)
    head = day_words.cash_head(report, WORDS)
    assert "Hand-overs" not in head
    assert all(adds_up(row) for row in shown(head, day_words.cash_rows(report, WORDS)))


def test_the_cash_of_a_day_adds_up_in_its_files_and_on_its_sheet(handed: DemoShop) -> None:
    the_z(handed)
    report = the_day(handed)
    rows = list(cash_table(report.cash, ReportReader(WORDS, {}, handed.settings())).rows)
    columns = [
        {str(row[0]): Decimal(str(cell)) for row in rows if isinstance(cell := row[index], Money)}
        for index in range(1, len(report.cash) + 1)
    ]
    assert has_differed(columns)
    assert [one for one in columns if not adds_up(one, signed=True)] == []


def test_the_cash_of_a_z_adds_up_in_its_file(handed: DemoShop) -> None:
    report, person = the_z(handed), handed.person("manager")
    reader = ListReader(person, WORDS, handed.settings(), handed.now())
    table = shift_listing(lambda _reader: report, "close_shift").make(reader)[0]
    head = [column.name for column in table.columns][1:]
    rows = [dict(zip(head, map(Decimal, map(str, row[1:])), strict=True)) for row in table.rows]
    assert has_differed(rows)
    assert [row for row in rows if not adds_up(row)] == []


def test_the_cash_of_a_z_adds_up_on_the_strip(handed: DemoShop) -> None:
    both = JoinedTranslator.of(sales.the_translators(), ("en",))
    columns = []
    for line in the_z(handed).cash:
        pairs = [row for row in cash_on_paper(line, both) if isinstance(row, Pair) and "×" not in row.left][1:]
        columns.append({row.left: bare(row.right) for row in pairs})
    assert has_differed(columns)
    assert [one for one in columns if not adds_up(one, signed=True)] == []


def test_the_cash_of_a_z_adds_up_on_its_sheet(handed: DemoShop) -> None:
    z = the_z(handed)
    pdf = sheet_pdf(z, sales.the_shop("en"), sales.the_translators(), Fonts(sales.FONTS), z.z_name or "", 0)
    drawer = sales.text_of(pdf).split("Cash in the drawer")[1].split("\nHand-overs")[0]
    lines = drawer[drawer.index("Float") :].splitlines()
    rows = [line.rsplit(" ", len(z.cash)) for line in lines if line.strip()]
    columns = [{row[0]: amount(row[index + 1]) for row in rows} for index in range(len(z.cash))]
    assert has_differed(columns)
    assert [one for one in columns if not adds_up(one, signed=True)] == []


def bare(text: str) -> Decimal:
    """An amount without the symbol of its currency."""
    return amount("".join(letter for letter in text if letter.isdigit() or letter in "−+.–"))
