"""The composed document as a Word file."""

from samverkan_desktop.export.word.writer import write_word

__all__ = ["write_word"]
