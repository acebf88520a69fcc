"""How wide text in a table or the margin will be, near enough to give it room.

Word sets the text itself, with the fonts of the machine where the file is opened.
"""

# Widths of Arial's characters in thousandths of its size (the metrics that all its kin share).
_WIDTHS = {
    222: "'ijl’|",
    278: " !,./:;I[\\]ft\N{NO-BREAK SPACE}",
    333: "()-`r”*°{}\"",
    500: "Jcksvxyz^",
    556: "#$0123456789?L_abdeghnopquåäöéü–§€",
    584: "+<=>~−×",
    667: "FTZ&ABEKPSVXYÅÄÉ",
    722: "CDHNRUwÜ",
    778: "GOQÖ",
    889: "Mm½%",
    1000: "W—…@",
}  # fmt: skip
_WIDTH_OF = {character: width for width, characters in _WIDTHS.items() for character in characters}
_UNKNOWN = 700
_MARGIN = 1.03  # for fonts that are a little wider
_BOLD = 1.12


def text_width(text: str, size: float, *, bold: bool = False) -> int:
    """Return the width of text in Arial of `size` points, in twentieths of a point, rounded up."""
    thousandths = sum(_WIDTH_OF.get(character, _UNKNOWN) for character in text)
    return int(thousandths * size * 20 / 1000 * (_BOLD if bold else _MARGIN)) + 1
