"""The TaskRunner: results come once, in order, on the main thread, and never inside run()."""

import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from samverkan_desktop.domain.errors import JobCancelledError, WriteError
from ui.tasks import TaskRunner

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def runner(qapp):
    runner = TaskRunner()
    yield runner
    runner.close()


def unexpected(value):
    raise AssertionError(f"not expected: {value!r}")


def test_the_result_comes_on_the_main_thread_after_run(qtbot, runner):
    places, results = [], []

    def job(_progress):
        places.append(threading.current_thread())
        return 42

    def done(value):
        places.append(threading.current_thread())
        results.append(value)

    runner.run(job, done, unexpected)
    assert results == []
    qtbot.waitUntil(lambda: results == [42])
    assert places[0] is not threading.main_thread()
    assert places[1] is threading.main_thread()


def test_results_come_in_the_order_of_the_jobs(qtbot, runner):
    results = []
    for number in range(200):
        runner.run(lambda _progress, n=number: n, results.append, unexpected)
    qtbot.waitUntil(lambda: len(results) == 200)
    assert results == list(range(200))


def test_an_error_is_told_with_its_sentence(qtbot, runner):
    errors = []

    def job(_progress):
        raise WriteError("ut.pdf", "disken är full")

    runner.run(job, unexpected, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert "disken är full" in str(errors[0])


def test_a_bug_in_a_job_is_told_and_logged(qtbot, runner, caplog):
    errors = []
    runner.run(lambda _progress: 1 // 0, unexpected, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text


def test_a_cancelled_job_stops_at_its_next_step(qtbot, runner):
    started, steps, errors = threading.Event(), [], []

    def job(progress):
        for step in range(1_000_000_000):
            steps.append(step)
            started.set()
            progress(step, 1_000_000_000)

    task = runner.run(job, unexpected, errors.append)
    assert started.wait(10)
    task.cancel()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], JobCancelledError)
    assert steps


def test_a_job_cancelled_before_its_turn_is_never_begun(qtbot, runner):
    go, begun, errors, results = threading.Event(), [], [], []
    runner.run(lambda _progress: go.wait(10), results.append, unexpected)
    task = runner.run(begun.append, unexpected, errors.append)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: bool(errors))
    assert results == [True]
    assert begun == []
    assert isinstance(errors[0], JobCancelledError)


def test_a_job_that_was_done_before_it_was_cancelled_is_told_as_done(qtbot, runner):
    finished, results = threading.Event(), []

    def job(_progress):
        finished.set()
        return "filen finns"

    task = runner.run(job, results.append, unexpected)
    assert finished.wait(10)
    task.cancel()
    qtbot.waitUntil(lambda: results == ["filen finns"])


def test_progress_is_told_at_most_once_a_percent(qtbot, runner):
    told, results = [], []

    def job(progress):
        for step in range(5001):
            progress(step, 5000)
        return "klart"

    runner.run(job, results.append, unexpected, lambda done, total: told.append((done, total)))
    qtbot.waitUntil(lambda: bool(results))
    assert len(told) == 101
    assert told[0] == (0, 5000)
    assert told[-1] == (5000, 5000)
    assert told == sorted(told)


def test_close_stops_the_running_job_and_tells_nothing_more(qapp, runner):
    started, stopped = threading.Event(), threading.Event()

    def job(progress):
        try:
            while True:
                started.set()
                progress(0, 1)
        except JobCancelledError:
            stopped.set()
            raise

    runner.run(job, unexpected, unexpected)
    runner.run(unexpected, unexpected, unexpected)
    assert started.wait(10)
    runner.close()
    assert stopped.is_set()
    qapp.processEvents()  # what was told already is dropped


def test_a_runner_is_closed_with_the_runner_that_it_belongs_to(qapp):
    parent = TaskRunner()
    child = TaskRunner(parent)
    child.run(lambda _progress: None, lambda _result: None, unexpected)
    parent.close()  # the fixture `nothing_left` sees a thread that is still there
    with pytest.raises(RuntimeError):
        child.run(lambda _progress: None, unexpected, unexpected)


def run_child(code: str) -> str:
    """Run a program of its own; a crash of Qt must not take the tests with it."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_no_result_of_5000_jobs_is_lost():
    out = run_child(
        """
        from PySide6.QtCore import QCoreApplication
        from ui.tasks import TaskRunner

        app, runner, results, inside = QCoreApplication([]), TaskRunner(), [], []

        def done(number):
            assert not inside
            results.append(number)
            if len(results) == 5000:
                app.quit()

        for number in range(5000):
            inside.append(number)
            runner.run(lambda progress, n=number: n, done, print)
            inside.clear()
            if number % 7 == 0:
                app.processEvents()
        if len(results) < 5000:
            app.exec()
        runner.close()
        print(results == list(range(5000)))
        """
    )
    assert out == "True\n"
