"""The small changes that can be made to a module: what a slip of the hand would make of it."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

BOUNDS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
CHOICES = {"min": "max", "max": "min", "any": "all", "all": "any"}
NEGATED_BY_THEIR_BOUND = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
NUMBERS_IN_QUOTES = ("Decimal", "Fraction")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one module. It is the same change wherever its statement stands: it is not known by its line."""

    path: str
    scope: str
    before: str
    after: str
    """The statement, or the head of a compound one, as `ast.unparse` writes it."""
    line: int
    nth: int
    """Which of the module's changes this is."""
    function: str
    """The function of the module or of a class that must be made again; "" if the module itself must be."""

    @property
    def module(self) -> str:
        """The dotted name of the module."""
        return self.path.removesuffix(".py").replace("/", ".")

    @property
    def is_inside_a_function(self) -> bool:
        """Whether nothing but the code of one function changes."""
        return bool(self.function)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a list of equivalent mutants knows it by."""
        return self.path, self.scope, self.before, self.after


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a node stands."""

    statement: ast.stmt
    scope: str
    function: str


@dataclass(frozen=True, slots=True)
class _Spot:
    """A field of a node, or one entry of it, and what could stand there."""

    context: _Context
    parent: ast.AST
    field: str
    at: int | None
    other: object

    @property
    def value(self) -> object:
        value = getattr(self.parent, self.field)
        return value if self.at is None else value[self.at]

    def put(self, value: object) -> None:
        if self.at is None:
            setattr(self.parent, self.field, value)
        else:
            getattr(self.parent, self.field)[self.at] = value


def changes(root: Path, path: str) -> list[Change]:
    """List every change of one module, in the order of its text."""
    tree = ast.parse((root / path).read_text(encoding="utf-8"))
    made = []
    for nth, spot in enumerate(_spots(tree)):
        context, kept = spot.context, spot.value
        before = _head(context.statement)
        spot.put(spot.other)
        line = getattr(spot.parent, "lineno", context.statement.lineno)
        made.append(Change(path, context.scope, before, _head(context.statement), line, nth, context.function))
        spot.put(kept)
    return made


def changed(source: str, nth: int) -> ast.Module:
    """Give the module with one change made."""
    tree = ast.parse(source)
    spot = list(_spots(tree))[nth]
    spot.put(spot.other)
    return ast.fix_missing_locations(tree)


def _head(statement: ast.stmt) -> str:
    shell = copy.copy(statement)
    for part in ("body", "orelse", "finalbody", "handlers"):
        if hasattr(shell, part):
            setattr(shell, part, [])
    if isinstance(shell, ast.Match):
        shell.cases = []
    return ast.unparse(shell)


def _spots(tree: ast.Module) -> list[_Spot]:
    return [spot for statement in tree.body for spot in _of_statement(statement, "", "")]


def _of_statement(statement: ast.stmt, scope: str, function: str) -> Iterator[_Spot]:
    """Yield the spots of a statement and of those inside it; `function` is the outermost one that it stands in."""
    if isinstance(statement, ast.If) and ast.unparse(statement.test) == "TYPE_CHECKING":
        return
    inner, inside = scope, function
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        inner = f"{scope}.{statement.name}".lstrip(".")
        inside = function or (inner if isinstance(statement, ast.FunctionDef) else "")
    # The defaults of a function belong to what stands around it.
    yield from _within(statement, _Context(statement, inner, function))
    for part in ("body", "orelse", "finalbody"):
        for each in getattr(statement, part, ()):
            yield from _of_statement(each, inner, inside)
    for handler in getattr(statement, "handlers", ()):
        for each in handler.body:
            yield from _of_statement(each, inner, inside)
    for case in getattr(statement, "cases", ()):
        if case.guard is not None:
            yield from _negated(_Context(statement, inner, inside), case, "guard")
            yield from _within(case.guard, _Context(statement, inner, inside))
        for each in case.body:
            yield from _of_statement(each, inner, inside)


def _within(node: ast.AST, context: _Context) -> Iterator[_Spot]:
    """Yield the spots of a node and of what it holds, but for the statements inside it."""
    for field, other in _own(node):
        yield _Spot(context, node, field, None, other)
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            yield _Spot(context, node, "ops", at, BOUNDS[type(operator)]())
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        yield from _negated(context, node, "test")
    if isinstance(node, ast.comprehension):
        for at in range(len(node.ifs)):
            yield from _negated(context, node, "ifs", at)
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "bases", "type_params"):
            continue
        if isinstance(node, ast.Call) and field == "keywords":
            value = [word for word in node.keywords if word.arg != "strict"]
        for at, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
                continue
            if isinstance(child, ast.Slice) and isinstance(context.statement, ast.Raise):
                continue  # to how many characters a refusal shortens what was typed, is no rule of the shop
            if isinstance(child, ast.UnaryOp) and isinstance(child.op, ast.USub | ast.Not):
                yield _Spot(context, node, field, at if isinstance(value, list) else None, child.operand)
            yield from _within(child, context)


def _own(node: ast.AST) -> Iterator[tuple[str, object]]:
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in SIGNS:
        yield "op", SIGNS[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        yield "op", ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Name) and node.id in CHOICES:
        yield "id", CHOICES[node.id]
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, bool):
            yield "value", not node.value
        elif isinstance(node.value, int):
            yield "value", node.value + 1
            yield "value", node.value - 1
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NUMBERS_IN_QUOTES:
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and "/" not in first.value:
            number = Decimal(first.value)
            step = Decimal((0, (1,), int(number.as_tuple().exponent)))
            yield "args", [ast.Constant(str(number + step)), *node.args[1:]]


def _negated(context: _Context, parent: ast.AST, field: str, at: int | None = None) -> Iterator[_Spot]:
    """Yield the opposite of a condition, unless another change says the same."""
    value = getattr(parent, field)
    condition = value if at is None else value[at]
    says_the_same = (isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not)) or (
        isinstance(condition, ast.Compare)
        and len(condition.ops) == 1
        and isinstance(condition.ops[0], NEGATED_BY_THEIR_BOUND)
    )
    if not says_the_same:
        yield _Spot(context, parent, field, at, ast.UnaryOp(ast.Not(), condition))
