"""Measurements of speed and size; they are run by hand and never part of the tests."""
