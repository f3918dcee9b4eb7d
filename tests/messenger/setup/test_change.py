from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plentymsg.messenger.setup.change import differences, merged

keys = st.sampled_from("abc")
states = st.recursive(
    st.dictionaries(
        keys, st.none() | st.booleans() | st.integers(0, 3) | st.lists(st.integers(0, 3), max_size=2)
    ),
    lambda inner: st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


@given(states, states)
def test_what_was_written_over_a_state_is_no_difference_any_more(
    now: dict[str, Any], wanted: dict[str, Any]
) -> None:
    after = merged(now, wanted)
    assert merged(after, wanted) == after
    assert differences(after, merged(after, wanted)) == {}


@given(states, states)
def test_states_without_a_difference_are_equal_but_for_what_is_none(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    found = differences(before, after)
    assert (found == {}) == (without_none(before) == without_none(after))
    assert all(old != new for old, new in found.values())


def without_none(state: Any) -> Any:
    if isinstance(state, dict):
        return {key: without_none(value) for key, value in state.items() if value is not None}
    return state


def test_language_versions_differ_one_by_one() -> None:
    before = {"versions": [{"language": "de", "text": "a"}, {"language": "en", "text": "b"}]}
    after = {"versions": [{"language": "en", "text": "c"}, {"language": "de", "text": "a"}]}
    assert differences(before, after) == {"versions.en.text": ("b", "c")}
