"""The command that breaks the rules by slips: which slips it makes, and that it makes no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number
from tests.mutants.__main__ import ROOT, RULES, draw, keys_of, read_equivalents
from tests.mutants.changes import Change, changes
from tests.mutants.trial import Known, put_in_place

SOURCE = '''"""A rule."""
MOST = 3
RATE = Decimal("0.5")

@dataclass(frozen=True)
class Row:
    pieces: int = 0

    def fits(self, more: int) -> bool:
        """Whether 4 more fit."""
        if not self.pieces:
            return True
        return self.pieces + more <= MOST and min(self.pieces, more) in (1,)
'''


def made(tmp_path: Path, source: str) -> list[Change]:
    (tmp_path / "rule.py").write_text(source, encoding="utf-8")
    return changes(tmp_path, "rule.py")


def test_bounds_signs_numbers_and_conditions_change_one_at_a_time(tmp_path: Path) -> None:
    changes = {(change.function, change.after) for change in made(tmp_path, SOURCE)}
    kept = "return self.pieces + more <= MOST and min(self.pieces, more) in (1,)"

    assert changes == {
        ("", "MOST = 4"),
        ("", "MOST = 2"),
        ("", "RATE = Decimal('0.6')"),
        ("", "pieces: int = 1"),
        ("", "pieces: int = -1"),
        ("Row.fits", "if self.pieces:"),
        ("Row.fits", "return False"),
        ("Row.fits", kept.replace("+", "-")),
        ("Row.fits", kept.replace("<=", "<")),
        ("Row.fits", kept.replace("and", "or")),
        ("Row.fits", kept.replace("min", "max")),
        ("Row.fits", kept.replace(" in ", " not in ")),
        ("Row.fits", kept.replace("(1,)", "(2,)")),
        ("Row.fits", kept.replace("(1,)", "(0,)")),
    }


def test_a_change_is_known_wherever_its_statement_stands(tmp_path: Path) -> None:
    before = {change.key for change in made(tmp_path, SOURCE)}

    assert {change.key for change in made(tmp_path, SOURCE.replace("MOST = 3", "\n# so many\nMOST = 3"))} == before


def test_a_seed_draws_the_same_changes_again(tmp_path: Path) -> None:
    every = made(tmp_path, SOURCE)

    assert draw(every, 1, 5) == draw(every, 1, 5) != draw(every, 2, 5)
    assert len(draw(every, 1, 5)) == 5


def test_a_change_is_put_into_the_function_that_all_modules_hold() -> None:
    change = next(one for one in changes(ROOT, "pos/domain/receipt_number.py") if "match is not None" in one.after)
    sound = read_receipt_number.__code__
    try:
        put_in_place(ROOT, change)
        with pytest.raises(NoSuchReceipt):
            read_receipt_number("T1-000001")
    finally:
        read_receipt_number.__code__ = sound
    assert read_receipt_number("T1-000001") == ("T1", 1)


def test_a_function_that_only_runs_while_its_module_loads_is_called_by_no_test() -> None:
    [called, *_] = changes(ROOT, "pos/domain/receipt_number.py")
    fields = changes(ROOT, "pos/domain/catalogue/product_fields.py")
    known = Known(reached={"a test": [(called.path, called.function), (fields[0].path, "field_text")]})

    assert known.is_called(called)
    assert not known.is_called(next(one for one in fields if "NAMES, 201," in one.after))


def test_every_slip_that_is_excused_can_still_be_made() -> None:
    every = [
        change
        for file in sorted((ROOT / RULES).rglob("*.py"))
        for change in changes(ROOT, file.relative_to(ROOT).as_posix())
    ]

    assert read_equivalents().keys() <= {key for change in every for key in keys_of(change)}
