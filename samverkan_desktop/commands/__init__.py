"""What each command of the command line does: it writes to standard output, returns its exit code.

Libraries and writers are imported by the command that needs them, so that the others start at once.
"""
