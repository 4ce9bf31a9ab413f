"""The words of the rows: kept while nothing about a row has changed, and the same as if they were written again."""

from __future__ import annotations

from random import Random

from pos.application.text.translator import Translator
from pos.ui.sales.basket.row_text import RowWriter
from tests.shops import CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop

_GOODS = (CARTON, CHOCOLATE, COGNAC, SWEETS)


def test_rows_that_are_kept_say_what_rows_written_again_would_say(shop: DemoShop) -> None:
    tr, writer, luck = Translator.english(), RowWriter(), Random(3)
    checkout = shop.checkout()
    checkout.identify(shop.document())

    for number in range(36):
        view = checkout.scan(luck.choice(_GOODS)) if number % 6 else checkout.undo() if number else checkout.view()
        assert writer.write(view, tr) == RowWriter().write(view, tr)


def test_a_row_about_which_nothing_has_changed_is_not_written_again(shop: DemoShop) -> None:
    tr, writer = Translator.english(), RowWriter()
    checkout = shop.basket(CHOCOLATE)
    [before] = writer.write(checkout.view(), tr)

    kept, _new = writer.write(checkout.scan(SWEETS), tr)

    assert kept is before
