"""Sentences for errors of printers, drawers, scales and scanners."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.text.translator import N_

DEVICE_TROUBLES: Mapping[str, str] = {
    "cover_open": N_("The cover of printer {where} is open. Close it and print again."),
    "no_usb_library": N_(
        "USB printer {where} needs libusb, and it is not installed. Install it, or use the printer as "
        "escpos:file:/dev/usb/lp0."
    ),
    "not_a_device": N_("{where} is not a printer. Nothing was written."),
    "not_answering": N_("Printer {where} does not respond. Check the power and the cable."),
    "paper_out": N_("Printer {where} is out of paper. Load a new roll and print again."),
    "port_forbidden": N_("No permission to use port {where}. On Linux: sudo usermod -aG dialout NAME"),
    "port_taken": N_("Port {where} is in use by another program or window."),
    "printer_busy": N_("Printer {where} is busy. Print again later."),
    "scale_empty": N_("The scale is empty."),
    "scale_moving": N_("The weight is not stable yet."),
    "scale_negative": N_("The scale shows a negative weight. Empty it and set it to zero."),
    "scale_overload": N_("The scale is overloaded."),
    "scale_silent": N_("The scale on {where} sends no valid weight. Check its protocol and speed."),
    "scale_unplugged": N_("The scale on {where} is not connected. Check the power and the cable, or type the weight."),
    "scanner_gone": N_("The scanner on {where} is not connected. Plug it in, or type the codes."),
}
"""As TROUBLES."""

DEVICE_KINDS: Mapping[str, str] = {"DeviceError": N_("Device {where} does not respond.")}
