"""Currencies, countries and destinations of a border stand in its file: no module names one."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.source import ROOT, modules, position, product, tree

BORDERS = sorted((ROOT / "resources" / "borders").glob("*/border.toml"))
_NAMED = {
    "pos/domain/pricing/official_rates.py": "each bank whose files are read quotes its own currency",
    "pos/application/text/countries.py": "what people and files call a country, at whatever border",
    "db/seed/goods_featured.py": "where made-up goods come from",
    "db/seed/demo_assortment.py": "where made-up goods come from",
    "pos/application/reports/single_window.py": "the messages are those of one country's single window",
    "pos/domain/reports/single_window.py": "the messages are those of one country's single window",
    "pos/domain/outside_partners/providers.py": "each provider takes the money of its own country",
    "pos/domain/fiscal/registers.py": "each fiscal register counts the money of its own country",
    "pos/domain/declarations/papers.py": "each customs territory has its own paper",
}
"""Modules that may name one, and why.

Documents keep their issuers, and languages are chosen by nationality, in three letters, which are no destination.
"""
_WORDS = re.compile(
    r"\b(yuan|fen|jiao|renminbi|tenge|tiyn|roubles?|rubles?|dollars?|euros?|kips?|bahts?|zlotys?"
    r"|to China|to Kazakhstan)\b",
    re.IGNORECASE,
)


@cache
def _codes() -> frozenset[str]:
    """The codes of all currencies and sides of the borders that ship with the program."""
    found = set()
    for file in BORDERS:
        border = tomllib.loads(file.read_text(encoding="utf-8"))
        found |= {one["code"] for one in border["currency"]} | {one["country"] for one in border["destination"]}
    return frozenset(found)


def _texts(path: Path, naming: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """The place and the text of each constant of a module that is `naming` something, without its docstrings."""
    if not naming.search(path.read_text(encoding="utf-8")):
        return
    docstrings = set[ast.expr]()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            said = [one for one in node.body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)]
            docstrings.update(one.value for one in said)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
            yield position(path, node.lineno), node.value


def _named(path: Path) -> list[str]:
    """Where a module names a currency or a side."""
    codes = _codes()
    quoted = re.compile("[\"'](" + "|".join(sorted(codes)) + ")[\"']")
    return [f"{where} {text}" for where, text in _texts(path, quoted) if text in codes]


def test_no_module_names_a_currency_or_a_destination() -> None:
    assert {"CNY", "KZT", "LAK", "PLN", "CN", "KZ", "LA", "BY"} <= _codes()

    free = [path for path in product() if path.relative_to(ROOT).as_posix() not in _NAMED]
    assert [one for path in free for one in _named(path)] == []


def test_every_exception_is_one() -> None:
    assert [name for name in _NAMED if not _named(ROOT / name)] == []


def test_no_text_speaks_of_the_money_or_the_sides_of_one_border() -> None:
    spoken = [f"{where} {text}" for path in modules("pos", "db") for where, text in _texts(path, _WORDS)
              if _WORDS.search(text)]  # fmt: skip

    assert spoken == []
