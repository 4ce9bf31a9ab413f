"""Drawing helpers, labels and surfaces."""
