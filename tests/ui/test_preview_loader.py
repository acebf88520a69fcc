"""The loader answers for what is asked now, never for what was asked before."""

import pytest
from small_pdf import small_pdf

from ui.preview_loader import PageLoader, Want
from ui.preview_pdf import PdfPages
from ui.tasks import TaskRunner


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


@pytest.fixture
def loader(runner):
    return PageLoader(runner)


def settle(runner: TaskRunner, qtbot) -> None:
    """Wait until every job that was asked for so far has been answered."""
    for _ in range(2):  # an answer may ask for one more job
        answered = []
        runner.run(lambda _progress: True, answered.append, answered.append)
        qtbot.waitUntil(lambda seen=answered: bool(seen))


def opened_by(loader: PageLoader) -> list[int]:
    counts = []
    loader.opened.connect(lambda pages: counts.append(len(pages.sizes)))
    return counts


def test_only_the_last_of_two_documents_is_opened(loader, runner, qtbot):
    counts = opened_by(loader)
    loader.open(small_pdf(1))
    loader.open(small_pdf(2))
    settle(runner, qtbot)
    assert counts == [2]


def test_a_document_that_was_closed_meanwhile_is_not_opened(loader, runner, qtbot):
    counts = opened_by(loader)
    loader.open(small_pdf(1))
    loader.close()
    settle(runner, qtbot)
    assert counts == []


def test_a_picture_of_the_document_before_is_not_told(loader, runner, qtbot):
    want, drawn = Want(0, 1.0), []
    loader.drawn.connect(lambda _want, image: drawn.append(image.copy()))
    with qtbot.waitSignal(loader.opened):
        loader.open(small_pdf(1, "gammal"))
    loader.open(small_pdf(1, "ny"))
    loader.want((want,))
    runner._executor.submit(int).result()  # drawn of the old one, but not told yet
    loader.opened.connect(lambda _pages: loader.want((want,)))
    settle(runner, qtbot)
    assert drawn == [PdfPages(small_pdf(1, "ny")).picture(0, 1.0)]


def test_what_is_no_longer_wanted_is_not_drawn(loader, runner, qtbot):
    drawn, failed = [], []
    loader.drawn.connect(lambda want, _image: drawn.append(want))
    loader.failed.connect(failed.append)
    with qtbot.waitSignal(loader.opened):
        loader.open(small_pdf(9))
    loader.want(tuple(Want(page, 4.0) for page in range(8)))
    loader.want((Want(8, 1.0),))
    settle(runner, qtbot)
    assert Want(8, 1.0) in drawn
    assert len(drawn) <= 2  # the one that was being drawn already may be told
    assert failed == []


def test_a_damaged_document_leaves_the_one_before(loader, runner, qtbot):
    drawn = []
    loader.drawn.connect(lambda want, _image: drawn.append(want))
    with qtbot.waitSignal(loader.opened):
        loader.open(small_pdf(1))
    with qtbot.waitSignal(loader.failed):
        loader.open(b"inget")
    loader.want((Want(0, 1.0),))
    settle(runner, qtbot)
    assert drawn == [Want(0, 1.0)]


def test_bookmarks_say_where_headings_stand(loader, qtbot):
    with qtbot.waitSignal(loader.opened) as opened:
        loader.open(small_pdf(2))
    found = [(b.title, b.spot.page, round(b.spot.height, 2)) for b in opened.args[0].bookmarks]
    assert found == [
        ("Rubrik för del-1", 0, 0.05),
        ("Rubrik för mitt-1", 0, 0.5),
        ("Rubrik för del-2", 1, 0.05),
        ("Rubrik för mitt-2", 1, 0.5),
    ]
