"""The goods of the demo shop: about ten thousand believable articles, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from random import Random

from db.seed.goods_featured import FEATURED, QUICK_KEYS, featured_goods
from db.seed.goods_item import DemoGoods
from db.seed.goods_kind import GoodsKind, read_kinds
from db.seed.goods_names import label
from db.seed.goods_origins import ORIGINS, CountryOfOrigin, brands_of
from db.seed.goods_papers import papers_of
from db.seed.goods_sizes import GoodsSize, size
from db.seed.price_list import PriceList
from pos.domain.border import border_in_force
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.product import Attributes


class Barcodes:
    """Gives out codes, each once. Codes of one brand share the maker's number, as on real shelves."""

    def __init__(self, random: Random, taken: Iterable[str] = ()) -> None:
        self._random = random
        self._taken = set(taken)
        self._makers: dict[tuple[str, str], str] = {}
        self._last: dict[str, int] = {}

    def ean13(self, origin: CountryOfOrigin, brand: str) -> str:
        """The next article number of `brand`. American goods bear UPC-A, which is kept as 13 digits with a 0 before."""
        maker = self._maker(origin, brand)
        return self._next(maker, 12)

    def ean8(self, origin: CountryOfOrigin) -> str:
        """A short code, as small packs bear. A short code that begins with 0 is no EAN-8: American goods have none."""
        return self._next(f"{self._random.choice(origin.prefixes):03d}", 7)

    def case_of(self, code: str) -> str:
        """The GTIN-14 printed on a carton that holds the packs of `code`."""
        return with_check_digit("1" + code[:-1])

    def _maker(self, origin: CountryOfOrigin, brand: str) -> str:
        key = (origin.code, brand)
        if key not in self._makers:
            number = f"{len(self._makers) * 37 + 20011:05d}"
            self._makers[key] = f"{self._random.choice(origin.prefixes):03d}{number}"
        return self._makers[key]

    def _next(self, prefix: str, length: int) -> str:
        room = length - len(prefix)
        while True:
            # Makers number in steps, not without gaps.
            self._last[prefix] = self._last.get(prefix, 0) + self._random.randrange(1, 9)
            code = with_check_digit(f"{prefix}{self._last[prefix]:0{room}d}")
            if code not in self._taken:
                self._taken.add(code)
                return code


__all__ = ["FEATURED", "QUICK_KEYS", "DemoGoods", "demo_goods"]

_BRANDS_PER_THEME = 4
_UNFINISHED = 8
# Grams of tobacco in one stick; customs weighs tobacco, not sticks, when kinds are mixed.
_STICK_TENTHS_G = {"tobacco.cigarette": 7, "tobacco.heated": 3, "tobacco.cigar": 90, "tobacco.cigarillo": 25}
_POD_ML = 2
# Upper price of a piece in the list, and the most pieces: a shop does not pile up mink coats.
_SHELF_ROOM = ((50, 200), (300, 90), (1_000, 36), (1_000_000, 9))


def demo_goods(count: int = 10_000, seed: int = 1, prices: PriceList | None = None) -> tuple[DemoGoods, ...]:
    """Make `count` articles: those of FEATURED first, then goods of every category in a mixed order.

    About one in a hundred lacks an attribute and eight lack their category or price, as in a real shop's books.
    `prices` are the price list at the border, in its price currency as it stands where none is given. Raises ValueError
    if `count` is more than the vocabulary can name apart.
    """
    prices = prices or PriceList(border_in_force().price)
    made = list(featured_goods(prices))
    made.extend(_Stockroom(seed, made, prices).goods(count - len(made)))
    if len(made) < count:
        raise ValueError(f"the vocabulary names {len(made)} goods, not {count}")
    random = Random(f"gaps {seed}")
    for at in range(len(FEATURED), len(made)):
        if random.randrange(100) == 0:
            made[at] = replace(made[at], attributes=_with_missing_data(made[at].attributes, random))
    for order in range(min(_UNFINISHED, count // 500)):
        at = random.randrange(len(FEATURED), len(made))
        made[at] = replace(made[at], price=None) if order % 2 else replace(made[at], category=None)
    return tuple(made[:count])


class _Stockroom:
    """Goods of all kinds in turn, no two with one name or one code."""

    def __init__(self, seed: int, featured: list[DemoGoods], prices: PriceList) -> None:
        self._prices = prices
        self._random = Random(f"goods {seed}")
        self._barcodes = Barcodes(self._random, (goods.code for goods in featured))
        self._names = {(language, name) for goods in featured for language, name in goods.names.items()}
        self._pools = {
            sound: iter(self._shuffled(brands_of(sound)))
            for sound in dict.fromkeys(origin.sound for origin in ORIGINS.values())
        }
        self._brands: dict[tuple[str, str], list[str]] = {}
        self._standing: dict[str, int] = {}

    def goods(self, count: int) -> Iterator[DemoGoods]:
        """At most `count` articles; each round takes as many of a kind as its share."""
        shelves = [(kind.share, self._of(theme, kind)) for theme, kinds in read_kinds().items() for kind in kinds]
        while shelves and count > 0:
            for shelf in list(shelves):
                share, articles = shelf
                for _ in range(min(share, count)):
                    article = next(articles, None)
                    if article is None:
                        shelves.remove(shelf)
                        break
                    count -= 1
                    yield article

    def _of(self, theme: str, kind: GoodsKind) -> Iterator[DemoGoods]:
        makers = [(ORIGINS[code], brand) for code in kind.origins.split() for brand in self._brands_in(code, theme)]
        sizes = [size(token) for token in kind.sizes.split()]
        ways = len(makers) * len(kind.variants) * len(kind.extras) * len(sizes)
        for way in self._random.sample(range(ways), ways):
            way, nth_size = divmod(way, len(sizes))
            way, nth_extra = divmod(way, len(kind.extras))
            nth_maker, nth_variant = divmod(way, len(kind.variants))
            origin, brand = makers[nth_maker]
            measure = sizes[nth_size]
            names = label(kind, origin, brand, kind.variants[nth_variant], kind.extras[nth_extra], measure)._asdict()
            if any(named in self._names for named in names.items()):
                continue
            self._names.update(names.items())
            listed = _price(kind, self._standing[brand], nth_size, len(sizes), nth_variant)
            code = self._code(origin, brand, measure)
            codes = (code, *self._other_codes(kind, origin, brand, code))
            attributes = _attributes(kind, measure, nth_size, len(sizes), nth_maker + nth_variant)
            papers, on_hand = papers_of(code, kind.category, origin, brand), self._on_hand(listed)
            price = self._prices.tag(listed)
            yield DemoGoods(code, codes, names, kind.category, price, attributes, on_hand, papers)

    def _brands_in(self, country: str, theme: str) -> list[str]:
        key = (country, theme)
        if key not in self._brands:
            sound = ORIGINS[country].sound
            self._brands[key] = list(islice(self._pools[sound], _BRANDS_PER_THEME))
            if len(self._brands[key]) < _BRANDS_PER_THEME:
                raise ValueError(f"no brands of the sound {sound!r} are left for {country} in {theme}")
            self._standing |= {brand: self._random.randrange(1001) for brand in self._brands[key]}
        return self._brands[key]

    def _code(self, origin: CountryOfOrigin, brand: str, measure: GoodsSize) -> str:
        small = measure.net_g is not None and measure.net_g <= 100 and origin.prefixes[0] >= 100
        if small and self._random.randrange(8) == 0:
            return self._barcodes.ean8(origin)
        return self._barcodes.ean13(origin, brand)

    def _other_codes(self, kind: GoodsKind, origin: CountryOfOrigin, brand: str, code: str) -> tuple[str, ...]:
        if kind.category == "tobacco.cigarette" and kind.sizes.startswith("carton"):
            return (self._barcodes.case_of(self._barcodes.ean13(origin, brand)),)
        # A new design of the packaging brings a new code while the old one is still on the shelf.
        return (self._barcodes.ean13(origin, brand),) if len(code) == 13 and self._random.randrange(40) == 0 else ()

    def _on_hand(self, listed: int) -> int:
        if self._random.randrange(16) == 0:
            return 0
        most = next(pieces for below, pieces in _SHELF_ROOM if listed < below * 100)
        return self._random.randrange(1, most + 1)

    def _shuffled(self, brands: list[str]) -> list[str]:
        return self._random.sample(brands, len(brands))


def _price(kind: GoodsKind, standing: int, nth_size: int, sizes: int, nth_variant: int) -> int:
    """Between the ends of the kind's span: by size, by the brand's standing (0 … 1000), by variant where they rank."""
    weighed = [(standing, 40)]
    if sizes > 1:
        weighed.append((1000 * nth_size // (sizes - 1), 55))
    if kind.ranked:
        weighed.append((1000 * nth_variant // (len(kind.variants) - 1), 40))
    along = sum(value * weight for value, weight in weighed) // sum(weight for _, weight in weighed)
    low, high = (100 * units for units in kind.price)
    return _on_a_price_tag(low + (high - low) * along // 1000)


def _on_a_price_tag(hundredths: int) -> int:
    """The nearest figure that a shop would write: .00, .50 or .90 below a hundred units of the list, round above."""
    if hundredths >= 100_000:
        return round(hundredths, -3)
    if hundredths >= 10_000:
        return round(hundredths, -2)
    units, part = divmod(hundredths, 100)
    return 100 * units + (0 if part < 30 else 50 if part < 75 else 90)


def _attributes(kind: GoodsKind, measure: GoodsSize, nth_size: int, sizes: int, turn: int) -> Attributes:
    branch = kind.category.partition(".")[0]
    ml, net_g, count = measure.ml, measure.net_g, measure.count
    if branch not in ("alcohol", "drink", "cosmetics", "perfume", "medicine"):
        ml = None
    if branch in ("food", "medicine") and measure.ml is not None:
        net_g = measure.ml
    sticks = None
    if count is not None and kind.category in _STICK_TENTHS_G:
        sticks, net_g = count, Decimal(count * _STICK_TENTHS_G[kind.category]) / 10
        count = count if kind.category in ("tobacco.cigar", "tobacco.cigarillo") else None
    if branch in ("toy", "souvenir"):
        # A puzzle of a thousand parts and a doll of five are one item at the border.
        count = None
    if branch == "vape":
        # A device is sold dry: its volume is zero, which is not unknown.
        ml = Decimal((count or 0) * _POD_ML)
    strengths = kind.abv.split()
    return Attributes(
        ml=ml,
        abv=Decimal(strengths[turn % len(strengths)]) if strengths else None,
        net_g=net_g if branch in ("food", "tobacco", "medicine", "seed", "cosmetics") else None,
        gross_kg=Decimal(_gross_g(kind, measure, nth_size, sizes)).scaleb(-3),
        sticks=sticks,
        pieces=count,
        variant=kind.fur,
    )


def _gross_g(kind: GoodsKind, measure: GoodsSize, nth_size: int, sizes: int) -> int:
    if kind.grams is not None:
        low, high = kind.grams
        return _as_weighed(low + (high - low) * nth_size // max(1, sizes - 1))
    contents = measure.ml or measure.net_g
    if contents is None:
        raise ValueError(f"no weight for {kind.noun}")
    per_cent, grams = kind.pack
    return _as_weighed(int(contents) * (100 + per_cent) // 100 + grams)


def _as_weighed(grams: int) -> int:
    """The reading of the shop's scale: steps of 5 g from 100 g on, never below the exact weight."""
    return grams if grams < 100 else -(-grams // 5) * 5


def _with_missing_data(attributes: Attributes, random: Random) -> Attributes:
    """`attributes` without one that is on file: the weight, the strength, the volume …"""
    known = [name for name in Attributes.__slots__ if getattr(attributes, name) is not None]
    return replace(attributes, **{random.choice(known): None})
