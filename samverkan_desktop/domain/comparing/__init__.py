"""compare(old, new, template): what differs between two versions of a draft."""

from samverkan_desktop.domain.comparing.compare import compare
from samverkan_desktop.domain.comparing.comparison import Change, Comparison, Part, Row, Stop
from samverkan_desktop.domain.comparing.words import Kind, Piece

__all__ = ["Change", "Comparison", "Kind", "Part", "Piece", "Row", "Stop", "compare"]
