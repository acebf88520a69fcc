"""Long work beside the window: jobs in a thread, their results back on the main thread."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from samverkan_desktop.domain.errors import JobCancelledError, SamverkanError
from samverkan_desktop.domain.progress import Progress

T = TypeVar("T")

_LOG = logging.getLogger(__name__)


class Task:
    """A job that has been started."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop; it ends with JobCancelledError unless it was done already."""
        self._stop.set()

    def check(self) -> None:
        """Go on, or not.

        Raises JobCancelledError once the job is cancelled.
        """
        if self._stop.is_set():
            raise JobCancelledError


class TaskRunner(QObject):
    """Runs jobs one after another in a thread of its own.

    Every job ends in exactly one call on the main thread, from the event loop: `on_done` with its
    result or `on_error` with its exception (JobCancelledError when it was stopped). The calls come
    in the order in which the jobs were started, and never inside `run`. After `close` none comes.

    A runner whose parent is a runner is closed with it.
    """

    _told = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="samverkan-job")
        # The thread never holds a listener: were it the last to let go of a widget's method, the
        # widget would be destroyed in the wrong thread.
        self._listeners: dict[Task, _Listener] = {}
        # Emitted in the job's thread, delivered by the main thread's event loop.
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[Progress], T],
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        """Start a job; call on the main thread only.

        The job must not hold any widget. `on_progress` gets (done, total), once for each percent.
        """
        task = Task()
        self._listeners[task] = _Listener(on_done, on_error, on_progress)
        self._executor.submit(self._work, task, job)
        return task

    def close(self) -> None:
        """Stop all jobs, wait until they have ended, and drop what they would have told."""
        for runner in self.findChildren(TaskRunner):
            runner.close()
        for task in self._listeners:
            task.cancel()
        self._listeners.clear()
        self._executor.shutdown(wait=True)

    def _work(self, task: Task, job: Callable[[Progress], object]) -> None:
        """Do a job, in the thread."""
        outcome: _Done | _Failed
        try:
            task.check()
            outcome = _Done(job(_Reporter(task, self._told.emit)))
        except Exception as error:
            if not isinstance(error, SamverkanError):
                _LOG.exception("a job failed")
            outcome = _Failed(error)
        self._told.emit(task, outcome)

    @Slot(object, object)
    def _deliver(self, task: Task, told: "_Step | _Done | _Failed") -> None:
        listener = self._listeners.get(task)
        if listener is None:  # closed
            return
        if isinstance(told, _Step):
            if listener.on_progress:
                listener.on_progress(told.done, told.total)
            return
        del self._listeners[task]
        if isinstance(told, _Done):
            listener.on_done(told.result)
        else:
            listener.on_error(told.error)


@dataclass(frozen=True, slots=True)
class _Listener:
    on_done: Callable[[Any], None]
    on_error: Callable[[Exception], None]
    on_progress: Callable[[int, int], None] | None


@dataclass(frozen=True, slots=True)
class _Step:
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Done:
    result: object


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


class _Reporter:
    """The Progress that a job gets."""

    def __init__(self, task: Task, tell: Callable[[Task, _Step], None]) -> None:
        self._task, self._tell, self._percent = task, tell, -1

    def __call__(self, done: int, total: int, /) -> None:
        self._task.check()
        percent = done * 100 // max(total, 1)
        if percent != self._percent:
            self._percent = percent
            self._tell(self._task, _Step(done, total))
