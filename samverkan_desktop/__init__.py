"""Samverkan Desktop: write a tjänsteutlåtande, review it, and export it ready for signing."""

__version__ = "0.1.0"
