"""Customs declarations on paper: fields and blank lines, agreement with bill and slip, pages, fonts, languages."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from pos.application.text.formatting import money_text
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.declarations.declaration import Declaration, JudgedSale, SaleDeclarations, sum_of
from pos.domain.declarations.forms import AdultNotChosen, NoAdult
from pos.domain.declarations.papers import paper_for
from pos.domain.declarations.share import CarriedGoods, Share, Status, share_of
from pos.domain.money import Money, total
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaRates, Scales
from pos.domain.quota.rule import WholeUnit
from pos.domain.sales.sale import Sale
from pos.domain.visitors.document import Document
from pos.domain.visitors.visitor import Visitor
from pos.printing.declarations.goods_words import counted
from pos.printing.declarations.paper_pdf import declaration_pdf
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.raster import page_count
from tests.faults.corpus.canaries import words_of_pdf
from tests.printing import sales
from tests.printing.row_texts import rows_text

NUMBER, IIN = "N12345678", "900115400125"
YUAN = sales.the_rates().price
DOCUMENT = Document("passport", NUMBER, "KAZ", "KAZ", "TESTOVA", "AIGERIM", date(1990, 1, 15), "F", None, IIN)


def declared(sale: Sale) -> SaleDeclarations:
    """The declarations of a sale that stands in no store, with the judgement frozen with it."""
    regime = sales.the_regimes()[sale.regime or ""]
    rates = QuotaRates(sale.rates.base.code, {code: Fraction(rate) for code, rate in sale.quota_rates.items()})
    scales, day = Scales(rates, regime.currency.code), sale.at.astimezone(regime.zone).date()
    paper = paper_for(sale.destination)
    assert paper is not None
    head = JudgedSale(
        sale.receipt, sale.at, day, sale.destination, regime.id, regime.version, regime.currency,
        isinstance(regime.charge, WholeUnit), sale.total.currency, rates.worth("CNY", regime.currency.code),
    )  # fmt: skip
    shares: dict[str, Share] = {}
    for label in sale.carriers:
        goods: dict[ItemOrigin, CarriedGoods] = {}
        for index, line in enumerate(line for line in sale.lines if line.carrier == label):
            sold = Goods.sold(line.name, line.category, line.quantity, line.unit_price, line.discount, line.attributes)
            item = scales.lot(ItemOrigin(index), sold)
            goods[item.origin] = CarriedGoods(
                item, line.name, line.names, sale.receipt, day, line.details, line.serial, line.grams
            )
        shares[label] = share_of(label, sale.quota[label], goods, regime, day)
    return SaleDeclarations(paper, head, sale.visitors, shares, {})


def drawn(paper: Declaration, document: Document | None = None, *, training: bool = False) -> bytes:
    return declaration_pdf(
        paper, document, sales.the_shop(), sales.the_translators(), Fonts(sales.FONTS), training=training
    )


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", words_of_pdf(pdf).replace("\u00a0", " ").replace("\u202f", " "))


def a_souvenir(number: int, price: int = 9_000, kg: str = "0.3334") -> Product:
    names = {"ru": f"Сувенир {number:03d}", "zh": f"纪念品 {number:03d}", "en": f"Souvenir {number:03d}"}
    code = f"20000{number:08d}"
    return Product(
        100 + number, code, (code,), names["en"], names, "souvenir", Money(price, YUAN),
        Attributes(gross_kg=Decimal(kg)), brand="Ұлы Дала", model=f"M-{number}", origin="KZ", unit="007",
    )  # fmt: skip


def to_kazakhstan(lines: int = 3, each: int = 20) -> Declaration:
    goods = [(a_souvenir(number), each) for number in range(1, lines + 1)]
    made = sales.sold(goods, [sales.cash(YUAN, 9_000 * each * lines)], visitors=[sales.mrs_testova()])
    (paper,) = declared(made).papers()
    return paper


def to_china(country: str = "CHN", *, with_free: bool = True) -> Declaration:
    visitor = replace(sales.mr_zhang(), country=country, nationality=country)
    goods: list[sales.Sold] = [(sales.a_cognac(unit="142", origin="KZ", brand="Нұр"), 4), (sales.a_cream(), 2)]
    (paper,) = declared(sales.sold(goods, [sales.cash(YUAN, 203_200)], visitors=[visitor])).papers(with_free=with_free)
    return paper


# ── what stands where ────────────────────────────────────────────────────────────────────────────────────────


def test_the_form_is_filled_in_from_the_document_at_hand_and_leaves_the_travellers_own_ticks_empty() -> None:
    said = words(drawn(to_kazakhstan(), DOCUMENT))

    for text in (
        "Пассажирская таможенная декларация", "Жолаушының кедендік декларациясы", "Passenger customs declaration",
        "TESTOVA AIGERIM", NUMBER, IIN, "Казахстан", "сопровождаемый багаж", "ввоз для свободного обращения",
        "3.3 товары сверх норм", "3.10", "Сувенир 002", "Ұлы Дала M-2, чек T1-000123, 24.11.2026", "20 штук",
        "Оценка кассы магазина: пошлина", "Для служебных отметок",
    ):  # fmt: skip
        assert text in said, text
    assert said.count("Сувенир 002") == 2, "in section 4, and on the sheet with all pieces"


def test_a_duty_beside_something_unknown_is_the_least_that_it_can_be() -> None:
    goods: list[sales.Sold] = [(a_souvenir(1), 60), (replace(a_souvenir(2), attributes=Attributes()), 20)]
    made = sales.sold(goods, [sales.cash(YUAN, 9_000 * 80)], visitors=[sales.mrs_testova()])
    (paper,) = declared(made).papers()

    assert paper.is_least_duty
    assert "Оценка кассы магазина: пошлина не менее" in words(drawn(paper, DOCUMENT))


def test_without_the_document_number_and_name_are_blank_and_never_masked() -> None:
    for paper in (to_kazakhstan(), to_china()):
        said = words(drawn(paper))
        assert not any(part in said for part in (NUMBER, IIN, "TESTOVA", "ZHANG", "•", "1985", "1990"))


def test_the_sheet_for_china_has_its_words_and_explains_them_in_the_visitors_language() -> None:
    said = words(drawn(to_china("RUS"), replace(DOCUMENT, sex="F")))

    for text in (
        "姓名", "性别", "女", "出生日期", "国籍", "证件号码", NUMBER, "进境日期", "来自", "序号",
        "品名", "品牌/型号", "数量", "单位",
        "单价", "金额", "原产国", "小票号", "免税/应税", "免税", "应税", "瓶", "哈萨克斯坦", "T1-000123",
        "本表由商店收银系统打印，供旅客填写申报单参考，以海关审定为准",
        "Лист данных для таможенной декларации", "Коньяк",
    ):  # fmt: skip
        assert text in said, text
    assert "Name of the goods" in words(drawn(to_china("USA")))
    assert "Деректер" not in said
    assert "Тауар атауы" in words(
        declaration_pdf(to_china("KAZ"), None, sales.the_shop("kk", "ru"), sales.the_translators(), Fonts(sales.FONTS))
    )
    alone = words(drawn(to_china("CHN")))
    assert not re.search("[а-я]{4}", alone.replace("Нұр", ""))


def test_a_quantity_by_measure_is_never_a_count_of_pieces() -> None:
    goods: list[sales.Sold] = [
        (sales.a_cognac(unit="095"), 4),  # litres, half of one in each bottle
        (replace(sales.a_cream(), unit="035"), 9),  # kilograms, and no net weight on file
        (replace(sales.a_chocolate(), unit="036"), 2),  # grams, a hundred in each
    ]
    money = [sales.cash(YUAN, 681_700)]
    made = declared(sales.sold(goods, money, visitors=[sales.mr_zhang()]))
    chinese = sales.the_translators()["zh"]
    said = {line.goods.name: counted(line, chinese) for line in made.shares["A"].free}
    assert said == {
        "Коньяк 5★ 0,5 л": ("1.5", "升"),
        "Face cream 50 ml": ("9", ""),
        "Dark chocolate 100 g": ("200", "克"),
    }


def test_in_a_training_every_page_says_so() -> None:
    stamp = sales.the_translators()["ru"](TRAINING_STAMP)
    pdf = drawn(to_kazakhstan(60), training=True)
    assert words(pdf).count(stamp) == page_count(pdf) > 2


# ── pages and fonts ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("to", ["KZ", "CN"])
def test_a_hundred_and_twenty_lines_flow_over_pages_and_none_is_lost(to: str) -> None:
    if to == "KZ":
        paper = to_kazakhstan(120, 2)
    else:
        goods = [(a_souvenir(number, 20_000), 1) for number in range(1, 121)]
        money = [sales.cash(YUAN, 2_400_000)]
        (paper,) = declared(sales.sold(goods, money, visitors=[sales.mr_zhang()])).papers(with_free=True)
    said = words(drawn(paper))

    name = {"KZ": "Сувенир", "CN": "纪念品"}[to]
    assert all(said.count(f"{name} {number:03d}") == {"KZ": 2, "CN": 1}[to] for number in range(1, 121))
    assert len(paper.lines) == 120
    assert said.count({"KZ": "Наименование и описание товаров", "CN": "品牌/型号"}[to]) > 2, "titles stand on each page"


def test_every_font_is_embedded_and_every_script_is_drawn() -> None:
    for pdf in (drawn(to_kazakhstan(), DOCUMENT), drawn(to_china("KAZ"))):
        content = pdf + b"".join(_streams(pdf))
        fonts = re.findall(rb"/BaseFont\s*/([^\s/>]+)", content)
        assert fonts
        assert all(re.match(rb"[A-Z]{6}\+BorderSans", font) for font in fonts), fonts
        assert content.count(b"/FontFile2") >= len(set(fonts))
        assert "□" not in words_of_pdf(pdf)


def test_the_same_paper_is_the_same_file() -> None:
    assert drawn(to_kazakhstan(), DOCUMENT) == drawn(to_kazakhstan(), DOCUMENT)


def _streams(pdf: bytes) -> Sequence[bytes]:
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1].rstrip(b"\r\n")))
        except zlib.error:
            continue
    return found


# ── agreement ────────────────────────────────────────────────────────────────────────────────────────────────

_SEEDS = range(50)


def _party(seed: int, to: str) -> Sale:
    """People with goods at random, over their allowance mostly; a child carries nothing that its age forbids."""
    chance = random.Random(f"{seed}-{to}")
    people: list[Visitor] = []
    goods: list[sales.Sold] = []
    carriers: list[str] = []
    for label in "ABCDE"[: chance.randint(1, 5)]:
        born = date(2012, 5, 5) if chance.random() < 0.25 else date(1988, 2, 3)
        people.append(sales.a_traveller(label, born, side=to))
        shelf = [a_souvenir(n, chance.randrange(100, 90_000), f"0.{n}57") for n in range(1, 4)] + [sales.a_cream()]
        shelf += [sales.a_cognac()] * 2 if born.year < 2000 else []
        for product in chance.sample(shelf, chance.randint(1, len(shelf))):
            # up to five litres of alcohol may be declared to Kazakhstan; a bottle has half a litre
            most = 9 if product.category == "alcohol.spirit" else 12
            if any(carrier == label and sold[0].id == product.id for carrier, sold in zip(carriers, goods)):
                continue
            goods.append((product, chance.randint(1, most)))
            carriers.append(label)
    money = sum((sold[0].price.minor if sold[0].price else 0) * sold[1] for sold in goods)
    return sales.sold(goods, [sales.cash(YUAN, money)], visitors=people, carriers=carriers)


@pytest.mark.parametrize("to", ["CN", "KZ"])
def test_forms_bills_and_slips_of_fifty_parties_agree_to_the_piece_and_the_cent(to: str) -> None:
    over = several = 0
    for seed in _SEEDS:
        sale = _party(seed, to)
        made = declared(sale)
        for label in sale.carriers:
            _agrees_with_bill_and_slip(sale, label, made.shares[label])
        due = {label: share.duty for label, share in made.shares.items() if share.duty is not None}
        over += len(due)
        if not due:
            continue
        adults = [visitor.label for visitor in sale.visitors if visitor.label not in made.minors]
        papers = _papers(made, adults)
        several += len(papers) > 1
        currency = made.sale.currency
        if adults:
            assert total((paper.duty for paper in papers), currency) == total(due.values(), currency)
        assert len({paper.adult.label for paper in papers}) == len(papers)
        assert not {paper.adult.label for paper in papers} & set(made.minors)
        listed = [line.holder for paper in papers for line in paper.lines]
        assert not adults or set(listed) == set(due)
    assert over > 40, "most of them are over"
    assert several > 5


def _papers(made: SaleDeclarations, adults: Sequence[str]) -> Sequence[Declaration]:
    """The papers, where the last adult declares for the children if somebody has to be chosen."""
    burdened = any(made.shares[label].is_dutiable for label in made.minors if label in made.shares)
    if not adults:
        with pytest.raises(NoAdult):
            made.papers()
        return ()
    if burdened and len(adults) > 1:
        with pytest.raises(AdultNotChosen):
            made.papers()
        return made.papers(adults[-1])
    return made.papers()


def _agrees_with_bill_and_slip(sale: Sale, label: str, share: Share) -> None:
    answer = sale.quota[label]
    carried = [line for line in sale.lines if line.carrier == label]
    slip = rows_text(sales.slip_of(sale, label, sales.the_shop("en"))).replace("\u00a0", " ")
    pieces: dict[str, int] = {}
    for one in share.lines:
        pieces[one.goods.name] = pieces.get(one.goods.name, 0) + one.quantity
    assert pieces == {line.name: line.quantity for line in carried}, "each piece once"
    if answer["duty"] is None:
        assert (share.duty, share.dutiable) == (None, ())
        return
    assert share.duty is not None
    assert str(share.duty) == answer["duty"]["amount"]
    assert money_text(share.duty, "en").replace("\u00a0", " ") in slip.split("Estimated duty")[1]
    units = answer["duty"]["units"]
    if units or share.dutiable[0].status is Status.DUTIABLE:
        by_name = {carried[unit["line"]].name: (unit["units"], unit["taxable"], unit["duty"]) for unit in units}
        assert {one.goods.name: (one.quantity, str(one.value), str(one.duty)) for one in share.dutiable} == by_name
        assert sum(line.taxed for line in carried) == sum(one.quantity for one in share.dutiable)
        return
    for group in {norm.group for norm in share.norms}:
        held = [one for one in share.dutiable if one.group == group]
        whole = sum_of(held, share.duty.currency)
        current: Mapping[str, Fraction] = {norm.unit: norm.current for norm in share.norms if norm.group == group}
        if "EUR" in current:
            assert (whole.value.units, whole.kg) == (current["EUR"], current["kg"])
        else:
            assert sum((one.ml or Fraction() for one in held), Fraction()) == current["ml"]
