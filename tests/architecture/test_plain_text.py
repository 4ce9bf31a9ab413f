"""Names of goods and people come from strangers: nothing in the window takes them for markup."""

from __future__ import annotations

import ast

from tests.architecture.source import modules, position, tree

READS_MARKUP = {
    "QLabel", "QTextDocument", "QTextBrowser", "QTextEdit", "QStaticText", "QMessageBox", "QErrorMessage", "QToolTip",
}  # fmt: skip
"""What takes words that look like markup for markup, and shows the files that they name."""


def test_no_words_are_read_as_markup() -> None:
    """Names come from strangers: labels are TextLabel, and every tooltip goes through plain_tip."""
    read = []
    for path in modules("pos/ui"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func)
            last = name.rpartition(".")[2]
            if last in ("setToolTip", "showText", "setStatusTip", "setWhatsThis"):
                said = node.args[-2 if last == "showText" else 0]
                is_read = not (isinstance(said, ast.Call) and ast.unparse(said.func) == "plain_tip")
            else:
                is_read = last in READS_MARKUP or last in ("setHtml", "insertHtml", "setTextFormat", "setMarkdown")
            if is_read and not (path.name == "text_label.py" and "PlainText" in ast.unparse(node)):
                read.append(position(path, node.lineno))

    assert read == []


def test_only_rows_whose_tooltips_are_plain_have_any() -> None:
    rows = [
        position(path, node.lineno)
        for path in modules("pos/ui")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == "ToolTipRole"
    ]

    assert {where.rpartition(":")[0] for where in rows} == {
        "pos/ui/catalogue/imports/import_table.py", "pos/ui/widgets/tables/list_models.py",
    }  # fmt: skip
