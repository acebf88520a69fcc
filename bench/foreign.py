"""Runs a typesetter that isn't among our libraries, in the environment where it is installed.

`python bench/foreign.py ENGINE FONTS` reads a JSON list of sources, and writes one of the
milliseconds that each took and the last file in base 64.
"""

import base64
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

# What writes a source as PDF.
_Engine = Callable[[str], bytes]


def main(engine: str, fonts: str) -> None:
    """Time the sources one by one; the first warms up and isn't told."""
    write = _ENGINES[engine](Path(fonts))
    times, data = [], b""
    for source in json.load(sys.stdin):
        start = time.perf_counter()
        data = write(source)
        times.append((time.perf_counter() - start) * 1000)
    json.dump({"times": times[1:], "pdf": base64.b64encode(data).decode("ascii")}, sys.stdout)


def _weasyprint(variant: str) -> Callable[[Path], _Engine]:
    def engine(_fonts: Path) -> _Engine:
        import weasyprint

        return lambda source: bytes(
            weasyprint.HTML(string=source).write_pdf(pdf_variant=variant, pdf_tags=True)
        )

    return engine


def _typst(fonts: Path) -> _Engine:
    import typst

    return lambda source: bytes(
        typst.compile(
            source.encode("utf-8"),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-2a"],
        )
    )


def _fpdf2(fonts: Path) -> _Engine:
    from fpdf import FPDF

    def write(source: str) -> bytes:
        pdf = FPDF()
        for style, face in (("", "Regular"), ("B", "Bold"), ("I", "Italic"), ("BI", "BoldItalic")):
            pdf.add_font("Tinos", style, fonts / f"Tinos-{face}.ttf")
        pdf.set_margins(56, 29, 24)
        pdf.set_font("Tinos", size=11.5)
        pdf.set_lang("sv")
        pdf.add_page()
        pdf.write_html(source, font_family="Tinos")
        return bytes(pdf.output())

    return write


_ENGINES: dict[str, Callable[[Path], _Engine]] = {
    "weasyprint-ua": _weasyprint("pdf/ua-1"),
    "weasyprint-a": _weasyprint("pdf/a-2a"),
    "typst": _typst,
    "fpdf2": _fpdf2,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
