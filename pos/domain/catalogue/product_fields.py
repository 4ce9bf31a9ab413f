"""Every field of a product, declared once: catalogue files, the form, the answers and the store follow this table.

Titles in the languages of the window are in `pos/application/text/names.py`, under the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from typing import Any, Protocol

from pos.domain.catalogue.country import THREE_LETTERS, country_coded
from pos.domain.catalogue.customs_code import customs_code, is_customs_code
from pos.domain.catalogue.product import LANGUAGES, Attributes
from pos.domain.catalogue.unit_of_measure import UNITS, unit_called
from pos.domain.errors import BadField, readable
from pos.domain.vat import HIGHEST_VAT, check_vat

LARGEST = 999_999_999
_DECIMALS = 9


class Kind(Enum):
    """What a field holds. A supplier is a name in a file and in the form, and a number in the store.

    A country, a customs code and a unit are kept as codes, and files may have them in other forms.
    """

    TEXT = auto()
    MEASURE = auto()
    COUNT = auto()
    VAT = auto()
    YES_NO = auto()
    CATEGORY = auto()
    PRICE = auto()
    SUPPLIER = auto()
    COUNTRY = auto()
    CUSTOMS_CODE = auto()
    UNIT = auto()


CODED = frozenset({Kind.COUNTRY, Kind.CUSTOMS_CODE, Kind.UNIT})
"""Kinds of texts that are codes; what is no such code is refused."""

_CODES: Mapping[Kind, tuple[Callable[[str], str | None], Callable[[str], bool], str]] = {
    Kind.COUNTRY: (country_coded, THREE_LETTERS.__contains__, "no_such_country"),
    Kind.CUSTOMS_CODE: (customs_code, is_customs_code, "not_a_customs_code"),
    Kind.UNIT: (unit_called, UNITS.__contains__, "not_a_unit"),
}
"""How a code is read, whether a text is one as the store keeps it, and what a refusal says."""


class FormSection(Enum):
    """The section of the product form that has the field."""

    NAMES = auto()
    PRICE = auto()
    CUSTOMS = auto()
    PAPERS = auto()
    SUPPLY = auto()


@dataclass(frozen=True, slots=True)
class ProductField:
    """One field. `longest` is what may be typed, in characters; `most` the largest figure.

    `headers` are names of its column in catalogue files of other programs, separated by commas. `has_zero`: 0 is a
    value; elsewhere a 0 in a file means an unknown value. `is_searched`: goods are found by its text. `on_label`: it is
    printed on the shelf label, or is where the shop wants it, so another text makes the label outdated. `of_allowance`:
    customs asks for it, and it is one of `Attributes`. `on_papers`: papers for the border have it, so the line of a
    sale keeps it as it was on file then. `for_several`: it may be given to several products in one step.
    """

    name: str
    kind: Kind
    section: FormSection
    longest: int
    headers: str = ""
    most: int = LARGEST
    has_zero: bool = False
    is_searched: bool = False
    on_label: bool = False
    of_allowance: bool = False
    on_papers: bool = False
    for_several: bool = False

    @property
    def is_figure(self) -> bool:
        """Whether its column holds numbers, which may have a decimal comma."""
        return self.kind in (Kind.MEASURE, Kind.COUNT, Kind.VAT, Kind.PRICE)

    def check(self, value: Any) -> None:
        """Refuse a value that no product has. Raises BadField naming the field."""
        if value is None:
            return
        if self.kind is Kind.TEXT:
            check_text(self.name, value, self.longest)
        elif self.kind is Kind.MEASURE:
            self._check_measure(value)
        elif self.kind is Kind.COUNT and not (0 if self.has_zero else 1) <= value <= self.most:
            raise BadField(self.name, "out_of_range" if value > 0 or self.has_zero else "not_positive", str(value))
        elif self.kind is Kind.VAT:
            check_vat(value, self.name)
        elif self.kind in CODED and value and not _CODES[self.kind][1](value):
            raise BadField(self.name, _CODES[self.kind][2], readable(value)[:40])

    def tidy(self, text: str) -> str:
        """The text as it is kept. Raises BadField naming the field."""
        kept = self.coded(text) if self.kind in CODED else text
        self.check(kept)
        return kept

    def coded(self, text: str) -> str:
        """The code that a typed text means; empty for an empty one. Raises BadField naming the field."""
        read, _, what = _CODES[self.kind]
        code = read(text) if text.strip() else ""
        if code is None:
            raise BadField(self.name, what, readable(text.strip())[:40])
        return code

    def _check_measure(self, value: Decimal) -> None:
        if self.has_zero and value == 0:
            return
        if not value.is_finite() or value <= 0:
            raise BadField(self.name, "not_positive", str(value)[:40])
        if value > self.most:
            raise BadField(self.name, "out_of_range", str(value)[:40])
        if -int(value.normalize().as_tuple().exponent) > _DECIMALS:
            raise BadField(self.name, "too_many_decimals", str(value)[:40])


BELOW_NET = "below_net"
"""Why a gross weight is refused: with the packaging a piece does not weigh less than its content."""


def is_gross_below_net(attributes: Attributes) -> bool:
    """Whether the weight with the packaging is less than the weight of the content, where both are on file."""
    net, gross = attributes.net_g, attributes.gross_kg
    return net is not None and gross is not None and gross * 1000 < net


def weights_text(attributes: Attributes) -> str:
    """Gross and net weight for the list of rejected rows, as `0.2 kg < 500 g`."""
    return f"{field_text(attributes.gross_kg)} kg < {field_text(attributes.net_g)} g"


def check_weights(attributes: Attributes) -> None:
    """Refuse a gross weight that is below the net weight. Raises BadField naming the gross weight."""
    if is_gross_below_net(attributes):
        raise BadField("gross_kg", BELOW_NET, field_text(attributes.gross_kg) or "")


class Described(Protocol):
    """Something with the fields of a product: a product, its card, a row of a file."""

    @property
    def names(self) -> Mapping[str, str]: ...

    @property
    def attributes(self) -> Attributes: ...


def _name(name: str, headers: str) -> ProductField:
    return ProductField(name, Kind.TEXT, FormSection.NAMES, 200, headers, is_searched=True, on_label=True)


def _measure(
    name: str, headers: str, most: int = LARGEST, *, has_zero: bool = False, for_several: bool = True
) -> ProductField:
    return ProductField(
        name,
        Kind.MEASURE,
        FormSection.CUSTOMS,
        18,
        headers,
        most,
        has_zero=has_zero,
        of_allowance=True,
        for_several=for_several,
    )


def _on_papers(
    name: str,
    kind: Kind,
    longest: int,
    headers: str,
    *,
    is_searched: bool = False,
    on_label: bool = False,
    for_several: bool = True,
) -> ProductField:
    return ProductField(
        name,
        kind,
        FormSection.PAPERS,
        longest,
        headers,
        is_searched=is_searched,
        on_label=on_label,
        on_papers=True,
        for_several=for_several,
    )


FIELDS = (
    _name("name", """
        name, product name, product, title, item name, goods, goods name, item,
        наименование, название, товар, наименование товара, название товара, номенклатура, наименование номенклатуры,
        商品名称, 名称, 品名, 产品名称, 货品名称, 商品名, 商品, 产品名,
        атауы, тауар атауы, тауардың атауы, тауар, аты, тауар аты
    """),
    _name("name_en", """
        english name, name english, name in english, name en, наименование англ, название на английском,
        английское название, 英文名, 英文名称, 英文品名, ағылшынша атауы
    """),
    _name("name_zh", """
        chinese name, name chinese, name in chinese, name zh, наименование кит, название на китайском,
        китайское название, 中文名, 中文名称, 中文品名, қытайша атауы
    """),
    _name("name_ru", """
        russian name, name russian, name in russian, name ru, наименование рус, название на русском, русское название,
        русское наименование, 俄文名, 俄文名称, 俄语名称, орысша атауы
    """),
    _name("name_kk", """
        kazakh name, name kazakh, name in kazakh, name kk, name kz, наименование каз, название на казахском,
        казахское название, 哈文名, 哈萨克文名称, 哈语名称, қазақша атауы
    """),
    ProductField("category", Kind.CATEGORY, FormSection.NAMES, 40, """
        category, categories, product category, item category, goods category, категория, категории, категория товара,
        категория товаров, товарная категория, 类别, 商品类别, 产品类别, 货品类别, 分类, 商品分类, 产品分类, 货品分类,
        品类, 类目, санат, санаты, санаттар, тауар санаты, тауардың санаты
    """, for_several=True),
    ProductField("price", Kind.PRICE, FormSection.PRICE, 18, """
        price, retail price, unit price, sale price, selling price, цена, розничная цена, цена розничная, цена продажи,
        цена за единицу, цена за шт, отпускная цена, 单价, 价格, 零售价, 售价, 销售价, 零售价格, 零售单价, 销售单价,
        баға, бағасы, сату бағасы, бөлшек баға, бөлшек бағасы
    """),
    _measure("ml", "volume ml, ml, объем мл, объём мл, мл, 容量ml, 容量毫升, 毫升, көлемі мл"),
    _measure("abv", """
        abv, alcohol, alcohol pct, alcohol %, alcohol % vol, strength, крепость, крепость %, крепость % об, алкоголь,
        алкоголь %, содержание спирта, 酒精度, 酒精度 %, 度数, 酒精度数, 酒精含量, күштілігі, күштілігі % көл,
        спирт мөлшері
    """, 100, has_zero=True, for_several=False),
    _measure("net_g", """
        net weight g, net weight gram, net g, вес нетто г, масса нетто г, нетто г, вес г, вес гр, вес нетто гр,
        净重g, 净重克, 净含量g, 净含量克, таза салмағы г, нетто салмағы г
    """),
    _measure("gross_kg", """
        gross weight kg, gross kg, вес брутто кг, масса брутто кг, брутто кг, 毛重kg, 毛重公斤, 毛重千克,
        брутто салмағы кг, gross weight, weight gross, вес брутто, масса брутто, брутто, 毛重,
        商品毛重, брутто салмағы, брутто салмақ
    """),
    ProductField("sticks", Kind.COUNT, FormSection.CUSTOMS, 18, """
        sticks, sticks per pack, cigarettes, сигарет в пачке, сигарет, сигарет (стиков) в упаковке, 支数,
        每包支数, 内含支数, сигарет саны, бір данадағы сигарет саны
    """, of_allowance=True),
    ProductField("pieces", Kind.COUNT, FormSection.CUSTOMS, 18, """
        pieces per pack, штук в упаковке, 内含件数, қаптамадағы дана саны
    """, of_allowance=True),
    ProductField("variant", Kind.TEXT, FormSection.CUSTOMS, 40, of_allowance=True),
    ProductField("vat", Kind.VAT, FormSection.CUSTOMS, 8, """
        vat, vat %, tax rate, ндс, ндс %, ставка ндс, 税率, 增值税率, 增值税 %, ққс, ққс %, ққс мөлшерлемесі
    """, HIGHEST_VAT, has_zero=True, for_several=True),
    ProductField("supplier", Kind.SUPPLIER, FormSection.SUPPLY, 80, """
        supplier, vendor, поставщик, 供应商, 供货商, 供货单位, жеткізуші, өнім беруші
    """, for_several=True),
    ProductField("reorder_point", Kind.COUNT, FormSection.SUPPLY, 9, """
        reorder point, reorder level, min stock, minimum stock, точка заказа, минимальный остаток, мин остаток,
        неснижаемый остаток, 最低库存, 安全库存, 补货点, тапсырыс нүктесі, ең аз қалдық
    """, has_zero=True, for_several=True),
    ProductField("shelf", Kind.TEXT, FormSection.SUPPLY, 20, """
        shelf, bin, location, полка, место, ячейка, место хранения, 货架, 货位, 库位, 货架号, сөре, орны
    """, for_several=True),
    ProductField("by_weight", Kind.YES_NO, FormSection.SUPPLY, 3, """
        by weight, весовой, весовой товар, 称重, 称重商品, 散装, салмақпен
    """, for_several=True),
    ProductField("asks_lot", Kind.YES_NO, FormSection.SUPPLY, 3, for_several=True),
    _on_papers("brand", Kind.TEXT, 60, """
        brand, brand name, trade mark, trademark, manufacturer, бренд, марка, торговая марка, товарный знак,
        производитель,
        изготовитель, 品牌, 品牌名称, 商标, 厂牌, 牌子, маркасы, бренді, сауда белгісі, өндіруші
    """, is_searched=True, on_label=True),
    _on_papers("model", Kind.TEXT, 80, """
        model, model or specification, model number, model no, specification, spec, модель, спецификация,
        характеристика, 型号, 规格, 规格型号,
        型号规格, 产品型号, моделі, үлгісі, сипаттамасы
    """, is_searched=True, on_label=True, for_several=False),
    _on_papers("origin", Kind.COUNTRY, 60, """
        country of origin, origin, origin country, made in, country, страна происхождения, страна,
        страна изготовления, страна производства, страна производитель, 原产国, 原产地, 产地, 原产国别, 生产国,
        шыққан елі, шығарылған елі, өндірілген елі
    """, on_label=True),
    _on_papers("hs_code", Kind.CUSTOMS_CODE, 20, """
        hs code, hs, customs code hs, hs number, customs code, tariff code, commodity code, код тн вэд, тн вэд, тнвэд,
        код тнвэд, код тн вэд еаэс, таможенный код, 海关编码, hs编码, 税号, 税则号列, 商品税号, 海关商品编码,
        сэқ тн коды, тн вэд коды, кедендік код
    """),
    _on_papers("unit", Kind.UNIT, 20, """
        unit, unit code, unit of measure, customs unit, uom, единица измерения, единица, ед изм, базовая единица,
        код единицы измерения, 单位, 计量单位, 申报单位, 计量单位代码, өлшем бірлігі, бірлігі, өлш бірл
    """),
)  # fmt: skip

BY_NAME: Mapping[str, ProductField] = {field.name: field for field in FIELDS}
NAMES = ("name", *(f"name_{language}" for language in LANGUAGES))
CUSTOMS_ATTRIBUTES = tuple(field.name for field in FIELDS if field.of_allowance)
"""What customs wants to know of one unit: the fields of `Attributes`, in their order."""

OWN = tuple(
    field.name
    for field in FIELDS
    if not field.of_allowance and field.name not in NAMES and field.kind not in (Kind.CATEGORY, Kind.PRICE)
)
"""Fields that a product, its card and a row of a file have under the same name, each a plain value."""

SEVERAL = tuple(field.name for field in FIELDS if field.for_several)
"""What may be given to several products in one step."""

SEARCHED = tuple(field.name for field in FIELDS if field.is_searched)
ON_LABEL = tuple(field.name for field in FIELDS if field.on_label)
LABEL_DETAILS = tuple(name for name in ON_LABEL if name not in NAMES)
"""What stands on a label beside the names where the shop wants it."""

ON_PAPERS = tuple(field.name for field in FIELDS if field.on_papers)
"""What papers for the border have of goods as they were sold."""

TEXTS = frozenset(field.name for field in FIELDS if field.kind is Kind.TEXT or field.kind in CODED)
"""Fields that hold a text."""


def value_of(goods: Described, name: str) -> Any:
    """The value of a field; None or an empty text where there is none."""
    if name in CUSTOMS_ATTRIBUTES:
        return getattr(goods.attributes, name)
    if name in NAMES and name != "name":
        return goods.names.get(name.removeprefix("name_"))
    return getattr(goods, name)


def paper_details(goods: Described) -> dict[str, str]:
    """What is on file of goods for the papers of the border, by field."""
    return {name: value for name in ON_PAPERS if (value := value_of(goods, name))}


def longest(name: str) -> int:
    """How many characters a field may have."""
    return BY_NAME[name].longest


def field_text(value: object) -> str | None:
    """A value of a product as its history and its files have it."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def check_text(field: str, text: str, most: int) -> None:
    """Refuse a text that is too long or cannot be printed. Raises BadField naming `field`."""
    if len(text) > most:
        raise BadField(field, "too_long", text[:40])
    if not text.isprintable():
        raise BadField(field, "not_a_text", readable(text)[:40])
