"""Rooms stay small enough to read, and nothing imports in a circle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from tests.architecture.source import ROOT, imported_of, product

MOST_MODULES = 30
LARGER = {"pos/application/ports": 40, "pos/cli": 40}
"""Ports stand together, since the unit of work names them all; a command is a module."""

Graph = Mapping[str, Collection[str]]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports() -> dict[str, set[str]]:
    """Which module imports which, wherever in the file: for types alone and inside functions too."""
    names = {dotted(path) for path in product()}
    return {dotted(path): imported_of(path, names) - {dotted(path)} for path in product()}


def circles(graph: Graph) -> list[list[str]]:
    """Every set of nodes of which each leads to each other (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    components: list[list[str]] = []

    def visit(node: str) -> Iterator[str]:
        order[node] = lowest[node] = len(order)
        stack.append(node)
        for other in graph.get(node, ()):
            if other not in order:
                yield other
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], order[other])
        if lowest[node] == order[node]:
            at = stack.index(node)
            components.append(sorted(stack[at:]))
            del stack[at:]

    for start in graph:
        if start in order:
            continue
        walks = [visit(start)]
        while walks:
            deeper = next(walks[-1], None)
            if deeper is None:
                walks.pop()
            else:
                walks.append(visit(deeper))
    return [each for each in components if len(each) > 1]


def test_a_circle_is_found() -> None:
    graph = {"cart": ["pricing"], "pricing": ["money", "offers"], "offers": ["cart"], "money": []}

    assert circles(graph) == [["cart", "offers", "pricing"]]
    assert circles({"cart": ["money"], "money": []}) == []


def test_no_file_imports_in_a_circle() -> None:
    assert circles(imports()) == []


def test_no_folder_imports_in_a_circle() -> None:
    files = imports()
    modules = {name for name in files if not (ROOT / Path(*name.split("."))).is_dir()}

    for depth in (2, 3, 4):
        folders: dict[str, set[str]] = {}
        for name in modules:
            folder = ".".join(name.split(".")[:-1][:depth])
            others = {".".join(other.split(".")[:-1][:depth]) for other in files[name] if other in modules}
            folders.setdefault(folder, set()).update(others - {folder})
        assert circles(folders) == [], depth


def test_no_folder_holds_more_than_can_be_read() -> None:
    modules = Counter(str(path.parent.relative_to(ROOT)) for path in product() if path.name != "__init__.py")
    full = {folder: count for folder, count in modules.items() if count > LARGER.get(folder, MOST_MODULES)}

    assert full == {}
