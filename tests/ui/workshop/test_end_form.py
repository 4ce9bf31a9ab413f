"""The end of a batch at the counter's usual screens: what is refused is seen, and no begun line is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from pos.ui.widgets.drawing.text_label import Complaint
from tests.ui.workshop.conftest import BAR, AtTheWorkshop

Key = Qt.Key


def is_seen(widget: QWidget) -> bool:
    """Whether all of it stands inside what its form shows."""
    area = widget.parentWidget()
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    port = area.viewport()
    return widget.isVisible() and port.rect().contains(
        QRect(widget.mapTo(port, widget.rect().topLeft()), widget.size())
    )


def complaints(form: QWidget) -> list[Complaint]:
    """What is refused in it."""
    return [one for one in form.findChildren(Complaint) if one.text()]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1024, 768)])
def test_what_is_refused_at_the_end_of_a_batch_is_seen(clerk: AtTheWorkshop, width: int, height: int) -> None:
    clerk.has_planned(started=True)
    clerk.till.window.resize(width, height)
    clerk.wait()
    end = clerk.page.batches.end
    clerk.press(Key.Key_F12)
    clerk.type("10")
    clerk.scan(BAR)
    clerk.type("2")
    clerk.press(Key.Key_F12)
    [said] = complaints(end)
    assert said.text() == "Press Enter to accept this entry, or Esc to drop it."
    assert is_seen(said)
    assert is_seen(end.lines.pieces)

    clerk.press(Key.Key_Return)
    [said] = complaints(end)
    assert said.text() == "What became of them is missing."
    assert is_seen(said)

    clerk.press(Key.Key_Escape)
    end.made_field.clear()
    clerk.press(Key.Key_F12)  # the cursor comes back to what is missing
    [said] = complaints(end)
    assert is_seen(said)
    assert is_seen(end.made_field)


def test_a_complaint_is_seen_though_its_field_had_the_cursor_already(clerk: AtTheWorkshop) -> None:
    """A field that has the cursor is not scrolled to a second time."""
    clerk.has_planned(started=True)
    clerk.till.window.resize(1024, 600)
    clerk.wait()
    end = clerk.page.batches.end
    clerk.press(Key.Key_F6)
    end.rest_field.setFocus()
    area = end.findChild(QScrollArea)
    assert area is not None
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    clerk.press(Key.Key_F12)
    assert [is_seen(one) for one in complaints(end)] == [True]


def test_a_row_of_a_recipe_comes_into_view_with_its_goods_and_its_complaint(clerk: AtTheWorkshop) -> None:
    page = clerk.page
    page.show_list("recipes")
    clerk.till.window.resize(1024, 600)
    clerk.press(Key.Key_F4)
    form = page.recipes.form
    products = [one.product for one in clerk.shop.find("o", 9)]
    for product in products:
        form.take(product, 1)
        clerk.wait()
        assert is_seen((form.inputs.rows or form.output.rows)[-1].pieces)
    assert len(form.inputs.rows) > 4
    form.inputs.rows[-1].pieces.clear()
    form.name_field.setFocus()
    clerk.press(Key.Key_F12)
    [said] = complaints(form)
    assert is_seen(said)


def test_what_is_refused_of_a_plan_is_seen(clerk: AtTheWorkshop) -> None:
    clerk.till.window.resize(1024, 600)
    clerk.press(Key.Key_F4)
    plan = clerk.page.batches.plan
    plan.note.field.setFocus()
    clerk.press(Key.Key_F12)
    assert [is_seen(one) for one in complaints(plan)] == [True]
