"""Whatever is done at the counter, the gauges on show are the store's ledger and the basket, recounted."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.ports.journal_ports import JournalFilter
from pos.application.quota.check_quota import check_quota
from pos.application.quota.quota_scenario import read_scenario
from pos.application.text.json_object import parse_json
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.domain.quota.allowance_position import position_of
from pos.domain.quota.assess import RuleResult
from pos.domain.quota.evaluation import judge
from pos.domain.quota.figures import figures
from pos.domain.quota.rule import Verdict
from tests.domain.quota.border import shipped
from tests.domain.quota.brute_force import Plain
from tests.horgos import CNY
from tests.ui.at_the_counter import VOLUME_UNKNOWN, Hand, close_till, open_till

Key = Qt.Key
MINIATURE = "4870001000141"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
STEPS = 40
REGIMES = {"CN": "cn-horgos", "KZ": "kz-horgos"}
RATES = {"CNY": "72.80", "USD": "503.00", "EUR": "593.00", "RUB": "6.40"}  # the customs rates of the demo shop
ATTRIBUTES = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")
CATEGORIES = (
    "tobacco.cigarette", "tobacco.cigar", "tobacco.loose", "alcohol.spirit", "alcohol.wine", "food.sweets", "perfume",
    "watch", "electronics.phone", "vape.pod", "food.dairy", "food.fresh", "appliance",
)  # fmt: skip

_NUMBER = r"([\d,]+(?:\.\d+)?)"
_DETAIL = re.compile(rf"earlier [^\d·]*{_NUMBER}[^·]* · now [^\d·]*{_NUMBER}[^·]* · of [^\d·]*{_NUMBER}\s*(.*)$")
_LEAD = re.compile(rf"\b(left|over) [^\d]*{_NUMBER}\s*(ml)?")
_SHOWN_PER_UNIT: Mapping[str, Collection[Fraction | int]] = {
    "CNY": {1},
    "EUR": {1},
    "ml": {Fraction(1, 1000)},
    "kg": {1},
    "sticks": {1},
    "pieces": {1},
}
_SHOWN_PER_POOL = {100, 400, 20, 500}  # per cent, cigarettes, cigars, grams of loose tobacco


# ── an independent count ─────────────────────────────────────────────────────────────────────────────────────────


def asked(folder: Path, question: str, *values: object) -> list[tuple[Any, ...]]:
    """The store as someone with a SQLite shell reads it."""
    with closing(pysqlite3.connect(f"file:{folder / 'shop.db'}?mode=ro", uri=True)) as store:
        return [tuple(row) for row in store.execute(question, values)]


def yuan(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"


def a_line(category: str, quantity: int, price: int, off: int, attributes: tuple[Any, ...]) -> dict[str, Any]:
    known = {name: value for name, value in zip(ATTRIBUTES, attributes) if value is not None}
    line = {"name": category, "category": category, "quantity": quantity, "currency": "CNY"}
    return {**line, "unit_price": yuan(price), "discount": yuan(off), **known}


def bought(folder: Path) -> list[dict[str, Any]]:
    """The sales of the only visitor to either side, out of the rows of the store: they leave by one with everything."""
    columns = ", ".join(f"sale_line.{name}" for name in ATTRIBUTES)
    rows = asked(
        folder,
        f"""SELECT sale.id, sale.at, quota_entry.carried_out_at, sold_goods.category, quota_entry.quantity,
                   sale_line.unit_price_minor, sale_line.discount_minor, {columns}
            FROM quota_entry JOIN sale_line USING (sale_id, line_no)
            JOIN sold_goods ON sold_goods.id = sale_line.goods_id JOIN sale ON sale.id = sale_line.sale_id
            ORDER BY sale.id, line_no""",
    )
    sales: dict[int, dict[str, Any]] = {}
    for number, at, left, category, quantity, price, off, *attributes in rows:
        assert left is None  # no one crosses the border during the test
        sale = sales.setdefault(number, {"at": instant(at), "carried_out_at": None, "lines": []})
        sale["lines"].append(a_line(category, quantity, price, off, tuple(attributes)))
    return list(sales.values())


def instant(microseconds: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)).isoformat()


def in_hand(hand: Hand, folder: Path) -> list[dict[str, Any]]:
    """The rows of the basket: pieces and amounts of the screen, everything else out of the store."""
    lines = []
    for row in hand.view.lines:
        line = row.line
        question = f"SELECT category, price_minor, {', '.join(ATTRIBUTES)} FROM product WHERE code = ?"
        ((category, price, *attributes),) = asked(folder, question, line.product.code)
        off = price * line.quantity - line.amount.minor
        lines.append(a_line(category, line.quantity, price, off, tuple(attributes)))
    return lines


@dataclass(frozen=True)
class Count:
    """What `quota check` says of the ledger and the basket, and the verdict of the plain evaluator of the tests."""

    verdict: str
    rules: Mapping[str, Mapping[str, str | None]]
    exact: Mapping[str, RuleResult]

    @classmethod
    def starting(cls, hand: Hand) -> Count:
        folder = hand.shop.folder
        regime = REGIMES[hand.view.destination or ""]
        text = json.dumps({
            "regime": regime,
            "at": hand.shop.now().isoformat(),
            "visitor": {"birth_date": "1985-05-05", "residence": "CN"},
            "rates": {"base": "KZT", "per_unit": RATES},
            "history": bought(folder),
            "basket": in_hand(hand, folder),
        })  # fmt: skip
        answer: Any = check_quota(parse_json(text), shipped())
        scene = read_scenario(parse_json(text), shipped())
        (person,) = scene.people
        past = person.visitor, person.history, scene.at, scene.rates
        plain = Plain(scene.regime, *past)
        pieces = [piece for index, line in enumerate(scene.basket) for piece in plain.pieces(line, index)]
        assert plain.verdict([*plain.pending, *pieces]).word == answer["verdict"]
        exact = judge(position_of(scene.regime, *past), scene.basket).assessment.rules
        rules = {rule["rule"]: rule for rule in answer["rules"]}
        return cls(answer["verdict"], rules, {result.rule.id: result for result in exact})


# ── what the screen says ─────────────────────────────────────────────────────────────────────────────────────────


def is_shown(exact: Fraction, text: str) -> bool:
    """Whether `text` is the number to as many places as it has."""
    number = Fraction(text.replace(",", ""))
    digits = len(text.partition(".")[2])
    return abs(exact - number) <= Fraction(1, 2 * 10**digits)


def check_gauge(said: str, rule: RuleResult, unit: str) -> bool:
    """Compare what a gauge says with a rule's figures; False where it shows a word in place of figures."""
    said = said.replace("\u00a0", " ")
    detail = _DETAIL.search(said)
    if detail is None:
        return False
    source = rule if rule.fit is None else rule.fit  # of a choice the permitted set that decides
    left, over = source.left, source.over
    used, pending, current, limit = (
        Fraction(x or 0) for x in (rule.used, source.pending, source.current, source.limit)
    )
    scale = Fraction(detail[3].replace(",", "")) / limit if limit else Fraction(1)
    assert scale in ({1} if rule.fit is not None else _SHOWN_PER_UNIT.get(unit, _SHOWN_PER_POOL)), said
    assert is_shown((used + pending) * scale, detail[1]), (said, rule)
    assert is_shown((current - pending) * scale, detail[2]), (said, rule)
    if lead := _LEAD.search(said):
        amount = Fraction((left if lead[1] == "left" else over) or 0) * (1 if lead[3] else scale)
        assert is_shown(amount, lead[2]), (said, rule)
    return True


def check_till(hand: Hand) -> int:
    """Compare all that the till says of the quota with the count; how many gauges showed figures."""
    view, gauges = hand.view, hand.checkout.panel.gauges()
    assert [row.split(" | ")[0] for row in hand.rows()] == [f"{row.line.quantity:,}" for row in view.lines]
    if not view.visitors or not view.destination:
        assert not view.quota
        assert not [gauge for gauge in gauges if gauge.isVisible()]
        return 0
    count, assessment = Count.starting(hand), view.quota["A"]
    assert assessment.regime.id == REGIMES[view.destination]
    assert assessment.verdict.word == count.verdict
    counted = {
        name: {key: rule[key] for key in figures(assessment.rules[0], assessment.regime)}
        for name, rule in count.rules.items()
    }
    assert {result.rule.id: figures(result, assessment.regime) for result in assessment.rules} == counted
    assert {result.rule.id: result.verdict.word for result in assessment.rules} == {
        name: rule["verdict"] for name, rule in count.rules.items()
    }
    titles = {result.rule.title_in("en"): result.rule.id for result in assessment.rules}
    said = {titles[gauge.accessibleName()]: gauge.accessibleDescription() for gauge in gauges}
    touched = {name for name, rule in count.rules.items() if Fraction(rule["current"] or 0) or rule["verdict"] != "ok"}
    assert touched <= set(said)
    return sum(check_gauge(text, count.exact[name], count.rules[name]["unit"] or "") for name, text in said.items())


# ── what hands do ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Walk:
    """Someone who does anything at all at one counter, the same way for the same seed."""

    hand: Hand
    chance: random.Random
    codes: list[str]
    done: dict[str, int] = field(default_factory=dict)

    def tap(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.hand.press(key, modifier)

    def step(self, number: int) -> None:
        """One act, sometimes one that cannot be done now; every tenth is a sale."""
        steps = {
            "scan": 14,
            "quantity": 6,
            "discount": 4,
            "void": 3,
            "undo": 4,
            "destination": 5,
            "sell": 4,
            "visitor": 2,
        }
        (step,) = self.chance.choices(list(steps), list(steps.values())) if number % 10 else ("sell",)
        getattr(self, step)()
        self.done[step] = self.done.get(step, 0) + 1

    def scan(self) -> None:
        self.hand.scan(self.chance.choice(self.codes))

    def quantity(self) -> None:
        self._type_into_a_row(Key.Key_F4, str(self.chance.choice((1, 2, 2, 3, 5))))

    def discount(self) -> None:
        self._type_into_a_row(Key.Key_F5, self.chance.choice(("", "2.5", "5", "10")))

    def void(self) -> None:
        self._choose_a_row()
        self.tap(Key.Key_F6)

    def undo(self) -> None:
        self.tap(Key.Key_Z, CONTROL)

    def destination(self) -> None:
        self.tap(Key.Key_F8)

    def visitor(self) -> None:
        """Show the passport, or go on without it."""
        if self.hand.view.visitors:
            self.tap(Key.Key_F3)
            self.hand.checkout.form.dismissed.emit()
            self.hand.wait()
        else:
            self.hand.show_passport()

    def sell(self) -> None:
        """One thing more, out with what is too much, then pay as a cashier does."""
        self.scan()
        if not self.hand.view.visitors:
            self.hand.show_passport()
        while self.hand.view.lines and self.hand.view.quota["A"].verdict > Verdict.UNKNOWN:
            self.tap(Key.Key_Down)
            self.tap(Key.Key_F6)
        if not self.hand.view.lines:
            return  # nothing of it was allowed
        self.tap(Key.Key_F12)
        for _ in self.hand.view.open_questions:
            self.tap(Key.Key_F1, SHIFT)
        assert self.hand.screen_id == "payment", self.hand.news
        self.tap(Key.Key_F12)
        assert self.hand.screen_id == "paid"
        self.tap(Key.Key_Return)
        assert self.hand.screen_id == "checkout"
        self.done["sold"] = self.done.get("sold", 0) + 1
        if self.chance.random() < 0.8:
            self.hand.show_passport()

    def _choose_a_row(self) -> None:
        for _ in range(self.chance.randrange(3)):
            self.tap(self.chance.choice((Key.Key_Up, Key.Key_Down)))

    def _type_into_a_row(self, key: Key, text: str) -> None:
        self._choose_a_row()
        self.tap(key)
        editor = self.hand.checkout.changes.editor
        if editor.isHidden():
            return  # there is no row yet
        editor.setText(text)
        self.tap(Key.Key_Return)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def shown(hand: Hand, title: str) -> str:
    """What the gauge of a limit says under its bar."""
    (said,) = [
        gauge.accessibleDescription() for gauge in hand.checkout.panel.gauges() if gauge.accessibleName() == title
    ]
    return said.replace("\u00a0", " ").partition("earlier ")[2]


def test_what_is_less_than_a_tenth_of_a_litre_is_shown_in_the_unit_of_its_limit(hand: Hand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        small = GoodsRow(
            MINIATURE,
            "Miniature",
            {},
            "alcohol.spirit",
            Money(1_500, CNY),
            Attributes(ml=Decimal(50), abv=Decimal(40)),
            None,
        )
        began = work.journal.find(JournalFilter(events=("make_demo",)), 1, None).entries[0].at
        work.stock.move(work.products.add(small, hand.shop.now()), 9, "opening", began, "demo")
        work.commit()
    hand.show_passport()

    hand.scan(MINIATURE)

    assert shown(hand, "Alcohol") == "0 · now 0.05 · of 1.50 L"  # "now 50 · of 1.50 L" is fifty litres


def test_a_shared_allowance_never_tells_cigars_bought_earlier_as_cigarettes(hand: Hand) -> None:
    walk = Walk(hand, random.Random(), [hand.goods("tobacco.cigar").code])
    sticks = hand.goods("tobacco.cigar").attributes.sticks
    walk.sell()
    if not hand.view.visitors:
        hand.show_passport()
    alone = shown(hand, "Tobacco")
    hand.scan(hand.goods("tobacco.cigarette").code)

    assert sticks == 3
    assert alone in ("3 · now 0 · of 20 sticks", "15 % · now 0 % · of 100 %")
    assert shown(hand, "Tobacco") == "15 % · now 50 % · of 100 %"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_gauges_on_show_are_the_ledger_and_the_basket_after_every_act(hand: Hand, seed: int) -> None:
    codes = [hand.goods(category).code for category in CATEGORIES]
    walk = Walk(hand, random.Random(seed), [*codes, VOLUME_UNKNOWN])
    hand.show_passport()
    compared = check_till(hand)

    for number in range(1, STEPS + 1):
        walk.step(number)
        compared += check_till(hand)

    assert compared >= STEPS // 2  # the comparison is not empty: a gauge that says "not known" shows no figures
    assert walk.done["sold"] >= 2
    assert hand.shop.verify_books() == []
