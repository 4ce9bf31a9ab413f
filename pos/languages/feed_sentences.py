"""Why a file of rates did not come from the web, or from the folder of the shop."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

FEED_TROUBLES: Mapping[str, str] = {
    "feed_broken_off": N_("The connection to {where} broke off. Nothing was recorded. Try again."),
    "feed_certificate": N_("The certificate of {where} is not valid ({detail}). Nothing was taken from there."),
    "feed_no_answer": N_("{where} does not answer in time. Nothing was recorded. Try again later."),
    "feed_no_rates": N_("What {where} sends is not the file of a central bank. Check the address."),
    "feed_redirected": N_("{where} leads to an address without https ({detail}). Nothing was taken from there."),
    "feed_refused": N_("{where} does not have the file ({detail}). Check the address."),
    "feed_too_large": N_("{where} sends more than 1 MB, which is no file of rates. Check the address."),
    "feed_unknown_host": N_("The address of {where} is not known to the network. Check the address and the network."),
    "feed_unreachable": N_("{where} cannot be reached ({detail}). Check the network."),
    "feed_web_page": N_("{where} sends a web page in place of a file of rates. Check the address."),
    "rate_folder": N_("The folder with files of rates {where} cannot be read ({detail}). Check the settings."),
}
"""The sentence of an environment error, by its `what`; `{where}` is the host or the folder."""
