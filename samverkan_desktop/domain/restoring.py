"""Taking one section, or the proposed decision, back to what it was."""

from dataclasses import replace

from samverkan_desktop.domain.draft import Draft


def with_section_as_in(draft: Draft, then: Draft, key: str) -> Draft:
    """Return the draft with one section as it was in `then`, at its place or where it stood.

    A section that wasn't there then is taken out.

    Raises KeyError when neither has it.
    """
    old = then.section(key)
    if old is None:
        if draft.section(key) is None:
            raise KeyError(key)
        return replace(draft, sections=tuple(s for s in draft.sections if s.key != key))
    if draft.section(key) is not None:
        sections = tuple(old if section.key == key else section for section in draft.sections)
        return replace(draft, sections=sections)
    at = _place_after_neighbour(draft, then, key)
    return replace(draft, sections=(*draft.sections[:at], old, *draft.sections[at:]))


def with_decision_as_in(draft: Draft, then: Draft, key: str) -> Draft:
    """Return the draft with the proposed decision as it was, and its section, which has this key.

    The section says where the decision stands and what its heading is; a draft may be without it.
    """
    draft = replace(draft, decision=then.decision)
    if draft.section(key) is None and then.section(key) is None:
        return draft
    return with_section_as_in(draft, then, key)


def _place_after_neighbour(draft: Draft, then: Draft, key: str) -> int:
    """Return where a section goes: after the nearest one before it then that is still there."""
    keys = [section.key for section in draft.sections]
    before = [section.key for section in then.sections]
    above = (k for k in reversed(before[: before.index(key)]) if k in keys)
    neighbour = next(above, None)
    return keys.index(neighbour) + 1 if neighbour is not None else 0
