"""The well-known articles of the demo shop: codes and figures that the README and the tests name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from db.seed.goods_item import DemoGoods
from db.seed.goods_kind import words
from db.seed.goods_origins import ORIGINS
from db.seed.goods_papers import papers_of
from db.seed.price_list import PriceList
from pos.domain.catalogue.product import Attributes

_ROWS: tuple[tuple[str, str, str, str, str, int], ...] = (
    # code, category, price in the list, attributes of one unit, names (en | zh | ru | kk), on hand
    ("4870204320060", "food.sweets", "48.00", "net_g=1000 gross_kg=1.040",
     "Assorted sweets 1 kg | 什锦糖果 1 kg |"
     " Конфеты ассорти 1 кг | Ассорти кәмпит 1 кг", 160),
    ("4870204320206", "food.honey", "88.00", "net_g=1000 gross_kg=1.150",
     "Steppe honey 1 kg | 草原蜂蜜 1 kg |"
     " Мёд степной 1 кг | Дала балы 1 кг", 120),
    ("4870204320374", "food.dairy", "198.00", "net_g=400 gross_kg=0.500",
     "Camel milk powder 400 g | 骆驼奶粉 400 g |"
     " Молоко верблюжье сухое 400 г | Құрғақ түйе сүті 400 г", 90),
    ("3346204308755", "perfume", "860.00", "ml=50 gross_kg=0.320",
     "French perfume 50 ml | 法国香水 50 ml |"
     " Духи французские 50 мл | Француз иіссуы 50 мл", 40),
    ("6901204300016", "other", "1.00", "gross_kg=0.020",
     "Shopping bag | 购物袋 |"
     " Пакет | Пакет", 200),
    ("4870204321111", "alcohol.spirit", "450.00", "ml=700 abv=40 gross_kg=1.350",
     "Cognac 5★ 0.7 L | 白兰地 5★ 0.7 L |"
     " Коньяк 5★ 0,7 л | Коньяк 5★ 0,7 л", 96),
    ("4870204320114", "alcohol.spirit", "168.00", "ml=500 abv=40 gross_kg=1.000",
     "Cognac 5★ 0.5 L | 白兰地 5★ 0.5 L |"
     " Коньяк 5★ 0,5 л | Коньяк 5★ 0,5 л", 140),
    ("4860204301183", "alcohol.spirit", "420.00", "ml=700 abv=40 gross_kg=1.340",
     "Georgian cognac 0.7 L | 格鲁吉亚白兰地 0.7 L |"
     " Коньяк грузинский 0,7 л | Грузин коньягы 0,7 л", 80),
    ("8801204309072", "cosmetics.premium", "680.00", "ml=50 gross_kg=0.180",
     "Face cream 50 ml | 面霜 50 ml |"
     " Крем для лица 50 мл | Бет кремі 50 мл", 60),
    ("4870204320145", "food.sweets", "12.50", "net_g=100 gross_kg=0.110",
     "Dark chocolate 100 g | 黑巧克力 100 g |"
     " Шоколад тёмный 100 г | Қара шоколад 100 г", 200),
    ("4607204303508", "tobacco.cigarette", "260.00", "sticks=200 net_g=140 gross_kg=0.250",
     "Cigarettes, carton of 200 | 香烟 整条 200 支 |"
     " Сигареты, блок 200 шт. | Темекі, 200 даналық блок", 150),
    ("4607204303515", "tobacco.cigarette", "27.00", "sticks=20 net_g=14 gross_kg=0.022",
     "Cigarettes, pack of 20 | 香烟 20 支 |"
     " Сигареты, пачка 20 шт. | Темекі, 20 даналық қорап", 200),
    ("7630204322047", "watch", "5660.00", "gross_kg=0.310",
     "Mechanical watch 40 mm | 机械腕表 40 mm |"
     " Часы механические 40 мм | Механикалық сағат 40 мм", 6),
    ("8500204306318", "tobacco.cigar", "198.00", "sticks=6 pieces=6 net_g=54 gross_kg=0.120",
     "Cigars, box of 6 | 雪茄 6 支装 |"
     " Сигары, коробка 6 шт. | Сигара, 6 даналық қорап", 45),
    ("6901204373423", "vape.pod", "99.00", "pieces=2 gross_kg=0.040",
     "Vape pods, 2 pcs | 电子烟弹 2 枚装 |"
     " Картриджи для вейпа, 2 шт. | Вейп картридждері, 2 дана", 70),
    ("6921204344032", "fur", "12800.00", "gross_kg=2.600 variant=mink",
     "Mink coat, long | 貂皮大衣 长款 |"
     " Шуба норковая длинная | Қаракүзен тон, ұзын", 4),
    ("6934204300083", "textile", "320.00", "gross_kg=6.000",
     "Winter bedding set | 冬季床上用品套装 |"
     " Комплект постельный зимний | Қысқы төсек жинағы", 50),
    ("6934204300786", "textile", "390.00", "gross_kg=5.200",
     "Bedding set, satin | 缎面床上四件套 |"
     " Бельё постельное, сатин | Төсек жаймасы, сәтен", 64),
    ("6941204308001", "electronics.phone", "1990.00", "gross_kg=0.420",
     "Smartphone 128 GB | 智能手机 128 GB |"
     " Смартфон 128 ГБ | Смартфон 128 ГБ", 18),
    ("6921204344100", "clothing", "1680.00", "gross_kg=1.400",
     "Men's down jacket, long | 男士长款羽绒服 |"
     " Пуховик мужской, длинный | Ерлерге арналған ұзын мамық күртеше", 22),
    ("6921204345268", "clothing", "1860.00", "gross_kg=1.300",
     "Women's down jacket, hooded | 女士连帽羽绒服 |"
     " Пуховик женский, с капюшоном | Әйелдерге арналған капюшонды мамық күртеше", 20),
    ("6950204333166", "kitchenware", "620.00", "pieces=3 gross_kg=5.600",
     "Pan set, 3 pcs | 煎锅三件套 |"
     " Набор сковород, 3 предмета | Таба жинағы, 3 дана", 30),
    ("6970204300524", "appliance", "980.00", "gross_kg=4.100",
     "Robot vacuum cleaner | 扫地机器人 |"
     " Робот-пылесос | Робот-шаңсорғыш", 12),
    ("6941204308834", "appliance", "760.00", "gross_kg=4.800",
     "Multicooker 5 L | 多功能锅 5 L |"
     " Мультиварка 5 л | Мультипісіргіш 5 л", 25),
    ("6902204377190", "toy", "245.00", "gross_kg=1.100",
     "Children's building set | 儿童积木 |"
     " Конструктор детский | Балаларға арналған құрастырғыш", 48),
    ("4780204300682", "food.other", "42.00", "net_g=500 gross_kg=0.540",
     "Dried apricots 500 g | 杏干 500 g |"
     " Курага 500 г | Кептірілген өрік 500 г", 110),
    ("4870204305180", "textile", "180.00", "gross_kg=1.250",
     "Felt rug 60 × 90 cm | 毛毡毯 60 × 90 cm |"
     " Коврик войлочный 60 × 90 см | Киіз кілемше 60 × 90 см", 35),
    ("4607204301436", "souvenir", "98.00", "gross_kg=0.360",
     "Nesting doll, 5 pcs | 五件套娃 |"
     " Матрёшка, 5 кукол | Матрёшка, 5 қуыршақ", 75),
    ("4860204302227", "alcohol.wine", "96.00", "ml=750 abv=12.5 gross_kg=1.280",
     "Georgian red wine 0.75 L | 格鲁吉亚红葡萄酒 0.75 L |"
     " Вино грузинское красное 0,75 л | Грузин қызыл шарабы 0,75 л", 130),
    ("6901204355207", "cosmetics.ordinary", "36.00", "ml=400 gross_kg=0.450",
     "Shampoo 400 ml | 洗发水 400 ml |"
     " Шампунь 400 мл | Сусабын 400 мл", 85),
)  # fmt: skip

_ORIGINS = {prefix: origin.code for origin in ORIGINS.values() for prefix in origin.prefixes}
_BRANDS = {
    "KZ": "Nurlykol", "CN": "Yunting", "RU": "Yaroslad", "GE": "Vardoria", "FR": "Clarigny", "KR": "Haesae",
    "CH": "Falkstedt", "CU": "Rosaluna", "UZ": "Dalannar",
}  # fmt: skip
"""The invented brand of each country's articles."""

FEATURED = tuple(row[0] for row in _ROWS)
"""Codes of the well-known articles, in the order of the rows above: the quick keys come first.

The README, the pictures and the tests name these figures; they change only together.
"""

QUICK_KEYS = FEATURED[:5]
"""The keys of the checkout: sweets, honey 1 kg, camel milk, perfume, shopping bag."""


def featured_goods(prices: PriceList) -> Iterator[DemoGoods]:
    """The well-known articles, in the order of FEATURED."""
    for code, category, price, attributes, names, on_hand in _ROWS:
        made_in = _ORIGINS[int(code[:3])]
        papers = papers_of(code, category, ORIGINS[made_in], _BRANDS.get(made_in, ""))
        yield DemoGoods(
            code,
            (code,),
            words(names)._asdict(),
            category,
            prices.tag(int(price.replace(".", ""))),
            _attributes(attributes),
            on_hand,
            papers,
        )


def _attributes(written: str) -> Attributes:
    attributes = dict(part.split("=") for part in written.split())
    ml, abv, net_g, gross_kg = (
        Decimal(attributes[n]) if n in attributes else None for n in ("ml", "abv", "net_g", "gross_kg")
    )
    sticks, pieces = (int(attributes[n]) if n in attributes else None for n in ("sticks", "pieces"))
    return Attributes(ml, abv, net_g, gross_kg, sticks, pieces, attributes.get("variant"))
