"""The sentences of what a till meets when it starts, or when its disk or its clock is not well."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_

START: Mapping[str, str] = {
    "clock_ahead": N_(
        "The clock of this computer says {now}, and the books are at {last}. Set the clock, then go on. If it is right,"
        " a manager confirms it with the command clock accept."
    ),
    "clock_off_server": N_(
        "The clock of this computer says {now}, that of the database server {server}. Set the one that is wrong, then"
        " go on. If this computer's is right, a manager confirms it with the command clock accept."
    ),
    "clock_set_back": N_(
        "The clock of this computer says {now}, and the books end on {last}. Set the clock, then go on. Where it is"
        " right and the books were ahead, a manager says so with the command clock accept."
    ),
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
        "The disk failed, and nothing was recorded by this step. Try again; where it fails again, sell no more and have"
        " the disk looked at."
    ),
    "keys_link_broken": N_(
        "The key file {where} is a link to {detail}, and that file is missing. Put it back, or the copy that was kept"
        " with the shop's papers."
    ),
    "network_folder": N_(
        "{where} is on a network drive ({detail}), where a store in one file can lose sales. Move the shop's folder to"
        " a disk of this computer, or use a database server."
    ),
    "not_a_file": N_(
        "{where} is no file, and the shop's store should be one. Nothing was touched; put the store back."
    ),
    "store_gone": N_(
        "The shop has traded here, and its store {where} is gone or empty. Nothing was made in its place; put the file"
        " or the last backup back."
    ),
}
"""The sentences of what fails outside the program, as TROUBLES."""
