"""Every numbered rule of docs/rules.md names a test that exists."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

from tests.architecture.source import ROOT, tree

HEADING = re.compile(r"^#{2,4} R(\d+)\b", re.MULTILINE)
TEST = re.compile(r"(tests/[\w/]+\.py)((?:::\w+)+)")


def rules(text: str) -> dict[int, str]:
    """Return what stands under each `### R1 …`, by number, in the order of the document."""
    starts = [*HEADING.finditer(text)]
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return {int(start[1]): text[start.end() : end] for start, end in zip(starts, ends, strict=True)}


def proofs(rule: str) -> list[tuple[str, str]]:
    """Return the tests of a rule's `Test:` lines, as file and the name in it (`test_x`, or `TestShop::test_x`)."""
    lines = [line for line in rule.splitlines() if line.startswith(("Test:", "Tests:"))]
    return [(match[1], match[2].removeprefix("::")) for line in lines for match in TEST.finditer(line)]


def exists(file: Path, name: str) -> bool:
    """Whether the file defines this test, in the classes that the name passes through."""
    body: list[ast.stmt] = tree(file).body if file.is_file() else []
    for part in name.split("::"):
        nodes = [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == part]
        if not nodes:
            return False
        body = nodes[0].body
    return True


def of_the_shop() -> dict[int, str]:
    return rules((ROOT / "docs" / "rules.md").read_text(encoding="utf-8"))


def test_the_rules_are_numbered_upwards_and_each_once() -> None:
    numbers = [int(number) for number in HEADING.findall((ROOT / "docs" / "rules.md").read_text(encoding="utf-8"))]

    assert numbers
    assert all(earlier < later for earlier, later in pairwise(numbers))


def test_every_rule_names_the_test_that_proves_it() -> None:
    assert [f"R{number}" for number, rule in of_the_shop().items() if not proofs(rule)] == []


def test_every_test_that_a_rule_names_exists() -> None:
    missing = [
        f"R{number}: {file}::{name}"
        for number, rule in of_the_shop().items()
        for file, name in proofs(rule)
        if not exists(ROOT / file, name)
    ]

    assert missing == []


def test_a_rule_that_names_a_test_that_is_gone_would_be_found() -> None:
    here = "tests/architecture/test_rules.py"
    text = (
        "# Rules\n### R1 One\nText.\nTest: `" + here + "::test_a_rule_that_names_a_test_that_is_gone_would_be_found`\n"
        "### R2 Two\nTests: " + here + "::exists, " + here + "::gone\n### R3 Three\nnothing\n"
    )

    named = {number: proofs(rule) for number, rule in rules(text).items()}

    assert [exists(ROOT / file, name) for file, name in named[1]] == [True]
    assert [exists(ROOT / file, name) for file, name in named[2]] == [True, False]
    assert named[3] == []
