"""Every shared widget, light and dark, on one picture: `python -m tests.ui.widgets.gallery OUT.png [RATIO]`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from pos.domain.money import Money
from pos.ui.look.theme import Mode, Size, Theme, Type
from pos.ui.widgets.buttons.avatar import Avatar
from pos.ui.widgets.buttons.badge import Badge
from pos.ui.widgets.buttons.banknote_button import BanknoteButton, CashPiece
from pos.ui.widgets.buttons.choice_card import ChoiceCard
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_cap import KeyCap
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.buttons.keypad import KeyOrder, Keypad
from pos.ui.widgets.buttons.option_button import OptionButton
from pos.ui.widgets.buttons.rail import Rail, RailItem
from pos.ui.widgets.buttons.segmented import Segment, Segmented
from pos.ui.widgets.buttons.tile_button import TileButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.cards.notice_bar import Notice, NoticeBar
from pos.ui.widgets.cards.quota_gauge import Density, GaugeState, GaugeView, QuotaGauge
from pos.ui.widgets.cards.verdict_card import VerdictCard, VerdictView
from pos.ui.widgets.drawing.focus_ring import FocusRing
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.day_box import DateBox
from pos.ui.widgets.fields.money_edit import MoneyEdit
from pos.ui.widgets.fields.pin_field import PinField
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.fields.spin_box import SpinBox
from tests.horgos import KZT

RESOURCES = Path(__file__).parents[3] / "resources"

GAUGES = [
    GaugeView("Goods", GaugeState.WITHIN, "within", 2140, 1283, 8000, "left", "¥ 4,577.00",
              "earlier 2,140.00 · now 1,283.00 · of 8,000.00"),
    GaugeView("货值", GaugeState.OVER, "超额", 0, 8473, 8000, "超", "¥ 473.00",
              "此前 0.00 · 本次 8,473.00 · 限 8,000.00"),
    GaugeView("烈酒", GaugeState.OVER, "超额", Fraction(1, 2), Fraction(8, 5), Fraction(3, 2), "超", "0.60 L",
              "此前 0.50 · 本次 1.60 · 限 1.50 L"),
    GaugeView("烟草", GaugeState.NEARLY, "接近上限", 0, 18, 20, "余", "2 支", "此前 0 · 本次 18 · 限 20 支雪茄"),
    GaugeView("Е-сұйықтық", GaugeState.UNKNOWN, "белгісіз", 0, 0, 12, "жоқ", "көлемі, мл",
              "бұрын 0 · қазір белгісіз · 12 мл"),
    GaugeView("Товары", GaugeState.SPENT, "исчерпано", 8000, 0, 8000, "осталось", "0 ¥", "нет нормы до 25 ноября"),
]  # fmt: skip
RAIL = [
    RailItem("checkout", "shopping-cart", "Checkout"),
    RailItem("returns", "undo-2", "Қайтару"),
    RailItem("receipts", "receipt-text", "Чеки"),
    RailItem("prices", "tag", "价格"),
    RailItem("parked", "pause", "Отложено", badge=Badge(2)),
    RailItem("stock", "boxes", "Инвентаризация"),
]
RAIL_BOTTOM = [RailItem("help", "circle-question-mark", "Help"), RailItem("lock", "lock", "Lock")]


def column(*widgets: QWidget, spacing: int = 12, width: int = 0) -> QWidget:
    """Widgets under each other."""
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for widget in widgets:
        box.addWidget(widget)
    box.addStretch(1)
    if width:
        holder.setFixedWidth(width)
    return holder


def row(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """Widgets beside each other."""
    holder = QWidget()
    box = QHBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for widget in widgets:
        box.addWidget(widget)
    return holder


def checkout(theme: Theme) -> QWidget:
    """Left: the basket's parts."""
    search = SearchBox(theme, "Scan", "Scan, search, or type 5 * and scan", key="F2")
    idle = SearchBox(theme, "Scan", "扫码、搜索，或输入 5 * 后扫码", key="F2")
    tiles = row(*(TileButton(theme, word, icon) for word, icon in (
        ("Sweets", "cookie"), ("Honey 1 kg", "droplets"), ("Camel milk", "milk"), ("Perfume", "spray-can"),
        ("Bag ¥ 1", "shopping-bag"), ("All", "layout-grid"))))  # fmt: skip
    split = KeyHint(theme, "F9", "Разделено на 3", checkable=True)
    split.setChecked(True)
    off = KeyHint(theme, "F10", "Drawer")
    off.setEnabled(False)
    keys = row(
        KeyHint(theme, "F4", "Quantity"), KeyHint(theme, "F5", "Discount"), split, KeyHint(theme, "Ctrl+Z", "Undo"), off
    )
    total = AmountLabel(theme, align=Qt.AlignmentFlag.AlignLeft)
    total.present("¥ 1,283.00")
    long = AmountLabel(theme, align=Qt.AlignmentFlag.AlignLeft)
    long.present("₸ 12 345 678 901,00")
    long.setFixedWidth(300)
    other = AmountLabel(theme, Type.TITLE, bold=False)
    other.present("₸ 93,402")
    pay = IconButton(theme, "Pay", icon="credit-card", key="F12", kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
    pay.setMinimumWidth(352)
    bars = []
    for tone, text, action, key, flat in (
        (Tone.NEARLY, "电子烟弹未登记烟液容量，该限额无法判断。可请库管补录。", "补录容量", "", False),
        (Tone.INFO, "Receipt T1-000231 is printing. You can continue.", "Print again", "Ctrl+P", True),
        (Tone.OVER, "Неверная контрольная цифра: 4870000000113", "", "", False),
        (Tone.WITHIN, "Basket parked.", "", "", False),
    ):
        bar = NoticeBar(theme, dismiss="Dismiss", flat=flat)
        icon = "circle-question-mark" if tone is Tone.NEARLY else "printer" if flat else ""
        bar.present(Notice(tone, text, icon, action, key, progress=60 if flat else None))
        bars.append(bar)
    people = row(
        Avatar(theme, "A", chosen=True),
        Avatar(theme, "B"),
        Avatar(theme, "C", 32),
        Avatar(theme, "A", 28),
        KeyCap(theme, "Ctrl+Enter"),
        spacing=12,
    )
    card = Surface(Ground.CARD)
    inside = QVBoxLayout(card)
    for role in Role:
        inside.addWidget(TextLabel(f"{role.value}: Cognac <b>5★</b> 0.7 L · 格鲁吉亚白兰地 · Қазақша ₸", role))
    inside.addWidget(Line())
    toned = TextLabel("within, in bold", Role.STRONG)
    toned.set_tone(Tone.WITHIN)
    inside.addWidget(toned)
    return column(search, idle, tiles, keys, row(total, other), row(long, pay), *bars, people, card, width=832)


def visitor(theme: Theme) -> QWidget:
    """Middle: the visitor's panel."""
    to = Segmented(theme, "Destination")
    to.present([Segment("CN", "To China", "arrow-right"), Segment("KZ", "To Kazakhstan", "arrow-right")], "CN")
    change = Segmented(theme, "Change in")
    change.present([Segment("KZT", "₸ KZT"), Segment("CNY", "¥ CNY"), Segment("USD", "$ USD")], "KZT")
    scan = IconButton(
        theme, "Scan a companion’s document", icon="user-plus", key="F3", kind=ButtonKind.DASHED, height=44
    )
    gauges = []
    for view in GAUGES[:2]:
        gauge = QuotaGauge(theme)
        gauge.present(view)
        gauges.append(gauge)
    snug = []
    for view in GAUGES[2:]:
        gauge = QuotaGauge(theme, Density.SNUG)
        gauge.present(view)
        snug.append(gauge)
    party = Surface(Ground.CHOSEN)
    inside = QVBoxLayout(party)
    inside.setContentsMargins(12, 8, 12, 4)
    inside.setSpacing(0)
    for view in (
        GaugeView(
            "Товары",
            GaugeState.NEARLY,
            "почти всё",
            0,
            Fraction("450.55"),
            500,
            "осталось",
            "49,45 €",
            "сейчас 450,55 · из 500,00",
        ),
        GaugeView(
            "Вес",
            GaugeState.WITHIN,
            "в норме",
            Fraction("3.2"),
            Fraction("6.5"),
            25,
            "осталось",
            "15,300 кг",
            "ранее 3,200 · сейчас 6,500 · из 25",
        ),
    ):
        gauge = QuotaGauge(theme, Density.PARTY)
        gauge.present(view)
        inside.addWidget(gauge)
    good, bad, ask = VerdictCard(theme), VerdictCard(theme), VerdictCard(theme)
    good.present(
        VerdictView(
            Tone.WITHIN, "Within the allowance", lines=("Nothing to declare.",), notes=("Estimate — customs decides.",)
        )
    )
    bad.present(VerdictView(
        Tone.OVER, "超额：须申报", figure=("预计税款", "¥ 229.80"),
        notes=("白兰地 1 瓶 50 % 210.00 + 烟弹 1 盒 20 % 19.80",),
        advice="建议减去：白兰地 1 瓶、烟弹 1 盒", action="减去这些，即不超额", action_key="Ctrl+L"))  # fmt: skip
    ask.present(
        VerdictView(
            Tone.NEARLY,
            "Not known: gross weight",
            "circle-question-mark",
            ("Without it, the allowance cannot be checked where weight counts.",),
        )
    )
    return column(
        to, scan, column(*gauges, spacing=0), column(*snug, spacing=0), party, good, bad, ask, change, width=352
    )


def money(theme: Theme) -> QWidget:
    """Right: payment and sign-in."""
    amount = MoneyEdit(theme, "Amount", KZT, symbol="₸", hint="next amount")
    typed = MoneyEdit(theme, "Amount", KZT, symbol="₸")
    typed.set_amount(Money(1_283_50, KZT))
    small = MoneyEdit(theme, "Count", KZT, height=44)
    small.set_amount(Money(18_00, KZT))
    options = [
        OptionButton(theme, f"{symbol} {code}", f"Alt+{n}")
        for n, (symbol, code) in enumerate((("¥", "CNY"), ("₸", "KZT"), ("$", "USD")), 1)
    ]
    options[1].setChecked(True)
    ways = [OptionButton(theme, word, key, icon=icon) for word, key, icon in (
        ("Қолма-қол", "Alt+C", "banknote"), ("Карта", "Alt+D", "credit-card"), ("QR", "Alt+Q", "qr-code"))]  # fmt: skip
    ways[0].setChecked(True)
    notes = row(*(BanknoteButton(theme, text) for text in ("20 000", "10 000", "5 000", "Дәл сома")))
    change = row(
        BanknoteButton(theme, "1 × 5,000", change=True), BanknoteButton(theme, "1 × 500", change=True),
        BanknoteButton(theme, "1 × 200", CashPiece.COIN, change=True),
        BanknoteButton(theme, "20", CashPiece.COIN, change=True, height=36))  # fmt: skip
    pin = PinField(theme, "PIN of Amina")
    pin.push("12")
    wrong = PinField(theme, "PIN of Amina")
    wrong.reject()
    person = ChoiceCard(theme, "A", "Amina S.", "Cashier")
    person.setChecked(True)
    people = row(person, ChoiceCard(theme, "L", "Li Wei 李伟", "收银员"))
    kinds = [IconButton(theme, kind.value.title(), icon="printer", kind=kind, height=44) for kind in ButtonKind]
    off = IconButton(theme, "Confirm count", icon="check", key="Ctrl+Enter")
    off.setEnabled(False)
    return column(
        row(*options), row(*ways), amount, row(typed, small), notes, change,
        Keypad(theme, KeyOrder.NUMBER, key_height=56),
        people, pin, wrong, row(*kinds[:3]), row(*kinds[3:]),
        row(off, IconButton(theme, icon="moon", kind=ButtonKind.QUIET, name="Dark")),
        width=424)  # fmt: skip


def plain(theme: Theme) -> QWidget:
    """Far right: Qt's own controls in our clothes."""
    empty = EmptyState(theme)
    empty.present("shopping-cart", "The basket is empty", "Scan a product, or search by name.", "Search", "F2")
    line, wrong, off = QLineEdit("A1126"), QLineEdit("2027-15-31"), QLineEdit("0.540 kg")
    wrong.setProperty("wrong", True)
    off.setEnabled(False)
    combo, spin = QComboBox(), row(SpinBox("Copies", 1, 9, 2), DateBox("Expiry", QDate(2027, 5, 31)))
    combo.addItems(["中文 + Русский", "Қазақша + Русский"])
    tick, radio = QCheckBox("Print the slip"), QRadioButton("80 mm")
    tick.setChecked(True)
    radio.setChecked(True)
    default = QPushButton("Save")
    default.setDefault(True)
    table = QTableWidget(3, 2)
    table.setHorizontalHeaderLabels(["Product", "Total"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.verticalHeader().setDefaultSectionSize(Size.TABLE_ROW)
    table.setFixedHeight(180)
    return column(empty, line, wrong, off, combo, spin, row(tick, radio), row(QPushButton("Cancel"), default), table,
                  Keypad(theme, KeyOrder.PIN), width=300)  # fmt: skip


def page(theme: Theme) -> QWidget:
    """All of it."""
    window = QWidget()
    grid = QGridLayout(window)
    grid.setContentsMargins(0, 0, 24, 0)
    grid.setHorizontalSpacing(32)
    rail = Rail(theme, "Places")
    rail.present(RAIL, RAIL_BOTTOM, "checkout")
    grid.addWidget(rail, 0, 0)
    parts: tuple[Callable[[Theme], QWidget], ...] = (checkout, visitor, money, plain)
    for index, part in enumerate(parts, 1):
        panel = Surface(Ground.PANEL if index < 3 else Ground.GROUND)
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addWidget(part(theme))
        grid.addWidget(panel, 0, index)
    return window


def main(target: str) -> None:
    """Draw the page light and dark, one under the other."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app, RESOURCES)
    ring = FocusRing(theme, app)
    images: list[QImage] = []
    for mode in Mode:
        theme.switch(mode)
        window = page(theme)
        theme.dress(window)
        window.show()
        window.activateWindow()
        field = window.findChild(SearchBox)
        assert field is not None
        field.setFocus()
        app.processEvents()
        images.append(window.grab().toImage())
        window.close()
    del ring
    sheet = QImage(images[0].width(), sum(image.height() for image in images), QImage.Format.Format_RGB32)
    painter = QPainter(sheet)
    top = 0
    for image in images:
        image.setDevicePixelRatio(1)
        painter.drawImage(0, top, image)
        top += image.height()
    painter.end()
    sheet.save(target)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_SCALE_FACTOR", sys.argv[2] if len(sys.argv) > 2 else "1")
    main(sys.argv[1])
