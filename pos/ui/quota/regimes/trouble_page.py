"""A file that could not be used, or missing rules: the problem, what applies meanwhile, and the remedy."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.quota.show_regimes import FileFault, MissingRegime
from pos.application.text.words import Words
from pos.ui.quota.regimes.details import DetailList, Fact, begun
from pos.ui.quota.regimes.regime_rows import Reason, side_text
from pos.ui.widgets.drawing.surface import Ground, Surface


class TroublePage(Surface):
    """Everything that helps to fix the problem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self.details = DetailList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.details)

    def present_fault(self, fault: FileFault, reason: Reason, words: Words) -> None:
        """Explain a file that was rejected as a whole."""
        facts: list[Fact] = [
            (words("Error"), begun(reason(fault.what, words))),
            (words("Rule"), fault.rule),
            (words("Field"), fault.field),
            (words("Line"), str(fault.line) if fault.line else ""),
            (words("Folder"), str(fault.file.parent)),
            (words("Until corrected"), _meanwhile(fault, words)),
            (words("Solution"), _remedy(fault, words)),
        ]
        self.details.present(words("{file} is not used", file=fault.file.name), facts)

    def present_missing(self, one: MissingRegime, words: Words) -> None:
        """Explain rules that the settings name and that are missing."""
        todo = words(
            "Correct or add the file {file}, or choose other rules in the settings.", file=f"{one.regime}.toml"
        )
        meanwhile = words("Sales to visitors with this destination are refused.")
        title = words("“{regime}” is missing", regime=one.regime)
        facts = [(words("Error"), side_text(one, words)), (words("Until corrected"), meanwhile)]
        self.details.present(title, [*facts, (words("Solution"), todo)])


def _meanwhile(fault: FileFault, words: Words) -> str:
    if not fault.replaced:
        return words("This file is not in use.")
    if fault.own:
        return words("The built-in rules with this name are in use.")
    return words("The custom file with this name is in use.")


def _remedy(fault: FileFault, words: Words) -> str:
    if fault.own:
        return words("Correct the file and restart the till. Rules are read at start.")
    return words("Reinstall the program.")
