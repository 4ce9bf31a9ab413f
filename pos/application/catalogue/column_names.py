"""Known column names of catalogue files in Chinese, Russian, Kazakh and English."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.tables.raw_table import bare
from pos.domain.catalogue.product_fields import FIELDS
from pos.domain.money import CURRENCIES

_NAMES: Mapping[str, str] = {
    **{field.name: field.headers for field in FIELDS if field.headers},
    "code": """
        barcode, bar code, ean, ean13, ean-13, ean8, gtin, upc, jan, barcode number, ean code, product barcode,
        штрихкод, штрих-код, штрих код, шк, баркод, штрихкод товара, код ean, ean код,
        条码, 条形码, 商品条码, 国际条码, 条码号, 商品条形码, 69码, баркоды, штрих-коды, штрихкоды, тауар штрихкоды
    """,
    "currency": "currency, валюта, 货币, 币种, валютасы",
    "on_hand": """
        on hand, stock, qty, quantity, in stock, остаток, остатки, количество, кол-во, наличие, остаток шт, кол-во шт,
        quantity in stock, 库存, 数量, 库存数量, 库存量, қалдық, қалдығы, саны
    """,
    "codes": """
        further codes, other codes, other barcodes, дополнительные штрихкоды, доп штрихкоды, другие штрихкоды,
        其他条码, 附加条码, қосымша штрихкодтар
    """,
}

_SECOND_BEST: Mapping[str, str] = {
    "code": """
        sku, product code, item code, item no, item number, article, article number, код, код товара, артикул,
        код номенклатуры, 货号, 编码, 商品编码, 商品编号, 编号, 产品编码, код тауара, тауар коды, коды, артикулы
    """,
    "category": """
        category name, product group, goods group, item group, название категории, товарная группа, группа товара,
        группа товаров, 分类名称, 类别名称, 商品类型, 商品种类, санат атауы, тауар тобы, тауар түрі
    """,
}
"""What stands for a column where the file has no better one: internal numbers of another shop, its groups of goods."""

_PUNCTUATION = str.maketrans("", "", "()（）[]【】.,:;/\\№#*\"'«»·—–|")


def column_key(text: str) -> str:
    """The normalised name of a column: case, blanks and punctuation between words make no difference."""
    return bare(text).translate(_PUNCTUATION)


_KNOWN = {column_key(name): column for column, names in _NAMES.items() for name in names.split(",")}
_SECOND = {column_key(name): column for column, names in _SECOND_BEST.items() for name in names.split(",")}


def column_called(text: str, currency: str) -> str | None:
    """The column of this name in a shop that prices in `currency`; None where it is unknown.

    A currency in the name decides: `Цена, тг` is no price in a shop that prices in yuan.
    """
    key = column_key(text)
    if key in _KNOWN:
        return _KNOWN[key]
    for of in CURRENCIES.values():
        for ending in (of.code.lower(), of.symbol, *of.headers):
            if key.endswith(ending) and _KNOWN.get(key.removesuffix(ending)) == "price":
                return "price" if of.code == currency else None
    return None


def second_best(text: str) -> str | None:
    """The column that one of this name stands for when the file has no better one."""
    return _SECOND.get(column_key(text))
