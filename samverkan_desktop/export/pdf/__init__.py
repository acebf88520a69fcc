"""The composed document as a tagged PDF: PDF/UA-1, PDF/A-2a, with fields to sign in.

The way of a document: `builder` makes the structure tree (`structure`) and boxes to set (`boxes`,
`tables`, whose text `lines` has broken); `pages` puts the boxes on pages; only then `canvas` draws,
and every drawing call names the piece of the structure that it shows, or says that it is an
artifact. So nothing can be drawn untagged, the reading order is the tree's whatever is drawn first,
and the layout of a part can be kept and drawn again.

ReportLab does what is below that: its `pdfdoc.PDFDocument` is the file (`objects`), its
`ttfonts.TTFontFace` reads and subsets the fonts (`fonts`, `embedding`).
"""
