"""Reads the words and ranges of the demo goods (resources/demo/goods/*.toml), one file for each part of the shop."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from db.seed.goods_kind import GoodsKind

VOCABULARY = Path(__file__).resolve().parents[2] / "resources" / "demo" / "goods"


def read_kinds(folder: Path = VOCABULARY) -> dict[str, tuple[GoodsKind, ...]]:
    """Every kind of goods by the name of its file; brands are shared within a file only."""
    kinds = {}
    for file in sorted(folder.glob("*.toml")):
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        lists = {name: tuple(words) for name, words in written.get("lists", {}).items()}
        kinds[file.stem] = tuple(_kind(entry, lists) for entry in written["kind"])
    return kinds


def _kind(entry: dict[str, Any], lists: Mapping[str, tuple[str, ...]]) -> GoodsKind:
    """A kind as written; `variants` and `extras` are spelled out or name one of the file's lists."""
    for name in ("variants", "extras"):
        if name in entry:
            words = entry[name]
            entry[name] = lists[words] if isinstance(words, str) else tuple(words)
    for name in ("price", "grams", "pack"):
        if name in entry:
            low, high = entry[name]
            entry[name] = (low, high)
    return GoodsKind(**entry)
