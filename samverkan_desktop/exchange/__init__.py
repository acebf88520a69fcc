"""What comes in from outside: pasted HTML today, packages and Word files later."""
