"""Hundreds of bad regime files: each is refused by file, rule and field, and none is quietly no limit at all."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from pos.regimes.fields import RegimeFault
from pos.regimes.folders import load_regimes
from pos.regimes.reading import read_regime

FOLDER = Path(__file__).parent
Way = tuple[str | int, ...]

DAY = date(2026, 1, 1)
NO_TEXTS: Sequence[object] = (5, -1, 2.5, True, [], ["x"], {}, DAY, "")
WRONG: Mapping[str, Sequence[object]] = {
    "text": NO_TEXTS,
    "table": (5, "x", True, [], [{}], DAY),
    "tables": (5, "x", True, [], {}, [5], [{}, "x"], [[]], DAY),
    "id": (*NO_TEXTS, "Ünder", "a b", "../x", "A", "a" * 41, "a\n", "-a"),
    "zone": (*NO_TEXTS, "Mars/Base", "../etc/passwd", "Asia/Tashkent\n", "asia\0", "Asia", "/etc/localtime",
             "x" * 9000),
    "currency": (*NO_TEXTS, "usd", "US$", "USDT", "$", "US\n"),
    "decimal": (5, 0.5, -1, True, [], {}, DAY, "", "-1", "1e3", "1,5", " 1", "1 ", "+1", ".5", "5.", "١٢", "NaN",
                "inf", "0x1", "1_000", "1" * 13, "0." + "1" * 10, "1\n", 10**30),
    "whole": (-1, "18", 18.5, True, [], {}, DAY, 10**30, ""),
    "flag": (1, 0, "true", "", [], {}, DAY),
    "day": ("2026-01-01", 2026, datetime(2026, 1, 1, 8), time(8), True, [], {}, 1.5),  # noqa: DTZ001 # as a file has it
    "categories": ("alcohol", [], [5], [["*"]], {}, True, DAY, ["vodka"], ["alcohol."], [""], ["*", "vodka"],
                   ["Alcohol"]),
    "texts": ("CN", [], [5], [["CN"]], {}, True, DAY),
    "window": (*NO_TEXTS, "week", "Day", "rolling", "rolling:d", "rolling:0d", "rolling:10", "rolling:-5d",
               "rolling:1.5d", "rolling:99999d", "rolling:１d", "month "),
    "choice": (*NO_TEXTS, "sometimes", "OK", "ok", "unknown"),
}  # fmt: skip
"""What must not stand in a field of each kind."""

KINDS: Mapping[str, str] = {
    "id": "id", "title": "table", "en": "text", "zh": "text", "ru": "text", "kk": "text",
    "destination": "text", "time_zone": "zone", "currency": "currency", "rate_kind": "choice",
    "assume_left": "choice", "duty": "table", "charge": "choice",
    "rates": "tables", "rate": "decimal", "unit_value_from": "decimal", "ad_valorem": "decimal", "minimum": "table",
    "amount": "decimal", "rule": "tables", "from": "day", "until": "day", "measure": "choice", "limit": "decimal",
    "scope": "categories", "except": "categories", "only": "categories", "window": "window", "uses": "whole",
    "who": "table", "age_from": "whole", "age_to": "whole", "residence": "texts", "crossings_above": "whole",
    "within_days": "whole", "over": "choice", "mixed": "choice", "under_age": "choice", "source": "text",
    "confidence": "choice", "carry_outs": "decimal", "parts": "tables", "any_of": "tables", "within": "tables",
    "tiers": "tables", "up_to": "decimal", "specific": "table", "where": "table", "abv_from": "decimal",
    "abv_above": "decimal", "abv_to": "decimal", "group": "text", "unless": "text", "ban": "flag", "each": "flag",
    "per_variant": "flag", "free": "tables",
}  # fmt: skip
"""The kind of every field of the files here; `per` is a unit in a charge and a number in a pool."""

NEEDED = {
    "id", "title", "en", "destination", "time_zone", "currency", "rate_kind", "charge", "rates", "rate", "ad_valorem",
    "rule", "amount", "scope", "only", "over", "source", "confidence", "up_to", "per", "limit",
}  # fmt: skip


def text_of(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(text_of(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {text_of(item)}' for key, item in value.items())} }}"
    return repr(value)


def file_of(regime: Mapping[str, Any]) -> bytes:
    return "".join(f"{key} = {text_of(value)}\n" for key, value in regime.items()).encode()


def small_regimes() -> list[dict[str, Any]]:
    """Two regimes that between them use every field there is, as regimes of one rule (and of the rule it names).

    What the other rules would limit is free in them: a file with a hole is refused.
    """
    files = [tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")) for name in ("uz-demo", "uz-road")]
    return [
        {
            **whole,
            "rule": [rule, *(other for other in whole["rule"] if other["id"] == rule.get("unless"))],
            "free": [{"scope": ["*"], "source": "made up"}],
        }
        for whole in files
        for rule in whole["rule"]
    ]


def paths(value: Any, path: Way = ()) -> Iterator[Way]:
    """The way to every field below `value`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if isinstance(key, str):
            yield (*path, key)
        yield from paths(inner, (*path, key))


GOOD = small_regimes()
FIELDS = [
    (regime, path)
    for nth, regime in enumerate(GOOD)
    for path in paths(regime)
    if path[:2] == ("rule", 0) or (path[:2] != ("rule", 1) and (not nth or GOOD[nth - 1]["id"] != regime["id"]))
]
"""Every field once: those outside the rules in the first small regime of a file."""


def at(regime: Any, path: Way) -> Any:
    for key in path:
        regime = regime[key]
    return regime


def named(regime: Mapping[str, Any], path: Way) -> tuple[str, str]:
    """The rule and the field by which a fault at `path` is reported."""
    rule = ""
    if len(path) > 2 and path[0] == "rule":
        rule, path = regime["rule"][path[1]]["id"], path[2:]
    field = ""
    for key in path:
        field += f"[{key}]" if isinstance(key, int) else f".{key}" if field else str(key)
    return rule, field


def fault_in(data: bytes) -> RegimeFault | None:
    """What the report says of a file, which must name that file; None where it is a regime."""
    fault = None
    try:
        read_regime(data, "uz.toml")
    except RegimeFault as refused:
        fault = refused
    assert fault is None or fault.file == "uz.toml"
    return fault


def kind_of(path: Way) -> str:
    if path[-1] == "per":
        return "decimal" if "parts" in path else "text"
    return KINDS[str(path[-1])]


Change = Callable[[dict[str | int, Any]], object]


def putting(key: str | int, value: object) -> Change:
    return lambda table: table.update({key: value})


def lacking(key: str | int) -> Change:
    return lambda table: table.pop(key)


def unnoticed(regime: Mapping[str, Any], path: Way, change: Change) -> str:
    """What is reported instead of a fault of just this field, when its table is changed; "" where all is well."""
    changed = deepcopy(regime)
    change(at(changed, path[:-1]))
    rule, field = named(regime, path)
    fault = fault_in(file_of(changed))
    if fault is not None and fault.rule == rule and fault.field.startswith(field):
        return ""
    return f"{path}: {fault and (fault.rule, fault.field, fault.what)}"


def test_the_files_themselves_are_good_and_use_every_field() -> None:
    assert all(read_regime(file_of(regime), "uz.toml").id == regime["id"] for regime in GOOD)
    assert {str(path[-1]) for _, path in FIELDS} == {*KINDS, "per"}


@pytest.mark.parametrize("kind", list(WRONG))
def test_a_wrong_value_is_reported_by_its_field(kind: str) -> None:
    # a rule is named by its id: an id that is no text is reported by the rule's place, in the test below
    meant = [(regime, path) for regime, path in FIELDS if kind_of(path) == kind and path[-2:] != (0, "id")]
    assert meant
    for value in WRONG[kind]:
        missed = [unnoticed(regime, path, putting(path[-1], value)) for regime, path in meant]
        assert not any(missed), (value, list(filter(None, missed)))


def test_what_is_missing_is_reported_by_its_field() -> None:
    meant = [(regime, path) for regime, path in FIELDS if path[-1] in NEEDED and path[-2:] != (0, "id")]
    missed = [unnoticed(regime, path, lacking(path[-1])) for regime, path in meant]
    assert not any(missed), list(filter(None, missed))


@pytest.mark.parametrize("name", ["limmit", '"over "', '"ＬＩＭＩＴ"', '""', "id2"])
def test_a_field_that_no_one_knows_is_reported_wherever_it_stands(name: str) -> None:
    tables = {(index, path[:-1]): regime for index, (regime, path) in enumerate(FIELDS) if path[-2:-1] != ("title",)}
    values: Sequence[object] = ("5", 5, {}, [{}])
    for value in values:
        for (_, path), regime in tables.items():
            changed = deepcopy(regime)
            at(changed, path)[name] = value
            rule, field = named(regime, (*path, name.strip('"')))
            fault = fault_in(file_of(changed))
            assert fault is not None
            assert (fault.rule, fault.field, fault.what) == (rule, field, "unknown_field")


@pytest.mark.parametrize("value", [None, 5, -1, 2.5, True, [], {}, DAY, "", "A", "a b", "x" * 41])
def test_a_rule_without_a_proper_name_is_reported_by_its_place_or_by_that_name(value: object) -> None:
    changed = deepcopy(GOOD[0])
    changed["rule"][0].update({"id": value})
    if value is None:
        del changed["rule"][0]["id"]
    fault = fault_in(file_of(changed))
    assert fault is not None
    assert (fault.rule, fault.field) == ((value, "id") if isinstance(value, str) and value else ("", "rule[0].id"))


WHOLE_FILES: Mapping[str, bytes] = {
    "empty": b"",
    "spaces": b" \n\t\n",
    "nul": b"\x00" * 100,
    "latin-1": 'id = "caf\xe9"'.encode("latin-1"),
    "utf-16": 'id = "x"'.encode("utf-16"),
    "gb18030": 'id = "前往"'.encode("gb18030"),
    "half a character": "id = '前'".encode()[:-2],
    "surrogate": b"id = '\xed\xa0\x80'",
    "byte order mark": b"\xef\xbb\xbf" + (FOLDER / "uz-demo.toml").read_bytes(),
    "json": b'{"id": "uz"}',
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "deep lists": b"a = " + b"[" * 50_000,
    "deep tables": b"a = " + b"{a=" * 50_000,
    "deep and closed": b"a = " + b"[" * 400 + b"]" * 400,
    "deep keys": b"a." * 2_000 + b"a = 1",
    "a megabyte": b'id = "' + b"x" * 1_000_000 + b'"',
    "a megabyte of words": b"word " * 200_000,
    "a number without end": b"id = " + b"9" * 5_000,
    "a hexadecimal without end": b"id = 0x" + b"f" * 5_000,
    "a float without end": b"id = 1e" + b"9" * 5_000,
    "no day": b"from = 2026-02-30",
    "no month": b"from = 2026-13-01",
    "year nought": b"from = 0000-01-01",
    "no hour": b"from = 2026-01-01T25:00:00Z",
    "no zone": b"from = 2026-01-01T05:00:00+99:99",
    "twice": b'id = "a"\nid = "b"',
    "table twice": b"[duty]\n[duty]",
    "table and list": b"[rule]\n[[rule]]",
    "not closed": b'title = { en = "x"',
    "bare text": b"id = uz",
    "control character": b'id = "a\x07"',
    "bad escape": b'id = "\\x"',
    "surrogate escape": b'id = "\\ud800"',
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_a_file_that_is_no_regime_is_a_fault_and_no_crash(name: str, tmp_path: Path) -> None:
    assert fault_in(WHOLE_FILES[name]) is not None
    (tmp_path / "uz.toml").write_bytes(WHOLE_FILES[name])
    assert [Path(fault.file).name for fault in load_regimes([tmp_path])[1]] == ["uz.toml"]


def test_what_is_no_file_stops_nothing_but_itself(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.toml").symlink_to(tmp_path / "round.toml")
    (tmp_path / "uz-demo.toml").write_bytes((FOLDER / "uz-demo.toml").read_bytes())

    regimes, faults = load_regimes([tmp_path])

    assert list(regimes) == ["uz-demo"]
    assert {(Path(fault.file).stem, fault.what) for fault in faults} == {
        ("folder", "not_readable"),
        ("gone", "not_readable"),
        ("round", "not_readable"),
    }


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("example = true\n", "", ("value", "source", "of_an_example_only")),
        ('confidence = "low"', 'confidence = "high"', ("value", "confidence", "of_an_example")),
    ],
)
def test_only_an_example_is_without_a_source(before: str, after: str, where: tuple[str, str, str]) -> None:
    text = (FOLDER.parents[1] / "resources" / "regimes" / "cn-mohan.toml").read_text(encoding="utf-8")
    assert read_regime(text.encode(), "cn-mohan.toml").is_example

    with pytest.raises(RegimeFault) as fault:
        read_regime(text.replace(before, after).encode(), "cn-mohan.toml")
    assert (fault.value.rule, fault.value.field, fault.value.what) == where
