"""Sentences about start-up, and about problems of the disk or the clock."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

START: Mapping[str, str] = {
    "border_fixed": N_(
        "This shop is at the border “{border}” and its books are in the currencies there. It cannot be opened at"
        " “{asked}”."
    ),
    "clock_ahead": N_(
        "The computer clock shows {now}, far ahead of the last entry from {last}. Set the clock. If it is correct, "
        "a manager can confirm it with the command clock accept."
    ),
    "clock_moved": N_(
        "The computer clock was changed while the program was running: it shows {now}, but {expected} was expected. "
        "Set the clock. If it is correct, close the program and start it again."
    ),
    "clock_off_server": N_(
        "The computer clock shows {now}, the database server shows {server}. Correct the clock that is wrong. If the "
        "computer clock is correct, a manager can confirm it with the command clock accept."
    ),
    "currency_changed": N_(
        "The file of the border “{border}” gives {currency} {digits} decimals, the books of this shop have {kept}."
        " Correct the file."
    ),
    "currency_gone": N_(
        "The file of the border “{border}” no longer has {currency}, which the books of this shop may contain."
        " Correct the file."
    ),
    "clock_set_back": N_(
        "The computer clock shows {now}, but the last entry is from {last}. Set the clock. If the clock is "
        "correct, a manager can confirm it with the command clock accept."
    ),
    "demo_fault": N_("{file}: {field} is missing or wrong."),
    "no_demo": N_("There is no demo shop at the border “{border}”."),
    "till_open_twice": N_(
        "Till {till} is already open on this computer, since {since}. Use that window. A second till needs its own"
        " name: --till T2."
    ),
    "till_elsewhere": N_(
        "Till {till} is in use on another computer ({where}), since {since}. Close it there, or start this till under"
        " another name: --till T2."
    ),
}

START_TROUBLES: Mapping[str, str] = {
    "disk_failed": N_(
        "Disk error. Nothing was recorded. Try again. If it fails again, stop selling and have the disk checked."
    ),
    "keys_link_broken": N_(
        "The key file {where} is a link to {detail}, and that file is missing. Restore it or your saved copy."
    ),
    "network_folder": N_(
        "{where} is on a network drive ({detail}), where a database file can lose sales. Move the shop folder to a "
        "local disk, or use a database server."
    ),
    "not_a_file": N_(
        "{where} is not a file, but the shop database should be one. Nothing was changed. Restore the database."
    ),
    "store_gone": N_(
        "The shop database {where} is missing or empty. Nothing new was created. Restore the file or the last backup."
    ),
}
"""Sentences for failures outside the program, as TROUBLES."""
