"""What may be read is whose work it is: a cashier does not see what goods cost, and who left sees nothing at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import main
from pos.application.ports.journal_ports import ChainWalk, JournalFilter
from pos.application.ports.stock_ports import MovementFilter
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.domain.staff.staff import NotAllowed, Person, PersonDisabled
from tests.builders import CONSOLE, money
from tests.shops import BAG

Read = Callable[[Shop, Person], object]

THE_CLERKS: dict[str, Read] = {
    "what lies where and what it cost": lambda s, p: s.read_stock.show(p, BAG),
    "the stock of a product": lambda s, p: s.read_stock.of(p, 1),
    "movements": lambda s, p: s.read_stock.movements(p, MovementFilter(1)),
    "lots": lambda s, p: s.read_stock.lots(p),
    "the expiring goods": lambda s, p: s.read_stock.expiring(p),
    "the low-stock list": lambda s, p: s.low_stock(p),
    "how long goods last": lambda s, p: s.low_stock.of_code(BAG, p),
    "stock-takes": lambda s, p: s.count_stock.all(p),
    "orders": lambda s, p: s.deliveries.orders.listed(p),
    "deliveries": lambda s, p: s.deliveries.receive.start(p),
    "posted deliveries": lambda s, p: s.deliveries.posted.listed(p),
    "suppliers": lambda s, p: s.deliveries.suppliers.all(p),
    "who delivers goods": lambda s, p: s.browse.suppliers(p),
    "the list of goods": lambda s, p: s.browse(p),
    "a search in it": lambda s, p: s.browse(p, "choc"),
    "one of the list": lambda s, p: s.browse.one(p, 1),
    "where goods lie": lambda s, p: s.browse.stock(p, 1),
    "the form of goods": lambda s, p: s.edit_product.card(BAG, p),
    "the history of goods": lambda s, p: s.edit_product.history(1, p),
    "their prices, past and to come": lambda s, p: s.set_price.board(1, p),
    "the catalogue as a file": lambda s, p: s.export_catalogue(lambda goods: len(list(goods)), p),
    "what is missing": lambda s, p: s.missing_data(p),
    "how much is missing": lambda s, p: s.missing_data.count(p),
    "what goods lack": lambda s, p: s.missing_data.show(BAG, p),
    "imports": lambda s, p: s.undo_import.recent(p),
    "labels that changed": lambda s, p: s.list_labels.changed(p),
    "labels of new goods": lambda s, p: s.list_labels.new(p),
    "a label": lambda s, p: s.list_labels.of_code(BAG, p),
}
THE_MANAGERS: dict[str, Read] = {
    "the day": lambda s, p: s.report_day(p),
    "people": lambda s, p: s.staff.records(p),
    "the journal": lambda s, p: s.read_journal(JournalFilter(), p),
    "whether the journal holds": lambda s, p: s.read_journal.walk(ChainWalk(), p),
    "the board of rates": lambda s, p: s.show_rate_board(p),
    "promotions": lambda s, p: s.promotions.all(p),
}


def person(shop: Shop, name: str) -> Person:
    return next(one for one in shop.sign_in.people() if one.name == name)


@pytest.fixture(scope="module")
def open_shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return main.build(Options(data=tmp_path_factory.mktemp("reads"), demo=True), quick_pins=True, demo_size=60)


@pytest.mark.parametrize("what", [*THE_CLERKS, *THE_MANAGERS])
def test_a_cashier_does_not_see_what_goods_cost_and_the_like(open_shop: Shop, what: str) -> None:
    read = (THE_CLERKS | THE_MANAGERS)[what]
    read(open_shop, person(open_shop, "manager"))
    if what in THE_CLERKS:
        read(open_shop, person(open_shop, "clerk"))

    with pytest.raises(NotAllowed):
        read(open_shop, person(open_shop, "amina"))


def test_a_cashier_finds_goods_with_their_price_and_how_many_there_are(open_shop: Shop) -> None:
    assert open_shop.find(BAG)[0].product.price == open_shop.find.show(BAG).product.price == money("1.00")


def test_a_session_reads_nothing_more_when_its_person_was_disabled_or_is_something_else_now(open_shop: Shop) -> None:
    clerk, manager = person(open_shop, "clerk"), person(open_shop, "manager")
    open_shop.staff.give_role(CONSOLE, "clerk", "cashier")
    try:
        for read in THE_CLERKS.values():
            with pytest.raises(NotAllowed):
                read(open_shop, clerk)
        open_shop.staff.disable(manager, "clerk")
        for read in THE_CLERKS.values():
            with pytest.raises(PersonDisabled):
                read(open_shop, clerk)
    finally:
        open_shop.staff.enable(manager, "clerk")
        open_shop.staff.give_role(CONSOLE, "clerk", "clerk")
