"""The commands that tell of what is installed: document types and examples."""

import sys
from argparse import Namespace

from samverkan_desktop.commands.place import Place
from samverkan_desktop.commands.printing import say, say_json


def templates(options: Namespace, place: Place) -> int:
    """Print the installed document types; 2 when a file of theirs can't be used."""
    from samverkan_desktop.catalogue import load_catalogue

    catalogue = load_catalogue(place.folders)
    found = sorted(catalogue.templates.values(), key=lambda t: (t.group, t.name))
    if options.json:
        fields = ("id", "name", "group", "document_name", "description")
        say_json([{field: getattr(template, field) for field in fields} for template in found])
    else:
        say(*(f"{template.id}: {template.group}, {template.name}" for template in found))
    for problem in catalogue.problems:
        sys.stderr.write(f"{problem}\n")
    return max((problem.exit_code for problem in catalogue.problems), default=0)


def example(options: Namespace, place: Place) -> int:
    """Write the example drafts as files and print their paths."""
    from samverkan_desktop.services.examples import write_examples

    say(*map(str, write_examples(place.folders, options.folder)))
    return 0
