"""The window: all Qt code."""
