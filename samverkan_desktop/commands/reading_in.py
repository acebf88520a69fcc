"""The command that reads files in: a Word file of ours that has come back, or another document."""

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from samverkan_desktop.commands import importing, returning
from samverkan_desktop.commands.place import Place
from samverkan_desktop.commands.printing import say_json
from samverkan_desktop.domain.errors import UsageError


def import_files(options: Namespace, place: Place) -> int:
    """Keep what each file says and print it; 1 when something of an old document found no place.

    What came back in a Word file of ours becomes suggestions and comments, another document becomes
    a draft. All files are read before anything is kept.
    """
    from samverkan_desktop.services.returning import is_ours

    ours = [path for path in options.files if is_ours(path)]
    others = [path for path in options.files if path not in ours]
    if options.template is not None and ours:
        reason = f"{ours[0]} är ett granskat ärende, som har sin mall; läs in det utan --template"
        raise UsageError(reason, "samverkan import")
    read = importing.read_all(others, place, options.template) if others else []
    back = returning.read_all(ours, place) if ours else []
    kept = returning.keep_all(back, place) if back else []
    if read:
        importing.keep_all(read, place)
    plain: Sequence[dict[str, Any]] = [
        *map(importing.plain, read),
        *map(returning.plain, kept),
    ]
    if options.json:
        say_json(plain)
        return importing.exit_code(read)
    for result in read:
        importing.tell(result)
    for one in kept:
        returning.tell(one)
    return importing.exit_code(read)
