"""The command that reads files in: a Word file of ours that has come back, or another document."""

from argparse import Namespace

from samverkan_desktop.commands import returning
from samverkan_desktop.commands.place import Place
from samverkan_desktop.commands.printing import say_json


def import_files(options: Namespace, place: Place) -> int:
    """Keep what each file says and print it.

    What came back in a Word file of ours becomes suggestions and comments.
    """
    kept = [returning.import_returned(path, place) for path in options.files]
    if options.json:
        say_json([returning.plain(one) for one in kept])
    else:
        for one in kept:
            returning.tell(one)
    return 0
