"""How the program looks and sounds: theme, icons, sounds, clocks."""
