"""A deposit is registered when it is taken; its money counts once, whatever becomes of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from pos.application.text.translator import Translator
from pos.domain.fiscal.document import DocumentKind, Standing
from pos.languages.catalogue import load_translators
from tests.application.pickup.orders import claim, deposits, opened, pay_ahead, pick_up, settle_up, steps
from tests.application.returns.test_void_sale import void
from tests.builders import card, money
from tests.fiscal.shops import FiscalTill, a_fiscal_till
from tests.horgos import KZT
from tests.shops import CHOCOLATE, COGNAC
from tools.messages import FOLDER


@pytest.fixture(scope="module")
def words() -> Mapping[str, Translator]:
    """The words of receipts, read once."""
    return load_translators(FOLDER)


@pytest.fixture
def till(template_of_some_goods: Path, tmp_path: Path, words: Mapping[str, Translator]) -> Iterator[FiscalTill]:
    with a_fiscal_till(Path(shutil.copytree(template_of_some_goods, tmp_path / "shop"))) as made:
        made.shop.translators = words
        yield made


def registered(till: FiscalTill) -> list[tuple[str, str]]:
    """What the register has, in its order, and what it comes to."""
    till.send()
    return [(one.operation, f"{one.total.normalize():f}") for one in till.server.tickets()]


def test_a_deposit_is_registered_when_it_is_taken_and_undone_when_the_sale_counts_it(till: FiscalTill) -> None:
    shop, order = till.shop, claim(till.shop, COGNAC)
    pay_ahead(shop, order, money("7280", KZT))
    assert registered(till) == [("sale", "7280")]
    [document] = till.receipts.listed(shop.person("manager"), (Standing.REGISTERED,))
    assert (document.kind, document.order, document.receipt) == (DocumentKind.DEPOSIT, order.code, "")
    assert (order.code in document.body and "Задаток" in document.body) or "кепілпұл" in document.body

    pick_up(shop, order)

    assert registered(till)[1:] == [("sale", "32760"), ("return", "7280")]
    assert till.server.total("sale") - till.server.total("return") == 32760
    assert till.server.tickets("return")[0].basis == till.server.tickets("sale")[0].check
    assert till.send().counts.registered == 3
    assert shop.verify() == []


def test_a_deposit_that_goes_back_in_part_is_undone_in_parts(till: FiscalTill) -> None:
    shop = till.shop
    order = claim(shop, CHOCOLATE, CHOCOLATE)
    pay_ahead(shop, order, money("1820", KZT), "card")
    checkout = opened(shop, order)
    checkout.void(checkout.view().lines[0].line.id, shop.person("amina"))
    settle_up(shop, checkout)
    deposits(shop).give_back(order.code, shop.person("amina"))
    assert registered(till) == [
        ("sale", "1820"), ("sale", "910"), ("return", "910"), ("return", "910"),
    ]  # fmt: skip
    assert shop.verify() == []


def test_a_voided_sale_registers_the_deposit_again(till: FiscalTill) -> None:
    shop, order = till.shop, claim(till.shop, COGNAC)
    pay_ahead(shop, order, money("7280", KZT))
    sale = settle_up(shop, opened(shop, order), card("350"))
    void(shop, sale.receipt)
    net = Decimal(0)
    for operation, total in registered(till):
        net += Decimal(total) if operation == "sale" else -Decimal(total)
    assert net == 7280
    steps(shop).cancel(order.code, "", shop.person("amina"))
    deposits(shop).give_back(order.code, shop.person("amina"))
    assert registered(till)[-1] == ("return", "7280")
    assert shop.verify() == []


def test_a_deposit_undone_waits_for_the_one_that_it_undoes_and_is_refused_once_that_is_given_up(
    till: FiscalTill,
) -> None:
    shop, order = till.shop, claim(till.shop, CHOCOLATE)
    till.server.rejects.append(9)
    pay_ahead(shop, order, money("910", KZT))
    deposits(shop).give_back(order.code, shop.person("amina"))
    assert registered(till) == []
    [taken, back] = till.receipts.listed(shop.person("manager"))
    assert (taken.standing, back.standing) == (Standing.REFUSED, Standing.WAITING)
    till.receipts.again(taken.name, shop.person("manager"))
    assert registered(till) == [("sale", "910"), ("return", "910")]

    till.server.rejects.append(9)
    pay_ahead(shop, order, money("91", KZT))
    deposits(shop).give_back(order.code, shop.person("amina"))
    till.send()
    [taken, back] = till.receipts.listed(shop.person("manager"))
    till.receipts.give_up(taken.name, "Registered by hand", shop.person("manager"))
    till.send()
    [back] = till.receipts.listed(shop.person("manager"))
    assert (back.kind, back.attempt.reason) == (DocumentKind.DEPOSIT_BACK, "no_basis")
    assert shop.verify() == []


def test_where_only_the_sale_is_registered_the_register_hears_of_the_cash(till: FiscalTill) -> None:
    shop, order = till.shop, claim(till.shop, COGNAC)
    shop.set("deposit_fiscal", "at_sale")
    pay_ahead(shop, order, money("7280", KZT))
    pay_ahead(shop, claim(shop, CHOCOLATE), money("10"), "card")
    pick_up(shop, order)
    assert registered(till) == [("in", "7280"), ("sale", "32760"), ("out", "7280")]
    moved = shop.rows("SELECT kind FROM fiscal_document ORDER BY id")
    assert moved == [("in",), ("sale",), ("out",)]
    assert shop.verify() == []


def test_a_deposit_that_pays_for_another_order_is_registered_for_that_one(till: FiscalTill) -> None:
    shop, order, other = till.shop, claim(till.shop, COGNAC), claim(till.shop, COGNAC)
    pay_ahead(shop, order, money("7280", KZT))
    steps(shop).cancel(order.code, "", shop.person("amina"))
    deposits(shop).move(order.code, other.code, shop.person("amina"))
    assert registered(till) == [("sale", "7280"), ("return", "7280"), ("sale", "7280")]
    pick_up(shop, other)
    assert registered(till)[-1] == ("return", "7280")
    assert shop.verify() == []
