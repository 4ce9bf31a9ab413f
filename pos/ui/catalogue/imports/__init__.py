"""Pages that import a catalogue and undo an import."""
