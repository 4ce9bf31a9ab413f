"""Words are joined by `typography`, which knows the marks of each language, and never by an f-string of their own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from pos.domain.quota.rule import Scope, Strength, Who
from pos.domain.visitors.visitor import Visitor
from pos.languages.catalogue import load_translators
from pos.ui.quota.regimes.rule_words import goods_text, who_text
from pos.ui.visitors.visit_steps import called
from tools.messages import FOLDER

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("pos/ui", "pos/application")
MARKS = frozenset({": ", " (", "; ", ". "})

READ_OUT = frozenset(
    {
        "pos/ui/shell/band.py", "pos/ui/sales/customer/allowance.py", "pos/ui/widgets/cards/guide_strip.py",
        "pos/ui/purchasing/receive/count_foot.py", "pos/ui/quota/regimes/details.py",
        "pos/ui/quota/regimes/regime_rows.py", "pos/ui/quota/regimes/rule_rows.py", "pos/ui/reports/slice_field.py",
        "pos/ui/reports/tile_words.py", "pos/ui/sales/search/fit_card.py", "pos/ui/settings/several_editors.py",
        "pos/ui/settings/setting_rows.py", "pos/ui/shifts/step_marks.py", "pos/ui/staff/rights_table.py",
    }
)  # fmt: skip
"""A screen reader hears these, no one sees them: a mark is a pause there."""

NO_WORDS = frozenset(
    {
        "pos/application/catalogue/catalogue_row.py", "pos/application/catalogue/catalogue_text.py",
        "pos/application/tables/table_text.py", "pos/application/text/error_text.py",
        "pos/ui/widgets/buttons/tool_button.py", "pos/ui/reports/journal/entry_panel.py",
        "pos/ui/page/save_table.py", "pos/ui/shell/services/trouble_log.py", "pos/ui/widgets/buttons/icon_button.py",
    }
)  # fmt: skip
"""Names of columns, keys, files and errors, as machines write them; what a test reads of the journal."""


def joins(source: str) -> Iterator[int]:
    """The rows of the f-strings that put a mark between two texts, or a blank beside a sentence in words."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.JoinedStr):
            continue
        for before, between, after in zip(node.values, node.values[1:], node.values[2:]):
            if not isinstance(between, ast.Constant) or isinstance(before, ast.Constant):
                continue
            if between.value in MARKS or (between.value == " " and (in_words(before) or in_words(after))):
                yield node.lineno


def in_words(part: ast.expr) -> bool:
    """Whether it is a sentence that ends: `tr("Remaining goods split again.")`."""
    calls = [
        each
        for each in ast.walk(part)
        if isinstance(each, ast.Call) and ast.unparse(each.func).rpartition(".")[2].lstrip("_") in ("tr", "translator")
    ]
    texts = [call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)]
    return any(str(text).endswith((".", "!", "?", "…")) for text in texts)


def joined_texts() -> dict[str, list[int]]:
    files = (file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py")))
    each = {file.relative_to(ROOT).as_posix(): list(joins(file.read_text("utf-8"))) for file in files}
    return {name: rows for name, rows in each.items() if rows}


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ('f"{title}: {word}"', True),
        ('f"{amount} ({goods})"', True),
        ("""f"{text} {tr('Remaining goods split again.')}\"""", True),
        ('f"{title} · {word}"', False),
        ("""f"{tr('Visitor')} {label}\"""", False),
    ],
)
def test_what_is_looked_for_is_found(source: str, is_found: bool) -> None:
    assert bool(list(joins(source))) is is_found


def test_no_text_that_is_seen_is_joined_past_the_marks_of_its_language() -> None:
    where = joined_texts()
    assert {name: rows for name, rows in where.items() if name not in READ_OUT | NO_WORDS} == {}
    assert (READ_OUT | NO_WORDS) - set(where) == set(), "joined no longer: take it out of the list"


def test_goods_of_some_strength_and_entries_of_some_days_have_no_blank_in_chinese() -> None:
    translators = load_translators(FOLDER)
    strong = Scope(("alcohol",), strength=Strength(above=Fraction(22), at_most=Fraction(40)))
    assert goods_text(strong, translators["zh"]) == "酒类，酒精度高于 22%，酒精度不超过 40%"
    assert goods_text(strong, translators["en"]) == "Alcohol above 22 % vol. up to 40 % vol."
    often = Who(crossings_above=1, within_days=30)
    assert (who_text(often, translators["zh"]), who_text(often, translators["en"])) == (
        "入境超过 1 次（30 天内）", "more than 1 entry within 30 days",
    )  # fmt: skip


def test_a_visitor_is_called_with_the_brackets_of_the_language() -> None:
    shown = Visitor("A", "key", "passport", "CHN", "CHN", "••0001", "ZHANG W••", None, None)
    assert called(shown, load_translators(FOLDER)["zh"]) == "ZHANG W••（••0001）"
