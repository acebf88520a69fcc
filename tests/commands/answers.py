"""What a command answers, and what is given to it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def write_json(path: Path, **fields: object) -> Path:
    whole = {"format": "samverkan-draft/1", "template": "stockholm-remissvar", "title": "T"}
    path.write_text(json.dumps(whole | fields), encoding="utf-8")
    return path


def one_sentence(answer: Answer) -> bool:
    return re.fullmatch(r".*\.\n", answer.err) is not None and not answer.out
