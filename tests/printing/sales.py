"""Sales as the counter makes them: judged by the real rules and paid at real rates, for receipts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image

from pos.application.ports.visitor_ports import LedgerLine
from pos.application.quota.check_quota import result_of
from pos.application.quota.evaluate_quota import Ledgers, judge, positions_of, rates_text
from pos.application.receipts.receipt_seal import seal
from pos.application.sales.sold_lines import sold_line
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.domain.catalogue.piece import Piece
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import Currency, Money
from pos.domain.payment.tender import CashRules, Tender, check_settled, settle
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Offers, Promotion
from pos.domain.pricing.rates import Rate, RateTable
from pos.domain.quota.rule import Regime
from pos.domain.sales.cart import Cart
from pos.domain.sales.sale import Sale
from pos.domain.visitors.visitor import Visitor
from pos.keys.keyfile import ShopKeys
from pos.keys.shop_secrets import ShopSecrets
from pos.languages.catalogue import load_translators
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.pdf import strip_pdf
from pos.printing.drawing.rows import Row
from pos.printing.receipts.receipt import receipt_rows
from pos.printing.receipts.slip import slip_rows
from pos.regimes.folders import load_regimes
from tests.horgos import CNY, EUR, KZT, RUB, USD

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
Sold = tuple[Product, int] | tuple[Product, int, Discount]
"""Goods, how many, and a discount on the line."""

AT = datetime(2026, 11, 24, 7, 44, 31, tzinfo=UTC)
SINCE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
MAC = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@cache
def the_translators() -> Mapping[str, Translator]:
    """All four languages of the program."""
    return load_translators(ROOT / "resources" / "translations")


@cache
def the_regimes() -> Mapping[str, Regime]:
    """The regimes that the program brings."""
    return load_regimes([ROOT / "resources" / "regimes"])[0]


def the_shop(*languages: str, fiscal_device: bool = False) -> Settings:
    """Silk Gate, with the languages of its receipt."""
    return Settings(
        shop_name="丝路之门 Silk Gate",
        address_1="霍尔果斯国际边境合作中心 3 区 14 号",
        address_2="МЦПС «Хоргос», сектор 3, павильон 14",
        receipt_languages=languages or ("zh", "ru"),
        fiscal_device=fiscal_device,
    )


def the_rates() -> RateTable:
    """The rates of the morning, in tenge."""

    def rate(currency: Currency, buy: str, sell: str, customs: str | None) -> tuple[str, Rate]:
        official = None if customs is None else Decimal(customs)
        return currency.code, Rate(currency, Decimal(buy), Decimal(sell), official, SINCE)

    rates = [
        rate(CNY, "72.10", "72.80", "72.55"),
        rate(USD, "500", "508", "503.44"),
        rate(EUR, "588", "598.50", "593.35"),
        rate(RUB, "6.20", "6.45", None),
    ]
    return RateTable(KZT, CNY, dict(rates))


def a_cognac(**other: object) -> Product:
    """Half a litre, 40 %."""
    product = Product(
        1, "4870204321112", ("4870204321112",), "Коньяк 5★ 0,5 л",
        {"zh": "干邑 5★ 0.5 L", "ru": "Коньяк 5★ 0,5 л", "kk": "Коньяк 5★ 0,5 л", "en": "Cognac 5★ 0.5 L"},
        "alcohol.spirit", Money(16800, CNY), Attributes(Decimal(500), Decimal(40), None, Decimal("0.950")),
    )  # fmt: skip
    return replace(product, **other)  # type: ignore[arg-type]  # fields by name, as the test likes


def a_cream() -> Product:
    """Ordinary cosmetics."""
    return Product(
        2, "8801619046907", ("8801619046907",), "Face cream 50 ml",
        {"zh": "面霜 50 ml", "ru": "Крем для лица 50 мл", "kk": "Бет кремі 50 мл", "en": "Face cream 50 ml"},
        "cosmetics.ordinary", Money(68000, CNY), Attributes(Decimal(50), None, None, Decimal("0.140")),
    )  # fmt: skip


def a_chocolate() -> Product:
    """A bar that weighs 110 g in its paper."""
    return Product(
        3, "4607065375143", ("4607065375143",), "Dark chocolate 100 g",
        {"zh": "黑巧克力 100 g", "ru": "Шоколад тёмный 100 г", "kk": "Қара шоколад 100 г"},
        "food.sweets", Money(1250, CNY), Attributes(None, None, Decimal(100), Decimal("0.110")),
    )  # fmt: skip


def a_carton() -> Product:
    """Two hundred cigarettes."""
    return Product(
        4, "6901028075862", ("6901028075862",), "Cigarettes, 200 sticks",
        {"zh": "香烟 200 支", "ru": "Сигареты, 200 шт.", "kk": "Темекі, 200 дана", "en": "Cigarettes, 200"},
        "tobacco.cigarette", Money(26000, CNY), Attributes(sticks=200, gross_kg=Decimal("0.310")),
    )  # fmt: skip


def resolve_scan(name: str, names: Mapping[str, str] | None = None, **other: object) -> Product:
    """A souvenir with a name of someone's own."""
    product = Product(9, "2000000000091", ("2000000000091",), name, names or {}, "souvenir", Money(3000, CNY))
    fields = {"attributes": Attributes(gross_kg=Decimal("0.2")), **other}
    return replace(product, **fields)  # type: ignore[arg-type]  # fields by name


def mr_zhang(label: str = "A") -> Visitor:
    """A grown man who leaves to China."""
    return Visitor(label, "k" + label, "passport", "CN", "CN", "E••••••01", "ZHANG W••", date(1985, 5, 5), "CN")


def a_traveller(label: str, born: date = date(1990, 1, 15), name: str = "TESTOVA A••", side: str = "KZ") -> Visitor:
    """Someone of a family or a tour."""
    kind = "kz-id" if side == "KZ" else "passport"
    return Visitor(label, f"k{label}", kind, side, side, "0••••••84", name, born, side)


def mrs_testova(label: str = "A") -> Visitor:
    """A grown woman who leaves to Kazakhstan."""
    return Visitor(label, "k" + label, "kz-id", "KZ", "KZ", "0••••••84", "TESTOVA A••", date(1990, 1, 15), "KZ")


def cash(currency: Currency, minor: int) -> Tender:
    """Notes on the counter."""
    return Tender("cash", Money(minor, currency))


def sold(
    goods: Sequence[Sold],
    tenders: Sequence[Tender],
    *,
    visitors: Sequence[Visitor] = (),
    carriers: Sequence[str | None] | None = None,
    change_in: Currency | None = None,
    at: datetime = AT,
    number: int = 123,
    rates: RateTable | None = None,
    ledgers: Ledgers | None = None,
    offers: Sequence[Promotion] = (),
    by_hand: Callable[[Cart], Cart] = lambda cart: cart,
) -> Sale:
    """Ring the goods, judge them and settle, by the same steps as the counter; only too little money is refused."""
    rates = rates or the_rates()
    cart = Cart(CNY, offers=Offers(offers))
    first = visitors[0].label if visitors else None
    for index, (product, quantity, *discount) in enumerate(goods):
        carrier = carriers[index] if carriers else first
        cart = cart.adding(product, quantity, carrier)
        if discount:
            assert cart.last is not None
            cart = cart.with_discount(cart.last, discount[0])
    cart = by_hand(cart)
    destination = "KZ" if visitors and visitors[0].nationality == "KZ" else "CN"
    regime = the_regimes()["kz-horgos" if destination == "KZ" else "cn-horgos"]
    judged = judge(positions_of(regime, visitors, ledgers or {}, at, rates), cart) if visitors else {}
    taxed: dict[int, int] = {}
    for label, judgement in judged.items():
        carried = [line.id for line in cart.lines if line.carrier == label]
        for unit in judgement.bill.units if judgement.bill else ():
            if unit.origin.history is not None:
                continue
            line_id = carried[unit.origin.line]
            taxed[line_id] = taxed.get(line_id, 0) + unit.units
    settlement = settle(cart.total, tenders, rates, CashRules(), change_in)
    check_settled(settlement)
    lines = tuple(sold_line(n, line, taxed.get(line.id, 0)) for n, line in enumerate(cart.lines))
    return Sale(
        till="T1",
        number=number,
        key="k1",
        at=at,
        cashier="amina",
        shift=14,
        destination=destination if visitors else "",
        regime=regime.id if visitors else None,
        regime_version=regime.version if visitors else None,
        total=cart.total,
        lines=lines,
        paid=settlement.paid,
        change=settlement.change,
        rounding=settlement.rounding,
        rates=rates,
        quota_rates=rates_text(rates),
        visitors=tuple(visitors),
        quota={label: {"regime": regime.id, **result_of(judgement)} for label, judgement in judged.items()},
        mac=MAC,
        basket=cart.basket,
        note=cart.note,
    )


def a_mixed_sale() -> Sale:
    """Four lines to China, within the allowance, paid in yuan, by card and in tenge; change in tenge."""
    cream: Sold = (a_cream(), 1, Discount(Decimal(10)))
    goods: list[Sold] = [(a_cognac(), 2), cream, (a_chocolate(), 6), (a_carton(), 1)]
    card = Tender("card", Money(41200, CNY), "•••• 4417")
    return sold(goods, [cash(CNY, 40000), card, cash(KZT, 4000000)], visitors=[mr_zhang()])


def a_priced_sale() -> Sale:
    """Promotions, a price and a discount by hand, one on the whole, two rates of tax and tax-free goods, notes."""
    offers = (
        Promotion(1, "3 for 2", SINCE, code=a_chocolate().code, take=3, pay=2),
        Promotion(2, "春节 Новый год", SINCE, scope="alcohol", percent=Decimal(10)),
    )

    def by_hand(cart: Cart) -> Cart:
        cart = cart.with_price(2, Money(60000, CNY)).with_note(2, "коробка повреждена")
        return cart.with_basket_discount(Discount(percent=Decimal(5))).with_note(None, "заберёт завтра")

    cognac, cream = replace(a_cognac(), vat=Decimal(16)), replace(a_cream(), vat=Decimal(12))
    goods: list[Sold] = [
        (cognac, 2),
        (cream, 1),
        (a_chocolate(), 4),
        (a_carton(), 1, Discount(amount=Money(1300, CNY))),
    ]
    return sold(goods, [cash(CNY, 120000)], visitors=[mr_zhang()], offers=offers, by_hand=by_hand)


def a_sale_of_pieces() -> Sale:
    """Cheese by weight, twice, a bottle with a marking code, chocolate of a lot."""
    cheese = replace(
        a_chocolate(), id=8, code="2212345000001", codes=("2212345000001",), by_weight=True, price=Money(6000, CNY),
        name="Cheese", names={"zh": "奶酪", "ru": "Сыр", "kk": "Ірімшік", "en": "Cheese"}, category="food.dairy",
        attributes=Attributes(net_g=Decimal(1000), gross_kg=Decimal("1.020")),
    )  # fmt: skip

    def scanned(cart: Cart) -> Cart:
        for product, piece in (
            (cheese, Piece(grams=342)),
            (cheese, Piece(grams=1250, lot="L-26/11")),
            (a_cognac(), Piece(serial="aB1234567890XYZ")),
            (a_chocolate(), Piece(lot="C42", expiry=date(2027, 1, 31))),
        ):
            cart = cart.adding(product, carrier="A", piece=piece)
        return cart

    return sold([], [cash(CNY, 28000)], visitors=[mr_zhang()], by_hand=scanned)


def a_dutiable_sale() -> Sale:
    """More than a visitor to China may take: sold as dutiable."""
    goods = [(a_cognac(), 4), (a_carton(), 3), (a_cream(), 11)]
    return sold(goods, [cash(USD, 150000)], visitors=[mr_zhang()], change_in=KZT)


def an_unknown_sale() -> Sale:
    """A bottle of which no one knows the strength, and one without its volume."""
    sherry = a_cognac(id=5, code="8410023030011", codes=("8410023030011",), attributes=Attributes(ml=Decimal(750)))
    liqueur = a_cognac(
        id=6, name="Ликёр", names={"ru": "Ликёр"}, category="alcohol.liqueur", attributes=Attributes(abv=Decimal(25))
    )
    return sold([(sherry, 1), (liqueur, 1)], [cash(CNY, 33600)], visitors=[mr_zhang()])


def a_sale_to_kazakhstan() -> Sale:
    """Two companions to Kazakhstan, whose rules count in euros; change in dollars and yuan."""
    goods = [(a_cognac(), 4), (a_cream(), 1), (a_chocolate(), 20), (a_carton(), 1)]
    visitors = [mrs_testova("A"), mrs_testova("B")]
    return sold(goods, [cash(USD, 30000)], visitors=visitors, carriers=["A", "B", "B", "A"], change_in=USD)


def bought_before(product: Product, quantity: int, at: datetime, left: datetime | None, taxed: int = 0) -> LedgerLine:
    """What a visitor bought here before, and when it left; None: it is still to be carried out."""
    assert product.category is not None
    assert product.price is not None
    return LedgerLine(
        at, left, product.name, product.category, quantity, taxed, product.price, Money.zero(CNY), product.attributes
    )


def a_second_sale_of_the_day() -> Sale:
    """To China: too much cognac in the morning, a bottle more now, and a carton beside a half from before."""
    morning = AT - timedelta(hours=4)
    half = replace(a_carton(), attributes=Attributes(sticks=100, gross_kg=Decimal("0.155")))
    bought = [bought_before(a_cognac(), 4, morning, None, taxed=1), bought_before(half, 1, morning, None)]
    cream: Sold = (a_cream(), 1, Discount(Decimal(10)))
    goods: list[Sold] = [(a_cognac(), 1), (a_carton(), 1), cream]
    return sold(goods, [cash(CNY, 104000)], visitors=[mr_zhang()], ledgers={"A": bought})


def a_family_to_kazakhstan() -> Sale:
    """Mother, grandmother and a child of nine: spirits over three litres, and sweets."""
    visitors = [
        a_traveller("A"),
        a_traveller("B", date(1958, 3, 2), "TESTOVA G••"),
        a_traveller("C", date(2017, 6, 1), "TESTOV D••"),
    ]
    goods: list[Sold] = [(a_cognac(), 7), (a_carton(), 1), (a_cream(), 4), (a_chocolate(), 20), (a_chocolate(), 8)]
    return sold(goods, [cash(KZT, 40000000)], visitors=visitors, carriers=["A", "A", "B", "B", "C"])


def a_sale_above_value_and_weight() -> Sale:
    """To Kazakhstan: dearer than the month allows and heavier, so that two duties are compared."""
    stove = resolve_scan("Stove", {"ru": "Печь", "kk": "Пеш"}, id=8, attributes=Attributes(gross_kg=Decimal("26.5")))
    goods: list[Sold] = [(stove, 1), (a_cream(), 8)]
    return sold(goods, [cash(CNY, 547000)], visitors=[mrs_testova()])


def a_party_to_china(people: int, carriers: int) -> Sale:
    """A tour: some of its people carry something, one of them too much; the others only came along."""
    visitors = [a_traveller(str(n + 1), date(1985, 5, 5), f"TRAVELLER {n + 1}••", "CN") for n in range(people)]
    goods: list[Sold] = []
    for n in range(carriers):
        goods += [(a_cognac(), 4 if n == 1 else 1), (a_chocolate(), n + 1)]
    labels = [visitor.label for visitor in visitors[:carriers] for _ in range(2)]
    paid = cash(CNY, 16800 * (carriers + 3) + 1250 * carriers * (carriers + 1) // 2)
    return sold(goods, [paid], visitors=visitors, carriers=labels)


def a_sale_without_weight() -> Sale:
    """To Kazakhstan, where weight counts: one thing that no one has weighed, and one that someone has."""
    vase = resolve_scan("Vase", {"zh": "花瓶", "ru": "Ваза", "kk": "Ваза"}, id=7, attributes=Attributes())
    goods: list[Sold] = [(vase, 1), (a_cream(), 1)]
    return sold(goods, [cash(CNY, 71000)], visitors=[mrs_testova()])


SECRETS = ShopSecrets(ShopKeys(*(bytes([n]) * 32 for n in range(1, 6))))
"""The keys of a shop that exists in tests only."""


def rows_of(sale: Sale, shop: Settings | None = None, copy: int = 0) -> tuple[Row, ...]:
    """The receipt of a sale as rows."""
    key = SECRETS.public_name
    sealed = seal(sale, SECRETS.sign, key).text
    lacks = Fonts(FONTS).lacks
    return receipt_rows(sale, shop or the_shop(), the_translators(), the_regimes(), sealed, key, copy, lacks)


def slip_of(sale: Sale, label: str, shop: Settings | None = None, copy: int = 0) -> tuple[Row, ...]:
    """The carry-out slip of a visitor as rows."""
    return slip_rows(sale, label, shop or the_shop(), the_translators(), the_regimes(), copy, Fonts(FONTS).lacks)


def pdf_of(rows: Sequence[Row]) -> bytes:
    """The rows drawn."""
    return strip_pdf(rows, Fonts(FONTS), "T1-000123", "Silk Gate")


def text_of(pdf: bytes) -> str:
    """The text that a reader copies out of the page."""
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
    return page_text(pdf, 0)


def page_text(pdf: bytes, number: int) -> str:
    """The text of one page of several."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[number]
        text = page.get_textpage()
        copied = text.get_text_range().replace("\r\n", "\n")
        text.close()
        page.close()
    return str(copied)


def picture_of(pdf: bytes, dots_per_inch: float = 203) -> Image.Image:
    """The page as a thermal head prints it."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=dots_per_inch / 72, grayscale=True).to_pil().copy()
        page.close()
    return picture
