"""A file that could not be used, or rules that the settings miss: what is wrong, what holds meanwhile, what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.application.show_regimes import FileFault, MissingRegime
from pos.application.words import Words
from pos.ui.regimes.details import Details, Fact, begun
from pos.ui.regimes.regime_rows import Reason, side_text
from pos.ui.widgets.surface import Ground, Surface


class TroublePage(Surface):
    """Everything that helps to mend it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self.details = Details()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.details)

    def present_fault(self, fault: FileFault, reason: Reason, words: Words) -> None:
        """Explain a file of which nothing is used."""
        facts: list[Fact] = [
            (words("What is wrong"), begun(reason(fault.what, words))),
            (words("Rule"), fault.rule),
            (words("Field"), fault.field),
            (words("Line"), str(fault.line) if fault.line else ""),
            (words("Folder"), str(fault.file.parent)),
            (words("Meanwhile"), _meanwhile(fault, words)),
            (words("What to do"), _remedy(fault, words)),
        ]
        self.details.present(words("{file} is not used", file=fault.file.name), facts)

    def present_missing(self, one: MissingRegime, words: Words) -> None:
        """Explain rules that the settings want and that are not there."""
        todo = words("Mend or add the file {file}, or choose other rules in the settings.", file=f"{one.regime}.toml")
        meanwhile = words("Sales to visitors who leave to this side are refused.")
        title = words("“{regime}” is not there", regime=one.regime)
        facts = [(words("What is wrong"), side_text(one, words)), (words("Meanwhile"), meanwhile)]
        self.details.present(title, [*facts, (words("What to do"), todo)])


def _meanwhile(fault: FileFault, words: Words) -> str:
    if not fault.replaced:
        return words("Nothing of this file is in force.")
    if fault.own:
        return words("The built-in rules of this name are in force.")
    return words("The shop's own file of this name is in force.")


def _remedy(fault: FileFault, words: Words) -> str:
    if fault.own:
        return words("Mend the file and start the till again: rules are read when it starts.")
    return words("Install the program again.")
