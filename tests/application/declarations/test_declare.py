"""Customs declarations of sales in a real store: who has one, what stands on it, and what never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pos.application.declarations.declaration_json import declaration_json
from pos.application.declarations.declare import Declare, OtherDocument
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.returns.void_sale import VoidOrder
from pos.application.visitors.move_quota import MoveQuota
from pos.domain.declarations.declaration import Declaration, GoodsOfAnother, SaleDeclarations, sum_of
from pos.domain.declarations.forms import AdultNotChosen, NoAdult, NotAnAdult, NothingToDeclare
from pos.domain.declarations.papers import NoPaper
from pos.domain.declarations.share import Status
from pos.domain.errors import PrinterError
from pos.domain.returns.voidable import AlreadyVoided
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, NotAllowed
from tests.declarations import FakePrinter, a_person, declare_at, sell
from tests.shops import CARTON, CHOCOLATE, COGNAC, WATCH, DemoShop

ADULT, ANOTHER, CHILD = a_person(1), a_person(2), a_person(3, date(2015, 5, 5))
ZHANG = a_person(11, country="CHN")


def read(shop: DemoShop, sale: Sale, declare: Declare | None = None) -> SaleDeclarations:
    """As on the page after the payment, which still knows the birth dates."""
    return (declare or declare_at(shop)).read(sale.receipt, shop.person("amina"), sale.visitors)


def only(made: SaleDeclarations, adult: str | None = None) -> Declaration:
    (paper,) = made.papers(adult)
    return paper


def approved(shop: DemoShop, key: str) -> Approval:
    return Approval(shop.person("manager"), None, key)


def noted(shop: DemoShop) -> list[tuple[str, str]]:
    """What the journal has of papers: the act and its facts."""
    return [
        (act, facts)
        for act, facts in shop.rows("SELECT act, details FROM journal ORDER BY id")
        if act.endswith("_declaration")
    ]


def counted(paper: Declaration) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for line in paper.lines:
        pieces[line.goods.name] = pieces.get(line.goods.name, 0) + line.quantity
    return pieces


def test_where_the_part_above_is_taxed_all_goods_of_the_allowance_are_listed(shop: DemoShop) -> None:
    sale = sell(shop, [ADULT], [(WATCH, 1, 0), (CHOCOLATE, 5, 0), (COGNAC, 2, 0)], "KZ")
    paper = only(read(shop, sale))

    names = {line.goods.item.category for line in paper.lines}
    assert names == {"watch", "food.sweets"}, "two bottles are within their own allowance"
    assert [line.goods.item.category for share in paper.shares for line in share.free] == ["alcohol.spirit"]
    value, weight = paper.shares[0].norms
    assert [(norm.rule, int(norm.norm)) for norm in (value, weight)] == [("value", 500), ("weight", 25)]
    assert sum_of(paper.lines, paper.sale.currency).value.units == value.current
    assert sum_of(paper.lines, paper.sale.currency).kg == weight.current
    assert value.over == value.current - 500
    assert str(paper.duty) == sale.quota["A"]["duty"]["amount"]
    assert all(line.status is Status.OVER for line in paper.lines)


def test_where_pieces_are_taxed_whole_the_dutiable_ones_are_listed_or_all_of_them(shop: DemoShop) -> None:
    sale = sell(shop, [ZHANG], [(WATCH, 2, 0), (CARTON, 3, 0), (CHOCOLATE, 4, 0)], "CN")
    made = read(shop, sale)
    paper, full = only(made), made.papers(with_free=True)[0]

    units = sale.quota["A"]["duty"]["units"]
    assert sum(line.quantity for line in paper.lines) == sum(unit["units"] for unit in units)
    assert [str(line.value) for line in paper.lines] == [unit["taxable"] for unit in units]
    assert sum(line.quantity for line in full.lines) == sale.pieces == sum(line.quantity for line in paper.pieces)
    assert sum_of(full.lines, paper.sale.currency).value == sale.total
    assert str(paper.duty) == sale.quota["A"]["duty"]["amount"]


def test_goods_of_an_earlier_receipt_that_leave_together_are_on_the_paper_with_their_receipt(shop: DemoShop) -> None:
    first = sell(shop, [ADULT], [(CHOCOLATE, 5, 0)], "KZ")
    shop.now.move(minutes=10)
    second = sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ")
    paper = only(read(shop, second))

    assert {line.goods.receipt: line.quantity for line in paper.lines} == {first.receipt: 5, second.receipt: 1}
    assert sum_of(paper.lines, paper.sale.currency).value.units == paper.shares[0].norms[0].current
    assert str(paper.duty) == second.quota["A"]["duty"]["amount"]
    assert "brand" in paper.lines[0].goods.details


def test_an_earlier_receipt_names_the_later_one_that_has_all_goods(shop: DemoShop) -> None:
    first = sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ")
    shop.now.move(minutes=10)
    second = sell(shop, [ADULT], [(CHOCOLATE, 1, 0)], "KZ")

    assert only(read(shop, first)).later == second.receipt
    assert only(read(shop, second)).later == ""


def test_a_returned_piece_leaves_the_paper_and_what_is_within_again_has_none(shop: DemoShop) -> None:
    sale = sell(shop, [ADULT], [(WATCH, 1, 0), (CHOCOLATE, 5, 0)], "KZ")
    bring_back(shop, sale, sale.lines[1].line, 2)
    paper = only(read(shop, sale))
    assert [line.quantity for line in paper.lines] == [1, 3]
    assert sum_of(paper.lines, paper.sale.currency).value.units == paper.shares[0].norms[0].current

    bring_back(shop, sale, sale.lines[0].line, 1)
    with pytest.raises(NothingToDeclare):
        read(shop, sale).papers()


def test_a_returned_dutiable_piece_leaves_the_sheet_for_china(shop: DemoShop) -> None:
    sale = sell(shop, [ZHANG], [(WATCH, 2, 0), (COGNAC, 3, 0)], "CN")
    assert counted(only(read(shop, sale))) == {line.name: 1 for line in sale.lines}
    bring_back(shop, sale, sale.lines[0].line, 1)
    paper = only(read(shop, sale))
    assert counted(paper) == {sale.lines[1].name: 1}
    assert sum(line.quantity for line in paper.pieces) == 4


def test_a_voided_sale_and_one_without_duty_have_no_paper(shop: DemoShop) -> None:
    within = sell(shop, [ADULT], [(CHOCOLATE, 1, 0)], "KZ")
    with pytest.raises(NothingToDeclare):
        read(shop, within).papers()
    over = sell(shop, [ANOTHER], [(WATCH, 1, 0)], "KZ")
    shop.void_sale.from_counter(VoidOrder("v-1", over.receipt, "mistake", "amina"), approved(shop, "v-1"))
    with pytest.raises(AlreadyVoided):
        read(shop, over)


def test_goods_that_count_for_another_visitor_by_now_are_refused_in_a_sentence(shop: DemoShop) -> None:
    sale = sell(shop, [ADULT, ANOTHER], [(WATCH, 1, 0), (WATCH, 1, 1)], "KZ")
    MoveQuota(shop.context)(sale.receipt, "A", a_person(9), shop.person("manager"))
    made = read(shop, sale)
    assert [paper.adult.label for paper in made.papers()] == ["B"]
    with pytest.raises(GoodsOfAnother):
        made.paper_of("A")


def test_each_adult_with_dutiable_goods_has_one_paper_and_goods_of_a_child_stand_on_it(shop: DemoShop) -> None:
    sale = sell(shop, [ADULT, CHILD], [(CHOCOLATE, 1, 0), (WATCH, 1, 1)], "KZ")
    paper = only(read(shop, sale))

    assert (paper.adult.label, [minor.label for minor in paper.minors]) == ("A", ["B"])
    assert [line.holder for line in paper.lines] == ["B"]
    assert str(paper.duty) == sale.quota["B"]["duty"]["amount"], "a child keeps a norm of their own"
    assert sum(line.quantity for line in paper.pieces) == 2


def test_of_several_adults_one_is_chosen_for_the_child_and_the_others_keep_their_own(shop: DemoShop) -> None:
    sale = sell(shop, [ADULT, ANOTHER, CHILD], [(WATCH, 1, 0), (CHOCOLATE, 1, 1), (WATCH, 1, 2)], "KZ")
    made = read(shop, sale)
    assert made.adults == ("A", "B")
    with pytest.raises(AdultNotChosen) as asked:
        made.papers()
    assert (asked.value.visitors, asked.value.adults) == (("C",), ("A", "B"))
    papers = {paper.adult.label: paper for paper in made.papers("B")}
    assert [line.holder for line in papers["A"].lines] == ["A"]
    assert [line.holder for line in papers["B"].lines] == ["C"]
    assert made.paper_of("C", "A").adult.label == "A"
    with pytest.raises(NotAnAdult):
        made.papers("C")


def test_children_alone_have_no_paper(shop: DemoShop) -> None:
    sale = sell(shop, [CHILD], [(WATCH, 1, 0)], "KZ")
    with pytest.raises(NoAdult):
        read(shop, sale).papers()


def test_from_the_books_no_age_is_known_until_the_document_is_at_hand(shop: DemoShop) -> None:
    sale = sell(shop, [ADULT, CHILD], [(CHOCOLATE, 1, 0), (WATCH, 1, 1)], "KZ")
    declare, amina = declare_at(shop), shop.person("amina")
    made = declare.read(sale.receipt, amina)
    assert made.minors == ()
    assert made.paper_of("B", "A", minors=("B",)).adult.label == "A", "the caller says who is under age"
    child = declare.shown(made, CHILD, amina)
    again = declare.read(sale.receipt, amina, [child])
    assert again.minors == ("B",)
    assert only(again).adult.label == "A"


def test_only_the_visitors_own_document_fills_in_a_paper(shop: DemoShop) -> None:
    printer = FakePrinter()
    declare, amina = declare_at(shop, printer), shop.person("amina")
    paper = only(read(shop, sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ"), declare))

    declare.drawn(paper, amina, ADULT)
    for step in (declare.drawn, declare.print):
        with pytest.raises(OtherDocument) as refused:
            step(paper, amina, ANOTHER)
        assert ANOTHER.number not in str(refused.value)
    assert [document for _, document in printer.drawn] == [ADULT]
    assert printer.printed == []


def test_each_print_and_each_saved_paper_is_in_the_journal_without_the_number(shop: DemoShop) -> None:
    printer = FakePrinter()
    declare, amina = declare_at(shop, printer), shop.person("amina")
    paper = only(read(shop, sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ"), declare))
    declare.print(paper, amina, ADULT)
    declare.save(paper, amina)

    assert printer.printed == ["T1-000001 A"]
    assert printer.drawn[-1][1] is None, "a saved paper is drawn without the document"
    rows = noted(shop)
    assert [row[0] for row in rows] == ["print_declaration", "save_declaration"]
    assert all('"T1-000001"' in row[1] and ADULT.number not in row[1] for row in rows)
    assert declare.read("T1-000001", amina).papers()


def test_a_till_without_a_printer_prints_nothing_and_notes_nothing(shop: DemoShop) -> None:
    declare, amina = declare_at(shop, FakePrinter(prints=False)), shop.person("amina")
    paper = only(read(shop, sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ"), declare))
    with pytest.raises(PrinterError) as refused:
        declare.print(paper, amina, ADULT)
    assert refused.value.what == "no_printer"
    assert noted(shop) == []


def test_who_may_not_sell_reads_and_draws_no_paper(shop: DemoShop) -> None:
    declare, clerk = declare_at(shop), shop.person("clerk")
    sale = sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ")
    paper = only(read(shop, sale, declare))
    steps: list[Callable[[], object]] = [
        lambda: declare.read(sale.receipt, clerk),
        lambda: declare.drawn(paper, clerk),
        lambda: declare.print(paper, clerk),
        lambda: declare.save(paper, clerk),
    ]
    for step in steps:
        with pytest.raises(NotAllowed):
            step()


def test_a_destination_without_a_paper_is_named(shop: DemoShop) -> None:
    sale = sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ")
    with shop.raw(writing=True) as connection:
        connection.execute("UPDATE sale SET destination = 'PL'")
    with pytest.raises(NoPaper):
        declare_at(shop).read(sale.receipt, shop.person("amina"))


def test_the_answer_of_the_command_has_no_number_and_no_name(shop: DemoShop) -> None:
    answer = str(declaration_json(only(read(shop, sell(shop, [ADULT], [(WATCH, 1, 0)], "KZ")))))
    assert ADULT.number not in answer
    assert "TESTOVA" not in answer
    assert ADULT.number[-4:] not in answer.replace("0001'", "")


def bring_back(shop: DemoShop, sale: Sale, line: int, pieces: int) -> None:
    key = f"r-{line}-{pieces}"
    order = ReturnOrder(key, sale.receipt, (ReturnLine(line, pieces),), "cash", sale.total.currency, "torn", "amina")
    shop.return_goods(order, key, approved(shop, key))
