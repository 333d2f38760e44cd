"""Runs programs one after the other in one process: JSON of their texts comes in, JSON of what each did goes out.

A process of its own, so that the frameworks and their warnings stay out of the tests' own; one for many programs, as
importing a framework takes seconds.
"""

import contextlib
import io
import json
import sys
import traceback


def ran(source):
    """What a program printed, and the last line of the error that stopped it, or an empty text."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            exec(compile(source, "<program>", "exec"), {"__name__": "__main__"})
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        return {"printed": printed.getvalue(), "error": f"{type(error).__name__} in line {at.lineno}: {error}"}
    return {"printed": printed.getvalue(), "error": ""}


def without_random_weights():
    """Keras draws a weight that the programs replace at once; a draw for each new shape takes JAX a second."""
    import keras
    import numpy as np

    keras.initializers.GlorotUniform.__call__ = lambda self, shape, dtype=None, **_: np.zeros(shape, dtype)


if __name__ == "__main__":
    programs = json.load(sys.stdin)
    if any("import keras" in program for program in programs):
        without_random_weights()
    json.dump([ran(program) for program in programs], sys.stdout)
