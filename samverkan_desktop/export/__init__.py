"""The composed document written out: plain text, Word, PDF."""
