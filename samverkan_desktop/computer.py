"""The computer, who is logged in to it, and which of its processes live.

No clock is asked: a process is told from a later one with the same number by when the system says
that it began, in the system's own count, which doesn't move when the clock is set.
"""

import getpass
import os
import platform
import sys
from functools import cache
from pathlib import Path


def login_name() -> str:
    """Return the name that this user has on this computer, "okänd" where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # ImportError on Windows without USERNAME
        return "okänd"


def full_name() -> str:
    """Return what the user is called, as the system has it, or nothing."""
    if sys.platform == "win32":
        return _windows_full_name()
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip()
    except KeyError:
        return ""


def host_name() -> str:
    """Return what the computer is called on its network."""
    return platform.node() or "okänd dator"


@cache
def machine_id() -> str:
    """Return what tells this computer from every other, also from one with the same name."""
    if sys.platform == "win32":
        own = _windows_machine_guid()
    else:
        own = _first_line(Path("/etc/machine-id"))
    return f"{host_name()}:{own}"


def process_start(pid: int) -> str:
    """Return when a process began, in the system's own count; nothing when that isn't told."""
    if sys.platform == "win32":
        return _windows_process_start(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    # Field 22, in ticks since the computer was started; the name in field 2 may hold anything
    ticks = stat.rpartition(")")[2].split()[19]
    return f"{_first_line(Path('/proc/sys/kernel/random/boot_id'))}:{ticks}"


def is_running(pid: int, started: str) -> bool:
    """Whether a process that began at `started` lives; another with its number is another.

    Where the system doesn't tell when a process began, its number has to do.
    """
    now = process_start(pid)
    if now or started:
        return now == started
    return _exists(pid)


def _exists(pid: int) -> bool:
    if sys.platform == "win32":
        return False  # process_start would have told
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _first_line(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


if sys.platform == "win32":
    import ctypes
    import winreg

    _NAME_DISPLAY = 3
    _QUERY_LIMITED = 0x1000
    _STILL_ACTIVE = 259

    def _windows_full_name() -> str:
        size = ctypes.c_ulong(256)
        text = ctypes.create_unicode_buffer(size.value)
        get = ctypes.windll.secur32.GetUserNameExW
        return text.value if get(_NAME_DISPLAY, text, ctypes.byref(size)) else ""

    def _windows_machine_guid() -> str:
        place = r"SOFTWARE\Microsoft\Cryptography"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""

    def _windows_process_start(pid: int) -> str:
        kernel = ctypes.windll.kernel32
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = ctypes.c_void_p(kernel.OpenProcess(_QUERY_LIMITED, 0, pid))
        if not handle:
            return ""
        try:
            code = ctypes.c_ulong()
            times = [ctypes.c_ulonglong() for _ in range(4)]
            kernel.GetExitCodeProcess(handle, ctypes.byref(code))
            told = kernel.GetProcessTimes(handle, *(ctypes.byref(moment) for moment in times))
            return str(times[0].value) if told and code.value == _STILL_ACTIVE else ""
        finally:
            kernel.CloseHandle(handle)
