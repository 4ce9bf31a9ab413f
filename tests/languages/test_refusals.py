"""Every refusal and every trouble of the program has its sentence, in four languages, with its figures in it."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import typing
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import UnionType
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

import db
import pos
from pos.application.settings.settings import Settings
from pos.application.text.formatting import plain_text
from pos.application.text.translator import placeholders
from pos.domain.errors import BadField, BadInput, InfrastructureError, PrinterError, Refused, RuleBroken, StoreError
from pos.domain.money import Money
from pos.domain.staff.staff import Approvable
from pos.domain.stock.stock_count import CountedElsewhere, CountOver
from pos.languages.catalogue import load_translators
from pos.languages.center_sentences import CENTER_REASONS
from pos.languages.file_reasons import FILE_REASONS
from pos.languages.office_sentences import OFFICE_REASONS
from pos.languages.refusals import reason_text, refusal_text
from pos.languages.sentences import BAD_FIELDS, KINDS_OF_TROUBLE, REASONS, SENTENCES, TROUBLES
from tests.architecture.source import tree
from tests.horgos import KZT
from tools.messages import FOLDER, ROOT

AnError = TypeVar("AnError", bound=Exception)

WORDS = load_translators(FOLDER)
LANGUAGES = ("en", "zh", "ru", "kk")


def _import_everything() -> None:
    for package in (pos, db):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name:  # alembic's scripts run when they are imported
                importlib.import_module(module.name)


def _children(parent: type[AnError]) -> Iterator[type[AnError]]:
    for child in parent.__subclasses__():
        if child.__module__.split(".")[0] in {"pos", "db"}:
            yield child
            yield from _children(child)


def _name_of(child: type[Exception]) -> str:
    return child.__name__


_import_everything()
REFUSALS: list[type[RuleBroken]] = sorted(set(_children(RuleBroken)) - {BadInput, Refused, Approvable}, key=_name_of)
KINDS: list[type[InfrastructureError]] = sorted([InfrastructureError, *_children(InfrastructureError)], key=_name_of)


def test_the_names_that_scripts_know_stay_as_they_are() -> None:
    # A new refusal adds its line; a line is never changed or taken away.
    known = (Path(__file__).parent.parent / "vectors" / "refusal_names.txt").read_text(encoding="utf-8").split()

    assert sorted(child.fact for child in REFUSALS) == known


def _sample(wanted: object) -> object:
    origin = typing.get_origin(wanted)
    if origin in {UnionType, typing.Union}:
        return _sample(typing.get_args(wanted)[0])
    if origin is not None:
        return ("value", "spirits")
    samples: dict[object, object] = {
        str: "Amina",
        int: 3,
        bool: True,
        Decimal: Decimal("0.5"),
        Money: Money(9340200, KZT),
        date: date(2026, 11, 24),
        datetime: datetime(2026, 11, 24, 7, 44, tzinfo=UTC),
    }
    return samples.get(wanted, "T1")


def _an_error(child: type[Exception]) -> RuleBroken:
    hints = typing.get_type_hints(child)
    error = child(*(_sample(hints[f.name]) for f in fields(child)))  # type: ignore[arg-type]  # a dataclass, as all children are
    assert isinstance(error, RuleBroken)
    return error


@pytest.mark.parametrize("child", REFUSALS, ids=_name_of)
def test_every_refusal_has_its_sentence(child: type[Exception]) -> None:
    error = _an_error(child)
    if isinstance(error, BadField):
        return
    assert error.fact in SENTENCES, f"word {child.__name__} in pos/languages/sentences.py"
    known = {f.name for f in fields(child)}  # type: ignore[arg-type]  # as above
    wanted = placeholders(SENTENCES[error.fact])
    assert wanted <= known | ({"reason"} if "what" in known else set()), f"{child.__name__} has no such fact"
    said = [refusal_text(error, WORDS[language]) for language in LANGUAGES]
    assert len(set(said)) == 4
    assert not any("{" in sentence for sentence in said)


@pytest.mark.parametrize("child", KINDS, ids=_name_of)
def test_every_trouble_has_its_sentence(child: type[InfrastructureError]) -> None:
    assert child.__name__ in KINDS_OF_TROUBLE, f"word {child.__name__} in pos/languages/sentences.py"


@cache
def _all_calls() -> Sequence[tuple[str, str, ast.Call]]:
    """What is called where in the program, read once."""
    return [
        (getattr(node.func, "id", getattr(node.func, "attr", "")), f"{file.relative_to(ROOT)}:{node.lineno}", node)
        for root in (ROOT / "pos", ROOT / "db", ROOT / "main.py")
        for file in (root.rglob("*.py") if root.is_dir() else [root])
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call)
    ]


def _calls(names: set[str]) -> Iterator[tuple[str, ast.Call]]:
    return ((where, call) for name, where, call in _all_calls() if name in names)


def _texts(call: ast.Call, position: int, keyword: str) -> set[str]:
    wanted = call.args[position : position + 1] + [k.value for k in call.keywords if k.arg == keyword]
    # Of a choice `"a" if x == "b" else "c"` the outcomes count, not the condition.
    outcomes = [part for arg in wanted for part in ([arg.body, arg.orelse] if isinstance(arg, ast.IfExp) else [arg])]
    return {part.value for part in outcomes if isinstance(part, ast.Constant) and isinstance(part.value, str)}


WHATS = {"BadField": 1, "bad": 1, "fault": 1, "BadCode": 1, "BadDocument": 2, "RegimeFault": 3}
"""Where each way to refuse a field names its `what`."""


def test_every_reason_has_its_words() -> None:
    unworded = [
        (where, what)
        for maker, position in WHATS.items()
        for where, call in _calls({maker})
        for what in _texts(call, position, "what")
        if what not in {**REASONS, **FILE_REASONS, **OFFICE_REASONS, **CENTER_REASONS}
        and not (maker in {"BadField", "bad"} and what in BAD_FIELDS)
    ]
    assert unworded == []


def test_a_sentence_that_wants_a_value_has_a_reason_to_say_without_one() -> None:
    assert {what for what, sentence in BAD_FIELDS.items() if "{value}" in sentence} <= set(REASONS)


def test_every_named_trouble_has_its_sentence() -> None:
    unworded = [
        (where, what)
        for where, call in _calls({child.__name__ for child in KINDS})
        for what in _texts(call, 0, "what")
        if what not in TROUBLES
    ]
    assert unworded == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", sorted(BAD_FIELDS))
def test_a_bad_field_is_named(what: str, language: str) -> None:
    said = refusal_text(BadField("lines[2].quantity", what, "-4"), WORDS[language])
    assert "lines[2].quantity" in said or what.startswith("pin_")
    assert "{" not in said
    assert placeholders(BAD_FIELDS[what]) <= {"field", "value"}


def test_a_reason_is_known_by_its_beginning() -> None:
    assert reason_text("not_one_of_day_month", WORDS["en"]) == "it is not one of the choices"
    assert reason_text("odd_thing", WORDS["en"]) == "odd thing"


def test_a_value_that_is_not_reported_leaves_no_empty_quotes() -> None:
    assert refusal_text(BadField("lines", "not_a_number"), WORDS["en"]) == "lines: it is not a number."


def test_a_field_of_the_window_has_a_word() -> None:
    said = [refusal_text(BadField("quantity", "missing"), WORDS[language]) for language in LANGUAGES]
    assert said == ["Quantity is missing.", "数量：未填写。", "Количество: не заполнено.", "Саны: толтырылмаған."]


def test_money_is_shown_in_the_language() -> None:
    from pos.domain.payment.tender import Underpaid

    said = [refusal_text(Underpaid(Money(128350, KZT)), WORDS[language]) for language in LANGUAGES]
    assert [sentence.replace("\u00a0", " ").replace("\u202f", " ") for sentence in said] == [
        "₸ 1,283.50 remaining to pay.",
        "还需付 ₸ 1,283.50。",
        "Осталось доплатить ₸ 1 283,50.",
        "Тағы ₸ 1 283,50 төлеу керек.",
    ]


def test_an_instant_is_shown_by_the_clock_of_the_shop() -> None:
    from pos.domain.staff.staff import PersonLocked

    error = PersonLocked("Amina", datetime(2026, 11, 24, 7, 44, tzinfo=UTC))
    assert "24.11.2026 15:44" in refusal_text(error, WORDS["ru"], ZoneInfo("Asia/Shanghai"))
    assert "24 Nov 2026 07:44" in refusal_text(error, WORDS["en"])


def test_a_right_is_shown_in_words() -> None:
    from pos.domain.staff.staff import NotAllowed

    assert "изменение цены" in refusal_text(NotAllowed("price", "Amina"), WORDS["ru"])


def test_what_a_person_typed_neither_steers_the_terminal_nor_the_sentence() -> None:
    said = refusal_text(BadField("name", "unknown", "{field}\x1b[2J\u202e\n{what}"), WORDS["en"])
    assert said == "Name: “{field}�[2J� {what}” is unknown."


def test_a_trouble_names_the_place_and_keeps_the_systems_own_words() -> None:
    said = refusal_text(PrinterError("jammed", "usb:1", "Input/output error"), WORDS["en"])
    assert said.startswith("Not printed: usb:1")
    assert said.endswith("(Input/output error)")
    assert "—" in refusal_text(StoreError("gone"), WORDS["en"])


def test_a_refusal_from_elsewhere_is_still_reported() -> None:
    @dataclass(eq=False)
    class Elsewhere(Refused):
        fact = "elsewhere"

        figure: int

    assert refusal_text(Elsewhere(3), WORDS["en"]) == "This is not possible (elsewhere(figure=3))."
    assert "oddity" in refusal_text(BadField("name", "oddity", "x"), WORDS["en"])


def test_the_translations_stand_where_the_program_looks_for_them() -> None:
    assert Path("resources/translations") == FOLDER.relative_to(ROOT)


def test_a_stock_take_is_called_by_the_number_on_its_documents() -> None:
    translators = load_translators(FOLDER)
    for known in translators.values():
        assert "C-000003" in refusal_text(CountedElsewhere("4870001000127", 3), known)
        assert "C-000012" in refusal_text(CountOver(12), known)


def test_the_row_of_a_file_is_named_in_the_language_of_the_reader_and_its_column_as_the_file_has_it() -> None:
    error = BadField("row 2, buy", "not_a_rate", "five")
    assert refusal_text(error, WORDS["ru"]) == "строка 2, buy: «five» — не курс."
    assert refusal_text(error, WORDS["zh"]) == "第 2 行，buy：“five”不是汇率。"


def test_a_column_that_a_file_lacks_is_named_and_no_word_of_the_code_is() -> None:
    said = refusal_text(BadField("header.currency", "missing"), WORDS["ru"])
    assert said == "Файл: «currency» не подходит: в файле нет столбца с таким названием."
    assert refusal_text(BadField("header", "empty"), WORDS["ru"]) == "Файл: пусто."


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "“¥ 1,250.05”"), ("ru", "«¥ 1 250,05»"), ("kk", "«¥ 1 250,05»"), ("zh", "“¥ 1,250.05”")],
)
def test_money_in_a_refusal_is_written_as_the_language_writes_money(language: str, said: str) -> None:
    words = refusal_text(BadField("price", "out_of_range", "1250.05 CNY"), WORDS[language])
    assert said in plain_text(words)
    assert "CNY" not in words


def test_what_is_no_money_is_quoted_as_it_was_typed() -> None:
    words = refusal_text(BadField("price", "not_an_amount", "12,50 CNY"), WORDS["ru"])
    assert "12,50 CNY" in words


def test_a_refusal_for_a_setting_names_its_title_and_never_the_name_in_the_program() -> None:
    for language in LANGUAGES:
        tr = WORDS[language]
        for name in Settings.names():
            for what, value in (("missing", ""), ("too_long", "x"), ("not_a_setting", "x")):
                text = refusal_text(BadField(name, what, value), tr)
                assert "_" not in name or name not in text, (language, text)

    lacking = plain_text(refusal_text(BadField("single_window_company_code", "missing"), WORDS["en"]))
    assert lacking == "Single window: company code is missing. Enter it in the settings."
