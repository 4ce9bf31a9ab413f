"""Import of a catalogue, and taking an import back."""
