"""What every page is given: who is signed in, language, devices, background work, how failures are worded."""
