"""Barcodes for the demo goods: GS1 prefix of the country, a number for each maker, a number for each article."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from db.seed.goods_origins import CountryOfOrigin
from pos.domain.catalogue.barcode import with_check_digit


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
