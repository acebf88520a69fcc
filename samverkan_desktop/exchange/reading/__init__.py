"""Readers: a file of any kind in, what it says in reading order out (`model.ReadDocument`)."""
