"""The header of a table that somebody brings: which column stands where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pos.domain.errors import BadField


def bare(text: str) -> str:
    """A column's name as it is compared: case, blanks, `-` and `_` make no difference."""
    return "".join(sign for sign in text.casefold() if not sign.isspace() and sign not in "_-")


def places_of(header: Sequence[str], known: Mapping[str, str]) -> Mapping[str, int]:
    """Where each column stands that is `known` by its bare name; raises BadField for one that is there twice."""
    places: dict[str, int] = {}
    for place, text in enumerate(header):
        name = known.get(bare(text))
        if name is None:
            continue
        if name in places:
            raise BadField("header", "column_twice", name)
        places[name] = place
    return places


def check_there(names: Iterable[str], places: Mapping[str, int]) -> None:
    """Raise BadField for the first of `names` that has no column."""
    for name in names:
        if name not in places:
            raise BadField(f"header.{name}", "missing")
