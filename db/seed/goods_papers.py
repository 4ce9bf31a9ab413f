"""What the demo goods have for papers of the border: brand, model, origin, customs code and unit, by their kind.

The headings are those of the Harmonised System, as far as a category tells them apart.
"""

from __future__ import annotations

from collections.abc import Mapping

from db.seed.goods_origins import CountryOfOrigin
from pos.domain.catalogue.category import any_covers

_ROWS = """
tobacco.cigarette   240220  125
tobacco.heated      240411  125
tobacco.cigar       240210  140
tobacco.cigarillo   240210  140
tobacco.loose       240319  125
vape.device         854340  011
vape.pod            240412  140
alcohol.spirit      2208    142
alcohol.wine        2204    142
alcohol.beer        2203    142
alcohol.liqueur     220870  142
drink               2202    142
food.sweets         1704    136
food.honey          0409    122
food.dairy          0402    136
food.meat           1601    136
food.egg            0407    140
food.fresh          0808    035
food.other          2106    136
cosmetics           3304    007
perfume             3303    142
clothing            6203    011
footwear            6403    025
fur                 4303    011
hide                4302    010
bag                 4202    007
textile             6302    011
jewellery           7113    011
watch               9102    008
electronics.phone   851713  001
electronics.tablet  847130  001
electronics.laptop  847130  001
electronics.other   8518    001
appliance           8509    001
kitchenware         7323    011
furniture           9403    011
toy                 9503    006
book                4901    132
medicine            3004    140
sport               9506    011
seed                1209    125
souvenir            4420    007
other               3923    007
"""
_OF_CATEGORY = {
    category: (hs_code, unit) for category, hs_code, unit in (row.split() for row in _ROWS.strip().splitlines())
}
_WITH_A_MODEL = ("electronics", "appliance", "watch", "vape.device", "sport")
_WITHOUT_BRAND, _WITHOUT_ORIGIN, _WITHOUT_UNIT = 11, 13, 17
"""One in so many goods lacks it, as in a real shop's books."""


def papers_of(code: str, category: str, origin: CountryOfOrigin, brand: str) -> Mapping[str, str]:
    """The fields of one article, the same for the same code."""
    number = int(code[-5:-1])
    hs_code, unit = _OF_CATEGORY.get(category) or _OF_CATEGORY[category.partition(".")[0]]
    fields = {"hs_code": hs_code}
    if number % _WITHOUT_BRAND:
        fields["brand"] = brand
    if brand and any_covers(_WITH_A_MODEL, category):
        fields["model"] = f"{brand[:2].upper()}-{number}"
    if number % _WITHOUT_ORIGIN:
        fields["origin"] = origin.code
    if number % _WITHOUT_UNIT:
        fields["unit"] = unit
    return {name: value for name, value in fields.items() if value}
