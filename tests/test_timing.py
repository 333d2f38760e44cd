import pytest

from explorer import METHODS, Layer, LayerError, timing
from explorer.cost import WAYS
from explorer.timing import METHOD_OF, PROBE, REPEATS, measured

LAYER = Layer(kernel_size=2, stride=2)


def counted(monkeypatch, seconds=0.0):
    """METHODS with one method of the tests' own, which notes its calls; a clock that moves ``seconds`` a cell."""
    calls, now = [], [0.0]

    def method(input, weight, layer):
        calls.append((input.shape, input.sum(), weight.sum()))
        now[0] += seconds * input.size

    monkeypatch.setitem(METHODS, "naive", method)
    monkeypatch.setattr(timing, "perf_counter", lambda: now[0])
    return calls


def test_the_ways_that_are_timed():
    assert set(METHOD_OF) == set(WAYS) - {"matrix"}
    assert set(METHOD_OF.values()) == set(METHODS) - {"torch"}


@pytest.mark.parametrize("method", METHODS)
def test_a_time_is_measured(method):
    assert 0 < measured(LAYER, 4, method) < 1


def test_the_best_of_a_few_runs_on_the_same_numbers(monkeypatch):
    calls = counted(monkeypatch, 1e-6)
    assert measured(LAYER, 8, "naive") == pytest.approx(64e-6)
    assert len(calls) == 1 + REPEATS  # one to warm up
    assert set(calls) == {calls[0]}


def test_what_takes_long_is_not_repeated(monkeypatch):
    calls = counted(monkeypatch, 1e-5)
    assert measured(LAYER, 256, "naive") == pytest.approx(0.65536)
    assert [shape for shape, *_ in calls] == [(1, PROBE, PROBE)] * 2 + [(1, 256, 256)] * 2


def test_what_would_take_longer_is_not_run(monkeypatch):
    calls = counted(monkeypatch, 1e-4)
    assert measured(LAYER, 128, "naive") is None
    assert {shape for shape, *_ in calls} == {(1, PROBE, PROBE)}


def test_what_would_need_much_memory_is_not_run(monkeypatch):
    monkeypatch.setitem(METHODS, "matrix", None)
    assert measured(Layer(4, 4, kernel_size=5, stride=4), 256, "matrix") is None


def test_no_output():
    with pytest.raises(LayerError):
        measured(Layer(padding=1), 1, "naive")
