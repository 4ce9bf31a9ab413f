"""Messages for scans that no page accepts, and for sessions ended by a manager."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from pos.domain.staff.staff import MustChoosePin, PersonDisabled
from pos.ui.input.actions import HAND_OVER, OPEN_SHIFT, OTHER_CASHIERS_SHIFT
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.ui.session.session import Session


def nowhere_to_scan(session: Session, screen_id: str) -> Notice:
    """What must be done before scans are accepted, while `screen_id` is shown."""
    tr = session.translator
    if QApplication.activeModalWidget() is not None:
        text = tr("Close the dialog first, then scan again.")
    elif session.person is None:
        text = tr("Sign in first, then scan again.")
    elif screen_id in (OTHER_CASHIERS_SHIFT, HAND_OVER):
        text = tr("Take over the shift first, then scan again.")
    elif screen_id == OPEN_SHIFT:
        text = tr("Open the shift first, then scan again.")
    else:
        text = tr("This page does not use scans.")
    return Notice(Tone.NEARLY, text, seconds=8)


def naming(error: Exception, title: str) -> Exception:
    """The same refusal with the display name instead of the sign-in name."""
    if isinstance(error, PersonDisabled):
        return replace(error, name=title)
    return replace(error, person=title) if isinstance(error, MustChoosePin) else error
