"""The end of a batch at the counter's usual screens: what is refused is seen, and no begun line is lost."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from pos.ui.look.sounds import Sound
from pos.ui.widgets.drawing.text_label import Complaint
from tests.shops import COGNAC
from tests.ui.slow_store import SlowStore
from tests.ui.workshop.conftest import BAR, BOX, WRAP, AtTheWorkshop

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


def test_what_is_refused_at_the_end_of_a_batch_is_seen(clerk: AtTheWorkshop) -> None:
    clerk.has_planned(started=True)
    end = clerk.page.batches.end
    for size in ((1366, 768), (1024, 768)):
        clerk.till.window.resize(*size)
        clerk.wait()
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
        end.left.emit()
        clerk.wait()


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


def test_a_scanned_input_is_not_lost_at_the_end_of_a_batch(clerk: AtTheWorkshop) -> None:
    clerk.has_planned(started=True)
    lines = clerk.page.batches.end.lines
    name = clerk.batch(1).inputs[0].product.name_in("en")
    clerk.press(Key.Key_F12)
    clerk.type("10")
    clerk.press(Key.Key_F12)
    assert clerk.news.startswith("Finish B-000001 with 10 of 10?")
    clerk.scan(BAR)  # no answer to that question
    assert clerk.news == ""
    for _ in range(3):
        clerk.press(Key.Key_F12)
        [said] = complaints(lines)
        assert said.text() == f"{name}: type how many pieces, or press Esc to drop this entry."
        assert clerk.last_sound is Sound.REFUSE
    assert (clerk.batch(1).batch.state, clerk.page.waiting()) == ("started", "an unrecorded end of a batch")
    clerk.type("2")
    clerk.press(Key.Key_F12)
    assert complaints(lines)[0].text() == "Press Enter to accept this entry, or Esc to drop it."
    lines.fate.setCurrentIndex(lines.fate.findData("spoiled"))
    clerk.press(Key.Key_Return)
    assert lines.source.currentData() == ""  # what stands there is what is not added
    clerk.twice(Key.Key_F12)
    assert [(loss.quantity, loss.reason) for loss in clerk.batch(1).batch.losses] == [(2, "spoiled")]


def test_a_chosen_input_that_is_dropped_holds_up_nothing(clerk: AtTheWorkshop) -> None:
    end = clerk.page.batches.end
    for number, by_hand in ((1, False), (2, True)):
        clerk.has_planned(started=True)
        clerk.press(Key.Key_F6)
        end.rest_field.setCurrentIndex(end.rest_field.findData("back"))
        if by_hand:
            end.lines.source.setCurrentIndex(2)
            end.lines.source.activated.emit(2)
        else:
            clerk.scan(WRAP)
        clerk.twice(Key.Key_F12)
        assert complaints(end.lines)
        assert clerk.batch(number).batch.state == "started"
        clerk.press(Key.Key_Escape)
        assert (end.lines.source.currentData(), complaints(end.lines)) == ("", [])
        clerk.twice(Key.Key_F12)
        assert clerk.batch(number).batch.state == "given_up"


def test_typed_pieces_do_not_become_those_of_the_next_scan(clerk: AtTheWorkshop) -> None:
    clerk.has_planned(started=True)
    lines = clerk.page.batches.end.lines
    clerk.press(Key.Key_F12)
    clerk.scan(BAR)
    chosen = lines.source.currentData()
    clerk.type("2")
    clerk.scan(WRAP)
    assert (lines.source.currentData(), lines.pieces.text()) == (chosen, "2")
    assert complaints(lines)[0].text() == "Press Enter to accept this entry, or Esc to drop it."
    assert clerk.last_sound is Sound.REFUSE
    clerk.press(Key.Key_Escape)
    clerk.scan(WRAP)
    assert lines.source.currentData() not in ("", chosen)


def test_a_scan_that_is_not_answered_yet_is_not_overtaken_by_the_end(clerk: AtTheWorkshop) -> None:
    clerk.has_planned(started=True)
    clerk.press(Key.Key_F12)
    clerk.type("10")
    clerk.press(Key.Key_F12)
    with SlowStore(clerk) as slow:
        slow.scan(BAR)
        for _ in range(3):
            slow.press(Key.Key_F12)
    assert clerk.batch(1).batch.state == "started"
    assert clerk.page.batches.end.lines.source.currentData() != ""
    clerk.twice(Key.Key_F12)
    assert clerk.batch(1).batch.state == "started"


def test_a_plan_and_a_recipe_wait_for_the_goods_that_are_scanned(clerk: AtTheWorkshop) -> None:
    page = clerk.page
    clerk.press(Key.Key_F4)
    clerk.scan(BOX)
    with SlowStore(clerk) as slow:
        slow.scan(BOX)
        slow.press(Key.Key_F12)
    assert clerk.rows() == []
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_F4)
    clerk.scan(COGNAC)
    clerk.scan(BAR)
    with SlowStore(clerk) as slow:
        slow.scan(WRAP)
        slow.press(Key.Key_F12)
    assert len(page.recipes.pager.rows) == 1
    clerk.press(Key.Key_F12)
    assert [len(view.inputs) for view in page.recipes.usable] == [2, 2]
