"""Opens a file in its own program, or shows it in the system's file manager."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

# How long a file manager may take to answer, in milliseconds.
PATIENCE_MS = 3000


def open_file(path: Path) -> bool:
    """Open a file in the program that the user has for it; return whether the system could."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Show a file in its folder, marked where the system can; return whether it was shown."""
    command = reveal_command(path, sys.platform)
    if command:
        program, *arguments = command
        started, _process = QProcess.startDetached(program, arguments)
        return started
    return _ask_file_manager(path) or open_file(path.parent)


def reveal_command(path: Path, platform: str) -> list[str]:
    """Return the command that marks a file in the platform's file manager, if there is one."""
    if platform == "win32":
        return ["explorer.exe", "/select,", str(path)]
    if platform == "darwin":
        return ["open", "-R", str(path)]
    return []


def _ask_file_manager(path: Path) -> bool:
    """Ask over D-Bus, as the file managers of Linux have agreed (File Manager Interface 1)."""
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    service = "org.freedesktop.FileManager1"
    ask = QDBusMessage.createMethodCall(
        service, "/org/freedesktop/FileManager1", service, "ShowItems"
    )
    ask.setArguments([[path.as_uri()], ""])
    answer = bus.call(ask, QDBus.CallMode.Block, PATIENCE_MS)
    return answer.type() is QDBusMessage.MessageType.ReplyMessage
