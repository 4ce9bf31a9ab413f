"""The keyboard on the screen: shown where a finger is used, gone where keys are."""
