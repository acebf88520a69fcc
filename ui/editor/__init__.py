"""The rich text editor of one section."""
