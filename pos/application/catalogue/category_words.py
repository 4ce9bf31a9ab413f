"""What other programs and people call our categories, in Chinese, Russian, Kazakh and English.

The names of the window (`CATEGORIES`) are among the words; a test compares them with the translations. A word that
could mean two categories is in no list of these: `Food` and `Alcohol` are refused rather than guessed, since a limit
hangs on the leaf, and the refusal names the leaves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pos.domain.catalogue.category import LEAVES, covers, is_leaf

WORDS: Mapping[str, str] = {
    "tobacco.cigarette": """
        cigarettes, cigarette, сигареты, сигарета, папиросы, 香烟, 卷烟, 纸烟, сигарет, сигареттер, темекі сигареті
    """,
    "tobacco.heated": """
        heated tobacco, tobacco sticks, heets, iqos sticks, нагреваемый табак, стики, табачные стики,
        加热烟, 加热烟草, 加热不燃烧烟, қыздырылатын темекі, темекі стиктері
    """,
    "tobacco.cigar": "cigars, cigar, сигары, сигара, 雪茄, 雪茄烟, сигаралар",
    "tobacco.cigarillo": "cigarillos, cigarillo, сигариллы, сигарилла, сигариллалар, 小雪茄",
    "tobacco.loose": """
        loose tobacco, pipe tobacco, rolling tobacco, hookah tobacco, рассыпной табак, развесной табак, трубочный табак,
        табак для трубки, табак для кальяна, кальянный табак, 烟丝, 手卷烟丝, 水烟, үгілген темекі
    """,
    "vape.device": """
        vape devices, vape device, e-cigarette devices, устройства для вейпа, устройство для вейпа,
        电子烟具, 电子烟设备, 电子烟主机, вейп құрылғылары, вейп құрылғысы
    """,
    "vape.pod": """
        vape pods, vape pod, vape cartridges, vape liquid, e-liquid, картриджи для вейпа, картридж для вейпа,
        жидкость для вейпа, жидкости для вейпа, 烟弹, 烟油, 电子烟油, вейп картридждері, вейп сұйықтығы
    """,
    "alcohol.spirit": """
        spirits, spirit, strong alcohol, liquor, hard liquor, vodka, whisky, whiskey, cognac, brandy, rum, gin, tequila,
        baijiu, крепкие напитки, крепкий алкоголь, водка, виски, коньяк, бренди, ром, джин, текила, арак, байцзю,
        烈酒, 白酒, 伏特加, 威士忌, 白兰地, 干邑, 朗姆酒, 金酒, 龙舌兰, 洋酒,
        күшті ішімдіктер, күшті алкоголь, арақ, коньяк өнімдері
    """,
    "alcohol.wine": """
        wine, wines, red wine, white wine, sparkling wine, champagne, вино, вина, вина и шампанское, шампанское,
        игристое вино, игристые вина, красное вино, белое вино, 葡萄酒, 红酒, 红葡萄酒, 白葡萄酒, 香槟, 起泡酒,
        шарап, шараптар
    """,
    "alcohol.beer": "beer, beers, lager, ale, cider, пиво, сидр, эль, 啤酒, 精酿啤酒, сыра, сыралар",
    "alcohol.liqueur": "liqueurs, liqueur, ликёры, ликёр, 利口酒, 力娇酒, ликерлер",
    "drink": """
        drinks, drink, beverages, beverage, soft drinks, non-alcoholic drinks, non-alcoholic beverages, water, juice,
        juices, lemonade, напитки, безалкогольные напитки, газированные напитки, вода, соки, сок, соки и воды, лимонад,
        минеральная вода, безалкогольное пиво, non-alcoholic beer,
        饮料, 软饮料, 软饮, 碳酸饮料, 果汁, 矿泉水, 饮用水, 水饮, 无酒精饮料, 饮品,
        сусындар, сусын, алкогольсіз сусындар, шырындар, шырын, су
    """,
    "food.sweets": """
        sweets, sweet, candy, candies, confectionery, chocolate, chocolates, biscuits, cookies,
        сладости, конфеты, кондитерские изделия, кондитерка, шоколад, печенье, карамель, шоколад и конфеты,
        糖果, 巧克力, 饼干, 甜食, 甜品, 糖果巧克力, 糖果零食, тәттілер, кәмпиттер, кәмпит,
        кондитерлік өнімдер
    """,
    "food.honey": "honey, мёд, мед и продукты пчеловодства, 蜂蜜, 蜂产品, бал, бал өнімдері",
    "food.dairy": """
        dairy, dairy products, milk, milk products, cheese, молочные продукты, молочная продукция, молочка, молоко,
        сыры, кисломолочные продукты, 乳制品, 奶制品, 牛奶, 奶酪, 奶粉, 乳品, сүт өнімдері, сүт, ірімшік
    """,
    "food.meat": """
        meat, meat products, sausages, sausage, мясо, мясные продукты, мясные изделия, колбаса, колбасы,
        колбасные изделия, 肉类, 肉制品, 香肠, 肉, ет, ет өнімдері, шұжық, шұжық өнімдері
    """,
    "food.egg": "eggs, egg, яйца, яйцо, 蛋类, 鸡蛋, 蛋, 蛋品, жұмыртқа, жұмыртқалар",
    "food.fresh": """
        fruit and vegetables, fruits and vegetables, fruit & vegetables, fruits, fruit, vegetables, fresh fruit,
        фрукты и овощи, овощи и фрукты, фрукты, овощи, 果蔬, 水果, 蔬菜, 水果蔬菜, 蔬菜水果, 生鲜果蔬,
        жеміс-көкөніс, жемістер мен көкөністер, жемістер, көкөністер, жеміс, көкөніс
    """,
    "food.other": """
        other food, other foods, groceries, grocery, snacks, nuts, dried fruit, tea, coffee, tea and coffee,
        pasta, bread, cereals, прочие продукты, другие продукты, бакалея, снеки, орехи,
        сухофрукты, чай, кофе, чай и кофе, чай кофе, крупы, макароны, хлеб, специи, 其他食品, 零食, 坚果, 干果,
        茶叶, 茶, 咖啡, 方便面, 粮油, 调味品,
        басқа азық-түлік, жаңғақтар, кептірілген жемістер, шай, кофе мен шай, нан, жармалар
    """,
    "cosmetics.ordinary": """
        everyday cosmetics, ordinary cosmetics, toiletries, обычная косметика, косметика обычная, косметика массовая,
        soap, shampoo, hygiene, мыло, шампуни, шампунь, гигиена, средства гигиены, зубная паста, 肥皂, 洗发水, 牙膏,
        сабын, сусабын, гигиена құралдары,
        普通化妆品, 日化用品, 个人护理, 洗护用品, күнделікті косметика, қарапайым косметика
    """,
    "cosmetics.premium": """
        premium cosmetics, luxury cosmetics, премиальная косметика, косметика премиум, косметика люкс,
        高档化妆品, 高端化妆品, 奢侈化妆品, премиум косметика
    """,
    "perfume": """
        perfume, perfumes, fragrance, fragrances, perfumery, парфюмерия, духи, парфюм, туалетная вода,
        香水, 香氛, иіссу, парфюм өнімдері
    """,
    "clothing": """
        clothing, clothes, apparel, garments, socks, hats, underwear, одежда, трикотаж, носки,
        бельё, шапки, головные уборы, 袜子, 帽子, 内衣, 服装, 衣服, 服饰, 男装, 女装, 童装, киім, киімдер
    """,
    "footwear": "footwear, shoes, обувь, туфли, 鞋类, 鞋, 鞋子, 鞋靴, аяқ киім, аяқкиімдер",
    "fur": "furs, fur, fur coats, меха, мех, шубы, меховые изделия, 裘皮, 皮草, 裘皮制品, аң терісінен бұйымдар, тон",
    "hide": "hides, raw hides, шкуры, шкура, сырые шкуры, 生皮, 皮张, тері шикізаты",
    "bag": """
        bags, bag, luggage, suitcases, сумки, сумка, чемоданы, сумки и чемоданы, 箱包, 包, 手提包, 行李箱,
        сөмкелер, сөмке, шабадандар
    """,
    "textile": """
        bedding and textiles, textiles, textile, bedding, home textiles, towels, постельное бельё и текстиль, текстиль,
        домашний текстиль, постельное бельё, полотенца, 床品与纺织品, 纺织品, 家纺, 床上用品, 毛巾,
        төсек жабдығы мен тоқыма, тоқыма, тоқыма бұйымдары
    """,
    "jewellery": """
        jewellery, jewelry, ювелирные изделия, украшения, ювелирные украшения, 首饰, 珠宝, 珠宝首饰, 饰品,
        зергерлік бұйымдар
    """,
    "watch": "watches, watch, wristwatches, часы, наручные часы, 手表, 钟表, 腕表, қол сағаттары, сағаттар, қол сағаты",
    "electronics.phone": """
        phones, phone, mobile phones, smartphones, smartphone, телефоны, телефон, смартфоны, мобильные телефоны,
        手机, 智能手机, 移动电话, телефондар, смартфондар
    """,
    "electronics.tablet": "tablets, tablet, tablet computers, планшеты, планшет, 平板电脑, 平板, планшеттер",
    "electronics.laptop": """
        laptops, laptop, notebooks, notebook computers, ноутбуки, ноутбук, 笔记本电脑, 笔记本, 手提电脑, ноутбуктер
    """,
    "electronics.other": """
        other electronics, headphones, chargers, cables, наушники, зарядные устройства, аксессуары для телефонов, 耳机,
        充电器, 数据线, құлаққаптар, прочая электроника, другая электроника, 其他电子产品, 其他数码, басқа электроника
    """,
    "appliance": """
        household appliances, home appliances, appliances, бытовая техника, 家用电器, 家电, 小家电, тұрмыстық техника
    """,
    "kitchenware": """
        kitchenware, cookware, tableware, dishes, кухонная посуда, посуда, 厨具, 餐具, 厨房用品, 炊具, ас үй ыдыстары,
        ыдыс-аяқ
    """,
    "furniture": "furniture, мебель, 家具, жиһаз",
    "toy": "toys, toy, игрушки, игрушка, детские игрушки, 玩具, 儿童玩具, ойыншықтар, ойыншық",
    "book": "books, book, книги, книга, 图书, 书籍, 书, кітаптар, кітап",
    "medicine": """
        medicines, medicine, drugs, pharmacy, лекарства, медикаменты, лекарственные средства, аптека, 药品, 医药, 药,
        中成药, дәрі-дәрмек, дәрілер
    """,
    "sport": """
        sports goods, sport, sports, sporting goods, спорттовары, товары для спорта, спортивные товары,
        体育用品, 运动用品, спорт тауарлары
    """,
    "seed": "seeds, seed, семена, 种子, тұқымдар, тұқым",
    "souvenir": "souvenirs, souvenir, gifts, сувениры, сувенир, подарки и сувениры, 纪念品, кәдесыйлар, кәдесый",
    "other": """
        other goods, household goods, household chemicals, stationery, tools, shopping bags, carrier bags, packaging,
        pet supplies, flowers, прочие товары, другие товары, прочее, хозтовары, хозяйственные товары, бытовая химия,
        канцтовары, канцелярия, инструменты, пакеты, пакет, упаковка, зоотовары, автотовары, цветы,
        其他商品, 其他, 日用品, 文具, 工具, 购物袋, 塑料袋, 清洁用品, 宠物用品, басқа тауарлар, шаруашылық тауарлары,
        кеңсе тауарлары, құралдар, пакеттер
    """,
}

WIDE_WORDS: Mapping[str, str] = {
    "tobacco": """
        tobacco, tobacco products, табак, табачные изделия, табачная продукция, 烟草, 烟草制品, темекі, темекі өнімдері
    """,
    "vape": "vapes, vape, вейпы, вейп, 电子烟, вейптер",
    "alcohol": """
        alcohol, alcoholic drinks, alcoholic beverages, алкоголь, алкогольные напитки, алкогольная продукция, спиртное,
        酒, 酒类, ішімдік, ішімдіктер, алкогольді ішімдіктер
    """,
    "food": """
        food, foods, foodstuffs, продукты, продукты питания, пищевые продукты, продовольствие, еда, 食品, 食物,
        азық-түлік, тамақ, тағам
    """,
    "cosmetics": "cosmetics, beauty, косметика, косметические средства, 化妆品, 美妆, 护肤品, косметикалық өнімдер",
    "electronics": "electronics, gadgets, электроника, гаджеты, 电子产品, 数码, 数码产品",
}
"""Words for a branch, which do not say which of its leaves is meant."""

_PUNCTUATION = re.compile(r"[\W_]+")
_STEPS = re.compile(r"[/\\>|»→]+|::")
"""What separates the groups in a path, as `Alcohol / Wine`."""


def category_key(text: str) -> str:
    """A name of a category as it is compared: case, blanks and punctuation make no difference, ё is е."""
    return _PUNCTUATION.sub("", text.casefold()).replace("ё", "е")


_KNOWN = {
    **{category_key(leaf): leaf for leaf in LEAVES},
    **{category_key(word): leaf for leaf, words in WORDS.items() for word in words.split(",")},
}


_WIDE = {category_key(word): branch for branch, words in WIDE_WORDS.items() for word in words.split(",")}


def leaves_of_word(text: str) -> tuple[str, ...]:
    """The leaves among which a word for a whole branch leaves the choice; empty for every other word."""
    branch = _WIDE.get(category_key(text))
    return () if branch is None else tuple(leaf for leaf in LEAVES if covers(branch, leaf))


@lru_cache(maxsize=4096)
def category_called(text: str) -> str | None:
    """The leaf that a file means; None for what is unknown or could mean several.

    Of a path (`Alcohol / Wine`) the last name counts, unless another name in it is a different category.
    """
    name = text.strip()
    if is_leaf(name):
        return name
    whole = _KNOWN.get(category_key(name))
    if whole is not None:
        return whole
    steps = [_KNOWN.get(category_key(step)) for step in _STEPS.split(name)]
    return steps[-1] if len({leaf for leaf in steps if leaf is not None}) == 1 else None
