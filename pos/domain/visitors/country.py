"""States by their three letters, as passports write them, and the two letters that people type."""

from __future__ import annotations

from pos.domain.catalogue.country import THREE_LETTERS

_TWO_OF_THREE = {three: two for two, three in THREE_LETTERS.items()}
# Issuers and nationalities of ICAO 9303 part 3, section 5, that are no ISO 3166 state: bodies, Britons of other kinds,
# Kosovo, the stateless, refugees; UTO is the specimens' Utopia.
_BODIES = "GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XES XMP XPO XOM XDC XXA XXB XXC XXX UTO"
_NO_STATES = frozenset(_BODIES.split())
# Passports of Hong Kong and Macao bear CHN as their issuer, and the series of one state is one: HKG as typed
# must not make another person of a holder whose passport was scanned. Britain numbers all its passports in one series.
_ISSUED_BY = {"HKG": "CHN", "MAC": "CHN", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR"}


def three_letters(name: str) -> str | None:
    """The passport code of `name` (two or three letters, any case); None when no issuer is called so.

    Germany writes a lone D and is DEU here.
    """
    name = name.strip().upper()
    if name == "D":
        return "DEU"
    return name if name in _TWO_OF_THREE or name in _NO_STATES else THREE_LETTERS.get(name)


def issuer_of(name: str) -> str | None:
    """The issuer code of documents of `name`; None for a name that issues no documents.

    The issuer stands under no check digit and is a part of the identity: a misread one would be a second person.
    """
    code = three_letters(name)
    return None if code is None else _ISSUED_BY.get(code, code)


def two_letters(country: str) -> str | None:
    """The ISO 3166 two-letter code of a passport code; None for issuers that are no state."""
    return _TWO_OF_THREE.get(country)
