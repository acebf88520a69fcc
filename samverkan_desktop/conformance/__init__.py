"""Whether a file is what it should be: a PDF against PDF/UA-1 and PDF/A-2a, without Java.

`pdf.check_pdf` opens a file (`opened`) as its pages (`content`), its structure tree (`tree`) and
its fonts (`fonts`), and asks every rule. A rule (`rules.Rule`) names its clause and its Swedish
message and yields the places where a file breaks it; each module has its rules in a table `RULES`.

The rules cover what a file from this program can get wrong, also what the standards leave to
people to judge (text hidden from readers as an artifact). They are no full validator: a file full
of other techniques may break rules that are not here.
"""
