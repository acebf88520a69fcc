"""Office files from anywhere: opened within bounds, nothing in them run, fetched or believed."""
