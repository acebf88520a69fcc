"""The window that shows two versions of a draft beside each other, or in one text."""

from ui.compare.window import CompareWindow

__all__ = ["CompareWindow"]
