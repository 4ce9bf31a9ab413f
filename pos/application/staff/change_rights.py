"""Change what each role may do without an approval."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.access.authorize import authorize, authorized_read
from pos.application.settings.context import UseCase
from pos.application.settings.option import UnknownSetting
from pos.application.settings.set_setting import STAFF, SettingChange, write_setting
from pos.application.settings.settings import RIGHTS_SETTINGS, Settings
from pos.domain.errors import MovedMeanwhile
from pos.domain.staff.staff import Person


class ChangeRights(UseCase):
    """The table of rights. Needs the permission `staff`, which only managers have."""

    def show(self, by: Person) -> Settings:
        """The settings in force, with the rights of every role. Raises NotAllowed."""
        with authorized_read(self.store, by, STAFF) as work:
            return Settings.read(work.settings.all())

    def __call__(self, by: Person, texts: Mapping[str, str], seen: Mapping[str, str]) -> Settings:
        """Set several settings of the rights at once, each from its text; equal values write nothing.

        `seen` are the values that the person saw. The new ones hold from the next step of each person on.
        Raises UnknownSetting, BadField, MovedMeanwhile, NotAllowed; then nothing is changed.
        """
        by.check(STAFF)
        with self.store.begin() as work:
            work.people.lock_managers()  # two managers who change the table at once come one after the other
            by = authorize(work, by, STAFF)
            before = Settings.read(work.settings.all())
            for name, text in texts.items():
                if name not in RIGHTS_SETTINGS:
                    raise UnknownSetting(name[:40])
                after = before.with_text(name, text)
                if after == before:
                    continue
                if before.text(name) != seen.get(name, ""):
                    raise MovedMeanwhile
                write_setting(work, SettingChange(before, after), name, by, self.now(), self.till)
                before = after
            work.commit()
        return before
