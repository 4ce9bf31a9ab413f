"""The header of an imported table: the index of each column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pos.domain.errors import BadField


def bare(text: str) -> str:
    """The normalised name of a column: case, blanks, `-` and `_` make no difference."""
    return "".join(char for char in text.casefold() if not char.isspace() and char not in "_-")


def places_of(header: Sequence[str], known: Mapping[str, str]) -> Mapping[str, int]:
    """The index of each column `known` by its bare name. Raises BadField for a duplicate."""
    indexes: dict[str, int] = {}
    for index, text in enumerate(header):
        name = known.get(bare(text))
        if name is None:
            continue
        if name in indexes:
            raise BadField("header", "column_twice", name)
        indexes[name] = index
    return indexes


def check_there(names: Iterable[str], indexes: Mapping[str, int]) -> None:
    """Raise BadField for the first of `names` that has no column."""
    for name in names:
        if name not in indexes:
            raise BadField(f"header.{name}", "missing")
