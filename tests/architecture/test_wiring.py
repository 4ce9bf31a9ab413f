"""The wiring can be followed: one typed context for every use case, nothing untyped between a button and a use case."""

from __future__ import annotations

import ast

from tests.architecture.source import ROOT, modules, position, tree

CONTEXT = ROOT / "pos/application/settings/context.py"
BELOW = ROOT / "pos/application/access"
"""The shelf below the context: what stands there is given the store itself."""


def test_a_use_case_has_a_context_and_no_store_of_its_own() -> None:
    own = [
        f"{position(path, field.lineno)} {ast.unparse(field)}"
        for path in modules("pos/application")
        if path != CONTEXT and path.parent != BELOW
        for owner in ast.walk(tree(path))
        if isinstance(owner, ast.ClassDef)
        for field in owner.body
        if isinstance(field, ast.AnnAssign) and ast.unparse(field) == "store: Store"
    ]

    assert own == []


def test_an_editor_can_follow_the_wiring() -> None:
    untyped = [
        f"{position(path, node.lineno)} {node.id}"
        for path in (
            ROOT / "main.py",
            ROOT / "till_adapters.py",
            ROOT / "center_adapters.py",
            CONTEXT,
            *modules("pos/application/shop"),
        )
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id in ("Any", "cast", "import_module")
    ]

    assert untyped == []
