"""The pages for people: every picture and link is there, and every key does on its page what is said of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from pos.application.text.translator import Translator
from pos.ui.input.actions import TABLE, Action, Actions, sequence
from tests.architecture.source import defined

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "ARCHITECTURE", "CONTRIBUTING")),
    *sorted((ROOT / "docs").glob("*.md")),
]
ENGINEERS = [ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "changes.md"]
ROLES = ("cashier", "clerk", "manager")
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"`((?:pos|db|tests|tools|resources|docs)/[\w./-]+)(?:::[^`]+)?`")
RIDDLE = re.compile(
    r"\b(whoever|nobody|somebody|anybody|anew|he|his|him|she|her|hers|himself|herself)\b", re.IGNORECASE
)
QUOTED = re.compile(r"```.*?```|`[^`]*`|\*[^*\n]+\*|^\| [A-Z]\d \|[^\n]*|^Tests?: [^\n]*", re.DOTALL | re.MULTILINE)
"""Not our prose: code, texts of the till, promises of experiments, names of tests."""
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:pos|db|tests|tools|resources|docs)(?:/[\w.-]+)*/?|[\w/]+\.(?:py|toml)")
NAME = re.compile(r"(?:[A-Z][a-z0-9]+){2,}|[A-Z][A-Z_]+[A-Z]|[a-z]+(?:_[a-z]+)+")
KEY = re.compile(r"(?<![\w+])((?:(?:Ctrl|Alt|Shift)\+)+(?:F\d\d?|[A-Z](?!\w)|\d|Enter|Del|Up|Down)|F\d\d?)(?!\w)")
SAID = re.compile(KEY.pattern + r" \*([^*]+)\*")
ROW = re.compile(r"^\| " + KEY.pattern + r" \| ([^|]+) \|$", re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_picture_and_every_link_of_a_page_is_there(page: Path) -> None:
    missing = []
    for _, target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            missing.append(target)
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = set(FILE.findall(page.read_text(encoding="utf-8")))
    assert sorted(file for file in named if not (ROOT / file).exists()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_speaks_plain_english(page: Path) -> None:
    assert RIDDLE.findall(QUOTED.sub("", page.read_text(encoding="utf-8"))) == []


def test_no_picture_is_kept_that_no_page_shows() -> None:
    shown = {Path(target).name for page in PAGES for _, target in LINK.findall(page.read_text(encoding="utf-8"))}
    assert sorted(file.name for file in (ROOT / "docs" / "screens").iterdir() if file.name not in shown) == []


@pytest.mark.parametrize("page", ENGINEERS, ids=lambda page: page.name)
def test_every_file_and_every_name_of_the_pages_for_engineers_is_there(page: Path) -> None:
    code = CODE.findall(page.read_text(encoding="utf-8"))
    files = {text for text in code if PATH.fullmatch(text)}
    names = {text for text in code if NAME.fullmatch(text)}

    assert len(files) > 3
    assert sorted(file for file in files if not (ROOT / file).exists()) == []
    assert sorted(names - defined("pos", "db", "tests")) == []


def test_each_trail_of_a_change_names_its_files_in_order_and_the_tests_that_miss_one() -> None:
    trails = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8").split("\n## ")[1:]

    assert len(trails) == 5
    for trail in trails:
        table, _, forgotten = trail.partition("If forgotten:")
        rows = re.findall(r"^\| (\d+) \| (.+?) \|", table, re.MULTILINE)
        assert [int(number) for number, _ in rows] == list(range(1, len(rows) + 1)), trail
        assert any(FILE.search(files) for _, files in rows), trail
        assert [file for file in FILE.findall(forgotten) if file.startswith("tests/")], trail
    for page in ("ARCHITECTURE.md", "CONTRIBUTING.md"):
        assert "(docs/changes.md" in (ROOT / page).read_text(encoding="utf-8")


def test_the_drawing_has_the_rooms_in_the_order_of_the_contracts() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawing = " ".join(re.sub(r"^ *\|(?:--)?", "", line) for line in page.split("```")[1].splitlines())
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = {one["containers"][0]: one["layers"] for one in contracts if one["type"] == "layers"}
    del layers["pos"]  # the lines of the drawing themselves

    drawn = " ".join(drawing.split()).replace("main.py", "")
    missing = {
        room: rooms for room, rooms in layers.items() if f"{room.replace('.', '/')} {' > '.join(rooms)}" not in drawn
    }
    assert missing == {}


def sections(role: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Each section of a role's page: its heading, its text, and the pages of the window that it is about."""
    text = (ROOT / "docs" / f"{role}.md").read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        screen_ids = re.search(r"<!-- page: ([\w, ]+) -->", part)
        yield part.split("\n")[0], part, frozenset(screen_ids[1].split(", ") if screen_ids else ())


def bound(key: str, screen_ids: frozenset[str]) -> list[Action]:
    """What a key does on any of the pages."""
    wanted = sequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return [
        action
        for action in TABLE
        for own in (action.key, *action.also)
        if action.screen_ids & screen_ids and sequence(own).toString(QKeySequence.SequenceFormat.PortableText) == wanted
    ]


def _said(action: Action) -> str:
    """What an action is called in English, without the dots of one that asks."""
    return Actions().text(action.id, Translator.english()).rstrip("…")


def untrue(text: str, screen_ids: frozenset[str]) -> list[str]:
    """The keys that do nothing on these pages, and those that do something else than is said."""
    wrong = [key for key in KEY.findall(text) if not bound(key, screen_ids)]
    for key, said in [*SAID.findall(text), *ROW.findall(text)]:
        words = " ".join(said.split())
        if not any(words.startswith(_said(action)) for action in bound(key, screen_ids)):
            wrong.append(f"{key} {words}")
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_every_key_of_a_role_does_on_its_page_what_is_said_of_it(role: str) -> None:
    wrong = {heading: untrue(text, screen_ids) for heading, text, screen_ids in sections(role)}
    assert {heading: keys for heading, keys in wrong.items() if keys} == {}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("F12 *Pay*", []),
        ("Then F12 pays.", []),
        ("F12 *Park*", ["F12 Park"]),
        ("Press Ctrl+Y.", ["Ctrl+Y"]),
        ("| F4 | Quantity of the row |", []),
        ("| F4 | Discount |", ["F4 Discount"]),
    ],
)
def test_a_key_that_is_reported_wrongly_is_noticed(text: str, wrong: list[str]) -> None:
    assert untrue(text, frozenset({"checkout"})) == wrong
