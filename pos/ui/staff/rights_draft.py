"""The table of rights as it is being changed: what is saved, and what was changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pos.application.settings.settings import RIGHTS_OF, RIGHTS_SETTINGS, Settings
from pos.application.text.names import RIGHTS, ROLES, name_of
from pos.application.text.translator import Translator
from pos.domain.staff.rights import GRANTED_PERMISSIONS, in_order


@dataclass
class RightsDraft:
    """Each change is kept by itself: what another manager changes meanwhile in another place stays."""

    saved: Settings
    cells: dict[tuple[str, str], bool] = field(default_factory=dict)
    """By role and permission whether the role is to have it."""
    limits: dict[str, str] = field(default_factory=dict)
    """By role the largest discount, as it was typed."""

    def may(self, role: str, permission: str) -> bool:
        """Whether the role has the permission, or will have it once the changes are saved."""
        return self.cells.get((role, permission), self._has(role, permission))

    def limit(self, role: str) -> str:
        """The largest discount of a role in per cent, as saved or typed."""
        return self.limits.get(role, self.saved.text(RIGHTS_OF[role][1]))

    def put(self, role: str, permission: str, *, on: bool) -> None:
        """Grant a permission, or take it away."""
        self.cells[role, permission] = on
        self._leave_out_unchanged()

    def put_limit(self, role: str, text: str) -> None:
        """Set the largest discount of a role."""
        is_figure = text.isascii() and text.isdigit()
        self.limits[role] = str(int(text)) if is_figure else text
        self._leave_out_unchanged()

    def put_usual(self) -> None:
        """Change everything to how a new shop has it."""
        usual = Settings()
        for role, (_, percent) in RIGHTS_OF.items():
            for permission in GRANTED_PERMISSIONS:
                self.cells[role, permission] = usual.rights.of(role).may(permission)
            self.limits[role] = usual.text(percent)
        self._leave_out_unchanged()

    def take(self, saved: Settings) -> None:
        """The settings are these by now; what is already so is no change any more."""
        self.saved = saved
        self._leave_out_unchanged()

    def drop(self) -> None:
        """Give every change up."""
        self.cells.clear()
        self.limits.clear()

    @property
    def is_usual(self) -> bool:
        """Whether it is, with its changes, how a new shop has it."""
        usual, texts = Settings(), self.texts
        return all(texts.get(name, self.saved.text(name)) == usual.text(name) for name in RIGHTS_SETTINGS)

    @property
    def texts(self) -> Mapping[str, str]:
        """The settings that are changed, as text."""
        changed = {}
        for role, (permissions, percent) in RIGHTS_OF.items():
            if any(one == role for one, _ in self.cells):
                changed[permissions] = ",".join(in_order(one for one in GRANTED_PERMISSIONS if self.may(role, one)))
            if role in self.limits:
                changed[percent] = self.limits[role]
        return changed

    @property
    def seen(self) -> Mapping[str, str]:
        """The values that the changes were made over."""
        return {name: self.saved.text(name) for name in self.texts}

    @property
    def about(self) -> object:
        """What would be lost with it."""
        return tuple(self.cells.items()), tuple(self.limits.items())

    def sentences(self, tr: Translator) -> Iterator[str]:
        """What the changes do, role by role."""
        for role, (_, percent) in RIGHTS_OF.items():
            called = name_of(ROLES, role, tr)
            if granted := self._named(role, tr, on=True):
                yield tr("{role} gains: {rights}.", role=called, rights=granted)
            if taken := self._named(role, tr, on=False):
                yield tr("{role} loses: {rights}.", role=called, rights=taken)
            if role in self.limits:
                now, before = self.limits[role], self.saved.text(percent)
                yield tr("{role}: discount up to {now} %, previously {before} %.", role=called, now=now, before=before)

    def _named(self, role: str, tr: Translator, *, on: bool) -> str:
        changed = (one for one in GRANTED_PERMISSIONS if self.cells.get((role, one)) is on)
        return tr(", ").join(name_of(RIGHTS, one, tr) for one in changed)

    def _has(self, role: str, permission: str) -> bool:
        return self.saved.rights.of(role).may(permission)

    def _leave_out_unchanged(self) -> None:
        self.cells = {cell: on for cell, on in self.cells.items() if on != self._has(*cell)}
        self.limits = {role: text for role, text in self.limits.items() if text != self.saved.text(RIGHTS_OF[role][1])}
