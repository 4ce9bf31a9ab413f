"""A file that could not be used, or missing rules: the problem, what applies meanwhile, and the remedy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.application.quota.show_regimes import FileFault, MissingRegime
from pos.application.text.translator import Translator
from pos.ui.quota.regimes.details import Detail, DetailList, begun
from pos.ui.quota.regimes.regime_rows import Reason, side_text
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.surface import Ground, Surface


class TroublePage(Surface):
    """Everything that helps to fix the problem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Ground.PANEL, parent)
        self.details = DetailList()
        vbox(self.details, margins=0, parent=self)

    def present_fault(self, fault: FileFault, reason: Reason, tr: Translator) -> None:
        """Explain a file that was rejected as a whole."""
        details: list[Detail] = [
            (tr("Error"), begun(reason(fault.what, tr))),
            (tr("Rule"), fault.rule),
            (tr("Field"), fault.field),
            (tr("Line"), str(fault.line) if fault.line else ""),
            (tr("Folder"), str(fault.file.parent)),
            (tr("Until corrected"), _meanwhile(fault, tr)),
            (tr("Solution"), _remedy(fault, tr)),
        ]
        self.details.present(tr("{file} is not used", file=fault.file.name), details)

    def present_missing(self, one: MissingRegime, tr: Translator) -> None:
        """Explain rules that the settings name and that are missing."""
        todo = tr("Correct or add the file {file}, or choose other rules in the settings.", file=f"{one.regime}.toml")
        meanwhile = tr("Sales to visitors with this destination are refused.")
        title = tr("“{regime}” is missing", regime=one.regime)
        details = [(tr("Error"), side_text(one, tr)), (tr("Until corrected"), meanwhile)]
        self.details.present(title, [*details, (tr("Solution"), todo)])


def _meanwhile(fault: FileFault, tr: Translator) -> str:
    if not fault.replaced:
        return tr("This file is not in use.")
    if fault.own:
        return tr("The built-in rules with this name are in use.")
    return tr("The custom file with this name is in use.")


def _remedy(fault: FileFault, tr: Translator) -> str:
    if fault.own:
        return tr("Correct the file and restart the till. Rules are read at start.")
    return tr("Reinstall the program.")
