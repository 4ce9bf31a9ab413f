"""How parts are drawn and laid out."""
