"""The marks of numbered lists: a "punkt 2 a" must be found under the same name in every format."""


def number_mark(depth: int, index: int) -> str:
    """Return the mark of an item, counted from 1, in a numbered list inside `depth` others.

    They are 1. then a. then i., and from the beginning again, as in a Word list (ECMA-376 part 1,
    17.18.59: after z come aa, bb, cc).
    """
    numeral = (str, _letters, _roman)[depth % 3]
    return f"{numeral(index)}."


def _letters(index: int) -> str:
    return chr(ord("a") + (index - 1) % 26) * (1 + (index - 1) // 26)


def _roman(index: int) -> str:
    numeral = ""
    for value, sign in _ROMAN:
        count, index = divmod(index, value)
        numeral += sign * count
    return numeral


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
