"""The bundle for Windows, built on Linux: a folder, a .zip and an installer."""
