"""Recognition: from what a reader saw to a draft, and a report of what was placed where.

`recognise(document, catalogue)` is the one entry. It gives back a draft, the files of its images,
and a report; every word of the document is in the draft or in the report.
"""
