"""The program's own source, as the architecture tests read it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def modules(*folders: str) -> list[Path]:
    """Return every Python file under these folders of the repository, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def product() -> list[Path]:
    """Return every Python file of the program itself."""
    return [ROOT / "main.py", ROOT / "till_adapters.py", ROOT / "center_adapters.py", *modules("pos", "db")]


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a file; each file is parsed once."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each module that the file imports, wherever in the file, with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno


def imported_of(path: Path, names: Collection[str]) -> set[str]:
    """Return which of the modules `names` the file imports, wherever in the file."""
    imported_names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            imported_names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                imported_names.add(inner if inner in names else node.module)
    return imported_names & set(names)


def called(path: Path) -> Iterator[tuple[str, int]]:
    """Yield each call by its dotted name as written (`datetime.now`, `print`), with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield ast.unparse(node.func), node.lineno


@cache
def defined(*folders: str) -> frozenset[str]:
    """Return every name under these folders: modules, classes, functions, and what is assigned outside functions."""
    names: set[str] = set()
    for path in modules(*folders):
        names.add(path.parent.name if path.name == "__init__.py" else path.stem)
        bodies = [tree(path).body]
        for node in _statements(tree(path).body):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            if isinstance(node, ast.ClassDef):
                bodies.append(node.body)
        for node in (node for body in bodies for node in body):
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AnnAssign)
                else []
            )
            names.update(one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
    return frozenset(names)


def _statements(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Yield each statement, in whatever it stands: no name is defined in the many parts of an expression."""
    for node in body:
        yield node
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _statements(getattr(node, part, ()))


def position(path: Path, line: int) -> str:
    """Return `file:line` from the root, as editors open it."""
    return f"{path.relative_to(ROOT)}:{line}"
