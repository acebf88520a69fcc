"""Any draft at all, sent as Word: what comes back is what was sent, and the draft itself."""

import io

from hypothesis import example, given
from pdf_samples import PICTURE
from reviewed import TEMPLATES
from strategies import drafts
from word_documents import FOLDERS

from samverkan_desktop.domain.composition import compose
from samverkan_desktop.domain.draft import Draft, Organisation
from samverkan_desktop.domain.export_errors import ExportError
from samverkan_desktop.domain.progress import silent
from samverkan_desktop.domain.review_content import content_of
from samverkan_desktop.exchange.office.package import Package
from samverkan_desktop.exchange.word.carried import carried_draft
from samverkan_desktop.exchange.word.returned import read_returned
from samverkan_desktop.export.word import write_word

TEMPLATE = TEMPLATES["stockholm-remissvar"]


@example(Draft(id="1", title="", template=TEMPLATE.name, organisation=Organisation(web="a · b")))
@given(drafts())
def test_nothing_has_been_changed_in_a_file_that_nobody_has_touched(draft: Draft):
    document, out = compose(draft, TEMPLATE), io.BytesIO()
    try:
        write_word(document, lambda _: PICTURE, out, FOLDERS, silent, draft)
    except ExportError:
        return  # a picture without a description
    package = Package(out.getvalue(), "fil.docx")
    carried = carried_draft(package)
    assert carried is not None
    assert carried.draft == draft
    returned = read_returned(
        package, carried, document, lambda key: content_of(draft, TEMPLATE, key)
    )
    assert (returned.suggestions, returned.comments, returned.outside) == ((), (), ())
    assert returned.lost == ()
