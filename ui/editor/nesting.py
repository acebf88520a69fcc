"""Moving lines in and out of lists and quotes: new paths for a run of lines, nothing else.

Each function takes the paths of neighbouring lines and the numbers of those meant, in ascending
order, and returns all paths, most of them unchanged.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ui.editor.lines import Kind, Path, Step, new_id

Paths = list[Path]


def begins_item(path: Path, previous: Path) -> int:
    """Return the depth (from 1) of the innermost list in which a line begins an item, or 0."""
    for depth in range(len(path), 0, -1):
        if path[:depth] == previous[:depth]:
            return 0
        if path[depth - 1].is_list:
            return depth
    return 0


def list_depth(path: Path) -> int:
    """Return the depth (from 1) of the innermost list that a line stands in, or 0."""
    return max((i + 1 for i, step in enumerate(path) if step.is_list), default=0)


def in_list(paths: Sequence[Path], at: int, kind: Kind) -> bool:
    """Whether the innermost list around a line is of this kind."""
    depth = list_depth(paths[at])
    return bool(depth) and paths[at][depth - 1].kind is kind


def indent(paths: Sequence[Path], chosen: Sequence[int]) -> Paths:
    """Move items below the item before them, with all they hold.

    A line right after a list becomes part of its last item.
    """
    return _each(paths, chosen, _indent)


def outdent(paths: Sequence[Path], chosen: Sequence[int]) -> Paths:
    """Move items one level out, or out of the list; other lines out of what they stand in.

    What an item holds goes with it, and so do the items after it, which are then below it.
    """
    return _each(paths, chosen, _outdent)


def set_list(paths: Sequence[Path], chosen: Sequence[int], kind: Kind) -> Paths:
    """Make each line an item of a list of this kind, the one beside it if there is one."""
    out = list(paths)
    for at in chosen:
        depth = list_depth(out[at])
        if depth:
            out[at] = _with_step(out[at], depth, replace(out[at][depth - 1], kind=kind))
        else:
            wanted = _neighbour(out, at, out[at], kind)
            out[at] = (*out[at], Step(kind, wanted or new_id(), new_id()))
    return out


def set_list_kind(paths: Sequence[Path], at: int, kind: Kind) -> Paths:
    """Change the kind of the innermost list around a line, for all its items."""
    path = paths[at]
    depth = list_depth(path)
    return [
        _with_step(other, depth, replace(other[depth - 1], kind=kind))
        if _same_list(other, path, depth)
        else other
        for other in paths
    ]


def leave_list(paths: Sequence[Path], chosen: Sequence[int]) -> Paths:
    """Take lines out of the innermost list."""
    out = list(paths)
    for at in chosen:
        depth = list_depth(out[at])
        if depth:
            out[at] = out[at][: depth - 1] + out[at][depth:]
    return out


def quote(paths: Sequence[Path], chosen: Sequence[int]) -> Paths:
    """Put lines into one quote, the one beside them if there is one."""
    out = list(paths)
    wanted = _neighbour(out, chosen[0], (), Kind.QUOTE) or new_id()
    for at in chosen:
        out[at] = (Step(Kind.QUOTE, wanted), *out[at])
    return out


def unquote(paths: Sequence[Path], chosen: Sequence[int]) -> Paths:
    """Take lines out of the outermost quote."""
    out = list(paths)
    for at in chosen:
        depth = next((i for i, step in enumerate(out[at]) if not step.is_list), None)
        if depth is not None:
            out[at] = out[at][:depth] + out[at][depth + 1 :]
    return out


def adopt(paths: Sequence[Path], at: int) -> Paths:
    """Put the lines after `at` that are below an item without a text of its own below this one."""
    out = list(paths)
    if at + 1 == len(out):
        return out
    path, after = out[at], out[at + 1]
    for depth in range(1, len(path) + 1):
        if path[:depth] != after[:depth]:
            if _same_list(path, after, depth) and list_depth(after) > depth:
                _replace_prefix(out, at + 1, after[:depth], path[:depth])
            break
    return out


def _each(paths: Sequence[Path], chosen: Sequence[int], move: Callable[[Paths, int], int]) -> Paths:
    """Move each chosen line, but not those that have gone along inside one before."""
    out, past = list(paths), 0
    for at in chosen:
        if at >= past:
            past = move(out, at)
    return out


def _indent(out: Paths, at: int) -> int:
    before, path = out[at - 1] if at else (), out[at]
    depth = begins_item(path, before)
    if not depth:
        return _join_item(out, at)
    if not _same_list(before, path, depth):
        return at + 1
    kind = path[depth - 1].kind
    inner = before[depth] if len(before) > depth and before[depth].kind is kind else None
    step = Step(kind, inner.id if inner else new_id(), path[depth - 1].item)
    return _replace_prefix(out, at, path[:depth], (*before[:depth], step))


def _same_list(one: Path, other: Path, depth: int) -> bool:
    if min(len(one), len(other)) < depth or one[: depth - 1] != other[: depth - 1]:
        return False
    return replace(one[depth - 1], item="") == replace(other[depth - 1], item="")


def _join_item(out: Paths, at: int) -> int:
    before, path = out[at - 1] if at else (), out[at]
    if before[: len(path)] == path:
        deeper = next((i for i in range(len(path), len(before)) if before[i].is_list), None)
        if deeper is not None:
            out[at] = before[: deeper + 1]
    return at + 1


def _outdent(out: Paths, at: int) -> int:
    path = out[at]
    depth = begins_item(path, out[at - 1] if at else ())
    if not depth:
        out[at] = path[:-1]
        return at + 1
    outer = list_depth(path[: depth - 1])
    if not outer:
        return _replace_prefix(out, at, path[:depth], path[: depth - 1])
    parent = (*path[: outer - 1], replace(path[outer - 1], item=new_id()))
    past = _replace_prefix(out, at, path[:depth], parent)
    _replace_prefix(out, past, path[:outer], parent)  # the items after it are below it now
    return past


def _replace_prefix(out: Paths, at: int, old: Path, new: Path) -> int:
    """Change the first steps of all lines from `at` on that have them; return what is past."""
    while at < len(out) and out[at][: len(old)] == old:
        out[at] = new + out[at][len(old) :]
        at += 1
    return at


def _neighbour(paths: Sequence[Path], at: int, inside: Path, kind: Kind) -> str | None:
    """Return the id of a list or quote of this kind right before or after a line."""
    depth = len(inside)
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(paths):
            path = paths[beside]
            if path[:depth] == inside and len(path) > depth and path[depth].kind is kind:
                return path[depth].id
    return None


def _with_step(path: Path, depth: int, step: Step) -> Path:
    return (*path[: depth - 1], step, *path[depth:])
