"""Known column names of catalogue files in Chinese, Russian, Kazakh and English."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.tables.table_header import bare

_NAMES: Mapping[str, str] = {
    "code": """
        barcode, bar code, ean, ean13, ean-13, ean8, gtin, upc, jan, barcode number, ean code, product barcode,
        штрихкод, штрих-код, штрих код, шк, баркод, штрихкод товара, код ean, ean код,
        条码, 条形码, 商品条码, 国际条码, 条码号, 商品条形码, 69码, баркоды, штрих-коды, штрихкоды, тауар штрихкоды
    """,
    "name": """
        name, product name, product, title, item name, goods, goods name, item,
        наименование, название, товар, наименование товара, название товара, номенклатура, наименование номенклатуры,
        商品名称, 名称, 品名, 产品名称, 货品名称, 商品名, 商品, 产品名,
        атауы, тауар атауы, тауардың атауы, тауар, аты, тауар аты
    """,
    "name_en": """
        english name, name english, name en, наименование англ, название на английском, английское название,
        英文名, 英文名称, 英文品名, ағылшынша атауы
    """,
    "name_zh": """
        chinese name, name chinese, name zh, наименование кит, название на китайском, китайское название,
        中文名, 中文名称, 中文品名, қытайша атауы
    """,
    "name_ru": """
        russian name, name russian, name ru, наименование рус, название на русском, русское название,
        русское наименование, 俄文名, 俄文名称, 俄语名称, орысша атауы
    """,
    "name_kk": """
        kazakh name, name kazakh, name kk, name kz, наименование каз, название на казахском, казахское название,
        哈文名, 哈萨克文名称, 哈语名称, қазақша атауы
    """,
    "price": """
        price, retail price, unit price, sale price, selling price, цена, розничная цена, цена розничная, цена продажи,
        цена за единицу, цена за шт, отпускная цена, 单价, 价格, 零售价, 售价, 销售价, 零售价格, 零售单价, 销售单价,
        баға, бағасы, сату бағасы, бөлшек баға, бөлшек бағасы
    """,
    "currency": "currency, валюта, 货币, 币种, валютасы",
    "ml": "volume ml, ml, объем мл, объём мл, мл, 容量ml, 容量毫升, 毫升, көлемі мл",
    "abv": """
        abv, alcohol, alcohol pct, alcohol %, strength, крепость, крепость %, алкоголь, алкоголь %, содержание спирта,
        酒精度, 度数, 酒精度数, 酒精含量, күштілігі, спирт мөлшері
    """,
    "net_g": """
        net weight g, net weight gram, net g, вес нетто г, масса нетто г, нетто г, вес г, вес гр, вес нетто гр,
        净重g, 净重克, 净含量g, 净含量克, таза салмағы г, нетто салмағы г
    """,
    "gross_kg": """
        gross weight kg, gross kg, вес брутто кг, масса брутто кг, брутто кг, 毛重kg, 毛重公斤, 毛重千克,
        брутто салмағы кг
    """,
    "sticks": "sticks, cigarettes, сигарет в пачке, сигарет, 支数, 每包支数, сигарет саны",
    "on_hand": """
        on hand, stock, qty, quantity, in stock, остаток, остатки, количество, кол-во, наличие, остаток шт, кол-во шт,
        库存, 数量, 库存数量, 库存量, қалдық, қалдығы, саны
    """,
    "vat": "vat, vat %, tax rate, ндс, ндс %, ставка ндс, 税率, 增值税率, ққс, ққс %, ққс мөлшерлемесі",
    "supplier": "supplier, vendor, поставщик, 供应商, 供货商, 供货单位, жеткізуші, өнім беруші",
    "reorder_point": """
        reorder point, reorder level, min stock, minimum stock, точка заказа, минимальный остаток, мин остаток,
        неснижаемый остаток, 最低库存, 安全库存, 补货点, тапсырыс нүктесі, ең аз қалдық
    """,
    "shelf": "shelf, bin, location, полка, место, ячейка, место хранения, 货架, 货位, 库位, 货架号, сөре, орны",
    "by_weight": "by weight, весовой, весовой товар, 称重, 称重商品, 散装, салмақпен",
    "codes": """
        further codes, other codes, other barcodes, дополнительные штрихкоды, доп штрихкоды, другие штрихкоды,
        其他条码, 附加条码, қосымша штрихкодтар
    """,
}

_SECOND_BEST = """
    sku, product code, item code, item no, item number, article, article number, код, код товара, артикул,
    код номенклатуры, 货号, 编码, 商品编码, 商品编号, 编号, 产品编码, код тауара, тауар коды, коды, артикулы
"""
"""Internal numbers of the other shop: used as codes where there is no barcode column."""

CURRENCY_HEADERS = {
    "CNY": ("cny", "元", "人民币", "rmb", "¥", "￥", "юань", "юаней"),
    "KZT": ("kzt", "тг", "тенге", "теңге", "₸", "坚戈"),
    "USD": ("usd", "$", "美元", "долл"),
    "EUR": ("eur", "€", "欧元", "евро"),
    "RUB": ("rub", "руб", "рублей", "₽", "卢布"),
}
"""How the name of a price column may end, by currency; never by the name of a currency of another country, as *сом*."""
_ENDINGS = {ending: code for code, endings in CURRENCY_HEADERS.items() for ending in endings}
_PUNCTUATION = str.maketrans("", "", "()（）[]【】.,:;/\\№#*\"'«»·—–|")


def column_key(text: str) -> str:
    """The normalised name of a column: case, blanks and punctuation between words make no difference."""
    return bare(text).translate(_PUNCTUATION)


_KNOWN = {column_key(name): column for column, names in _NAMES.items() for name in names.split(",")}
_SECOND = frozenset(column_key(name) for name in _SECOND_BEST.split(","))


def column_called(text: str, currency: str) -> str | None:
    """The column of this name in a shop that prices in `currency`; None where it is unknown.

    A currency in the name decides: `Цена, тг` is no price in a shop that prices in yuan.
    """
    key = column_key(text)
    if key in _KNOWN:
        return _KNOWN[key]
    for ending, code in _ENDINGS.items():
        if key.endswith(ending) and _KNOWN.get(key.removesuffix(ending)) == "price":
            return "price" if code == currency else None
    return None


def is_second_best(text: str) -> bool:
    """Whether a column of this name holds codes when there is no barcode column."""
    return column_key(text) in _SECOND
