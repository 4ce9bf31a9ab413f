"""The sentences of what befalls printers, drawers, scales and scanners."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.words import N_

DEVICE_TROUBLES: Mapping[str, str] = {
    "cover_open": N_("The cover of the printer {where} is open. Close it, then print again."),
    "no_usb_library": N_(
        "The printer {where} on USB needs libusb, which this computer has not got. Install it, or use the printer as"
        " escpos:file:/dev/usb/lp0."
    ),
    "not_a_device": N_("{where} is no printer. Nothing was written to it."),
    "not_answering": N_("The printer {where} does not answer. Is it switched on, and is its cable in?"),
    "paper_out": N_("The printer {where} has no paper. Put in a new roll, then print again."),
    "port_forbidden": N_(
        "The port {where} may not be used by whoever runs the till. On Linux: sudo usermod -aG dialout NAME"
    ),
    "port_taken": N_("The port {where} is in use by another program or another window."),
    "printer_busy": N_("The printer {where} is busy with another paper. Print again later."),
    "scale_empty": N_("Nothing lies on the scale."),
    "scale_moving": N_("The weight is not steady yet."),
    "scale_negative": N_("The scale shows less than nothing. Take everything off and set it to zero."),
    "scale_overload": N_("There is too much on the scale."),
    "scale_silent": N_("The scale on {where} says nothing that is a weight. Check its protocol and speed."),
    "scale_unplugged": N_(
        "The scale on {where} is not there. Is it switched on, and is its cable in? Type the weight."
    ),
    "scanner_gone": N_("The scanner on {where} is not there. Plug it in: it goes on by itself. Codes can be typed."),
}
"""As TROUBLES."""

DEVICE_KINDS: Mapping[str, str] = {"DeviceTrouble": N_("The device {where} does not answer.")}
