"""Keys, scanners and touch: which action a key means, which press counts, what a scanner sends."""
