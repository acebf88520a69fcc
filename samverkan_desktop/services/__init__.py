"""Use cases: functions that the window and the command line call."""
