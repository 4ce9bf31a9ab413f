"""Border POS: the till of a shop in a border cooperation center."""

import zoneinfo

__version__ = "0.1.0"
"""The number of this program; the one place where it stands."""

# The day of an allowance must end at the same instant on every till, whatever zone data its system or its environment
# has. The window, each command, each process of `simulate` and the tools all begin here.
zoneinfo.reset_tzpath(())
zoneinfo.ZoneInfo.clear_cache()
