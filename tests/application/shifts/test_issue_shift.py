"""The X and the Z go to paper; a Z drawn again says which copy it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pos.application.shifts.issue_shift import IssueShift, NoSuchZ, read_z_number
from pos.domain.errors import BadField, PrinterError
from pos.domain.shifts.shift_report import ShiftReport
from pos.domain.staff.staff import NotAllowed
from tests.builders import CONSOLE
from tests.shops import CHOCOLATE, SWEETS, DemoShop

COUNT: dict[str, dict[int, int]] = {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}


@dataclass
class Paper:
    """Stands for the printer: remembers what was drawn, and jams when asked to."""

    drawn: list[tuple[ShiftReport, int]] = field(default_factory=list)
    printed: int = 0
    jammed: bool = False

    def draw_shift(self, report: ShiftReport, copy: int, paper: str = "80mm") -> Path:
        self.drawn.append((report, copy))
        return Path(f"{paper}-{report.z_name or 'X'}-{copy}.pdf")

    def print_file(self, path: Path) -> None:
        if self.jammed:
            raise PrinterError("not_printed", "usb:1")
        self.printed += 1


def issuing(shop: DemoShop, paper: Paper) -> IssueShift:
    printer: Any = paper  # draws no receipts
    return IssueShift(shop.context, printer)


def test_removed_goods_stand_on_paper_in_its_language_and_in_the_books_as_they_were(shop: DemoShop) -> None:
    paper, amina = Paper(), shop.person("amina")
    shop.set("receipt_languages", "ru,zh")
    checkout = shop.basket(SWEETS, CHOCOLATE)
    line = checkout.view().lines[0].line
    checkout.void(line.id, amina)
    recorded = shop.close_shift(amina, COUNT).report

    issuing(shop, paper)(recorded)
    drawn = issuing(shop, paper).again(amina)

    names = [[void.name for void in report.details.voids] for report, _ in paper.drawn]
    assert names == [[line.product.name_in("ru")]] * 2
    assert line.product.name_in("ru") != line.product.name
    assert [void.name for void in drawn.report.details.voids] == [line.product.name]
    assert shop.verify() == []


def test_a_z_is_printed_once_and_again_as_a_copy_with_the_figures_of_then(shop: DemoShop) -> None:
    paper, amina = Paper(), shop.person("amina")
    issue = issuing(shop, paper)
    shop.sell(SWEETS)
    z = shop.close_shift(amina, COUNT)
    issue(z.report)
    shop.open_shift(amina, {})
    shop.sell(SWEETS)
    shop.close_shift(amina, {**COUNT})

    drawn = [issue.again(amina, 1), issue.again(amina, 1, "a4"), issue.again(amina)]

    assert [(one.path, one.copy, one.paper) for one in drawn] == [
        (Path("80mm-T1-Z000001-1.pdf"), 1, "80mm"),
        (Path("a4-T1-Z000001-2.pdf"), 2, "a4"),
        (Path("80mm-T1-Z000002-1.pdf"), 1, "80mm"),
    ]

    assert [copy for _, copy in paper.drawn] == [0, 1, 2, 1]
    assert paper.drawn[1][0] == z.report == issue.find(CONSOLE, 1).report
    assert paper.printed == 4
    assert shop.verify() == []


def test_an_x_may_be_drawn_without_printing(shop: DemoShop) -> None:
    paper = Paper()
    issuing(shop, paper)(shop.read_shift(shop.person("amina")), to_paper=False)

    assert (len(paper.drawn), paper.printed) == (1, 0)


def test_paper_that_jams_leaves_the_shift_closed(shop: DemoShop) -> None:
    paper, amina = Paper(jammed=True), shop.person("amina")
    issue = issuing(shop, paper)
    z = shop.close_shift(amina, COUNT)

    with pytest.raises(PrinterError):
        issue(z.report)

    assert issue.find(CONSOLE) == z
    assert shop.open_shift.current() is None


def test_a_z_is_not_on_paper_until_it_was_printed_and_the_next_z_takes_its_place(shop: DemoShop) -> None:
    paper, amina = Paper(jammed=True), shop.person("amina")
    issue = issuing(shop, paper)

    def unprinted() -> int | None:
        with shop.context.store.reading() as work:
            return work.outbox.unprinted_z("T1")

    assert unprinted() is None
    z = shop.close_shift(amina, COUNT)
    with pytest.raises(PrinterError):
        issue(z.report)
    jammed = unprinted()
    paper.jammed = False
    issue.again(amina)
    printed = unprinted()
    shop.open_shift(amina, {})
    second = shop.close_shift(amina, COUNT)
    waiting = unprinted()
    issue(second.report)

    assert (jammed, printed, waiting, unprinted()) == (1, None, 2, None)


def test_a_z_that_is_not_there_is_named_and_a_clerk_prints_none(shop: DemoShop) -> None:
    issue = issuing(shop, Paper())

    for number, name in ((None, "T1"), (7, "T1-Z000007")):
        with pytest.raises(NoSuchZ) as refused:
            issue.again(shop.person("manager"), number)
        assert refused.value.z == name
    with pytest.raises(NotAllowed):
        issue.again(shop.person("clerk"))
    with pytest.raises(BadField) as refused_paper:
        issue.again(shop.person("manager"), 7, "a5")
    assert (refused_paper.value.field, refused_paper.value.what) == ("paper", "not_a_choice")


def test_the_shop_chooses_the_paper_of_its_z_and_an_x_is_a_strip(shop: DemoShop) -> None:
    issue, amina = issuing(shop, Paper()), shop.person("amina")
    shop.set("z_paper", "a4")

    assert issue(shop.read_shift(amina)) == Path("80mm-X-0.pdf")
    assert issue(shop.close_shift(amina, COUNT).report) == Path("a4-T1-Z000001-0.pdf")
    assert issue.again(amina).paper == "a4"


@pytest.mark.parametrize("text", ["12", " t1-z000012 ", "T1-Z12"])
def test_a_z_is_named_by_its_number_alone_or_as_printed(text: str) -> None:
    assert read_z_number(text, "T1") == 12


@pytest.mark.parametrize("text", ["", "T2-Z000012", "twelve", "-3", "１２", "12.0"])
def test_what_is_no_z_of_this_till_is_named(text: str) -> None:
    with pytest.raises(NoSuchZ):
        read_z_number(text, "T1")


def test_a_manager_prints_the_z_of_another_till_and_its_copies_are_counted_together(shop: DemoShop) -> None:
    paper, manager = Paper(), shop.person("manager")
    other = shop.other_till()
    other.close_shift(manager, {})
    shop.close_shift(shop.person("amina"), COUNT)

    here, there = issuing(shop, paper), issuing(other, paper)
    here.again(manager, 1, till="T2")
    there.again(manager, 1)
    here.again(manager, 1)
    other.close()

    assert [(report.z_name, copy) for report, copy in paper.drawn] == [
        ("T2-Z000001", 1),
        ("T2-Z000001", 2),
        ("T1-Z000001", 1),
    ]
    with pytest.raises(NotAllowed) as refused:
        here.again(shop.person("amina"), 1, till="T2")
    assert refused.value.act == "reports"
