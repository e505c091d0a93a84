"""The one error a user can mend, said in one sentence."""

from __future__ import annotations


class ExplainerError(Exception):
    """A mistake the user can mend: one sentence with what, where, got, expected, remedy.

    The command line prints the sentence and leaves with exit status 2, a notebook shows it alone.
    Anything else that escapes is our bug and keeps its traceback.
    """

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows of it: the sentence, with no traceback to scroll through."""
        return [str(self)]
