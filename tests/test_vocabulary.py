"""Names that are the key's for a while."""

import threading

import pytest

from secretkey_lint.vocabulary import KEY_NAMES, Naming, further_names, is_key_name, key_names


def test_further_names_count_where_they_are_entered() -> None:
    """One project within another, and neither when it is over, however it ends."""
    with Naming(["A_B"]):
        assert is_key_name("A_B")
        assert is_key_name("SECRET_KEY")
        with Naming(["C_D"]):
            assert further_names() == {"C_D"}
        with pytest.raises(ValueError, match="x"), Naming([]):
            raise ValueError("x")
        assert further_names() == {"A_B"}
    assert key_names() == KEY_NAMES
    assert not is_key_name("A_B")


def test_threads_see_nothing_of_each_other() -> None:
    """A server may check two projects at once."""
    seen: list[bool] = []
    with Naming(["A_B"]):
        thread = threading.Thread(target=lambda: seen.append(is_key_name("A_B")))
        thread.start()
        thread.join()
    assert seen == [False]
