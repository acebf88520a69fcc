"""How an editor stores and shows the images of its draft."""

from ui.draft_session import DraftSession


class DraftFiles:
    """The files of an open draft, as the editor asks for them."""

    def __init__(self, session: DraftSession) -> None:
        self._session = session

    def add(self, name: str, data: bytes) -> str:
        """Keep a file; return the name it got. Raises StorageError."""
        return self._session.add_file(name, data)

    def data(self, name: str) -> bytes:
        """Return a file. Raises StorageError."""
        return self._session.file(name)
