"""Files stay one idea each, say what they are for, and leave nothing for later."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import ROOT, modules, position, product, tree

LONGEST = 600
WHERE_FILES_GO_TO_GROW = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
LEFT_FOR_LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")  # in halves, or this line would be found
WRITTEN_BY_US = {".py", ".md", ".toml", ".qss", ".yml", ".yaml"}


def texts() -> Iterator[Path]:
    """Yield every file of the repository that we write by hand."""
    yield from (ROOT / "run", ROOT / ".ci" / "run")
    yield from (path for path in ROOT.iterdir() if path.suffix in WRITTEN_BY_US)
    for folder in ("pos", "db", "resources", "tests", "docs", "tools"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in WRITTEN_BY_US)


def test_no_file_has_grown_beyond_one_idea() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in product()}

    assert [f"{position(path, lines)}" for path, lines in lengths.items() if lines > LONGEST] == []


def test_no_file_is_named_for_everything() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in modules("pos", "db", "tests")
        if WHERE_FILES_GO_TO_GROW & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
    ]

    assert vague == []


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{position(path, number)} {line.strip()}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LEFT_FOR_LATER.search(line)
    ]

    assert left == []


def test_every_module_says_what_it_is_for() -> None:
    assert [str(path.relative_to(ROOT)) for path in product() if not ast.get_docstring(tree(path))] == []


def test_every_class_says_what_it_promises() -> None:
    silent = [
        f"{position(path, node.lineno)} {node.name}"
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert silent == []


def test_no_address_of_a_file_is_put_together_from_text() -> None:
    """A name with ? or % in it would be read apart: what is checked would be another file than what is used."""
    made = [
        position(path, node.lineno)
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr) and "sqlite:" in ast.unparse(node)
    ]

    assert made == []


def test_text_goes_out_and_comes_in_as_utf8_whatever_the_system_says() -> None:
    """Without a word about it Python takes the code page of the country, which has no letters of its neighbours."""
    silent = [
        position(path, node.lineno)
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func).endswith((".read_text", ".write_text"))
            or (
                any(word.arg in ("text", "universal_newlines") for word in node.keywords)
                and "subprocess" in ast.unparse(node.func)
            )
        )
        and not any(word.arg == "encoding" for word in node.keywords)
    ]

    assert silent == []
