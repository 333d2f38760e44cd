from itertools import combinations

import numpy as np
import pytest

from explorer import METHODS
from explorer import operation as operation_module
from explorer.fills import UPSTREAM
from explorer.methods.torch_native import convolution
from explorer.operation import Agreement, Result, agreement, run
from explorer.relation import inputs_of
from explorer.settings import Settings
from tests.layers import random_settings

SQUARE = [[0, 1], [2, 3]]
WHOLE = Settings.of(SQUARE, SQUARE)
REALS = Settings.of([[0.1, -0.7], [1.3, 2.9]], [[0.3, 0.37], [-0.11, 1.7]])
OTHERS = {name: [other for other in METHODS if other != name] for name in METHODS}


@pytest.fixture
def broken(monkeypatch):
    """Replaces one method for the test; nothing computed with it is remembered."""

    def replace(name, wrong):
        right = METHODS[name]
        monkeypatch.setitem(METHODS, name, lambda x, k, layer: wrong(right(x, k, layer)))
        run.cache_clear()

    yield replace
    run.cache_clear()


def test_cell_8_by_every_method():
    operation = run(WHOLE)
    assert list(operation.results) == [*METHODS, "autograd"]
    for name, result in operation.results.items():
        assert (result.method, result.error) == (name, "")
        assert result.output.tolist() == [[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]
    assert operation.agreement.agrees
    assert (operation.agreement.difference, operation.agreement.outliers) == (0, ())
    assert operation.conv_matrix.toarray()[0].tolist() == [0, 1, 0, 2, 3, 0, 0, 0, 0]


def test_results_are_the_methods_own():
    for settings in random_settings(60, 21):
        operation = run(settings)
        x, k = np.array(settings.input), np.array(settings.weight)
        assert (operation.input.tolist(), operation.weight.tolist()) == (x.tolist(), k.tolist())
        for name, method in METHODS.items():
            assert np.array_equal(operation.results[name].output, method(x, k, settings.layer))
        assert operation.agreement == Agreement(0.0, ("naive", "zero_insertion"), (0, 0, 0), True, ())


def test_reals_agree_within_the_bound_of_rounding():
    differences = set()
    for settings in random_settings(150, 22, whole=False):
        found = run(settings).agreement
        assert (found.agrees, found.outliers) == (True, ())
        assert found.difference < 1e-12
        differences.add(found.difference > 0)
        if found.difference:
            one, other = (run(settings).results[name].output for name in found.pair)
            gap = np.abs(one - other)
            assert gap[found.cell] == gap.max() == found.difference
    assert differences == {True, False}  # the bound is needed


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_raises(name, broken):
    def fail(output):
        raise RuntimeError("out of order")

    broken(name, fail)
    operation = run(WHOLE)
    assert operation.results[name] == Result(name, None, "RuntimeError: out of order")
    assert (operation.agreement.agrees, operation.agreement.outliers) == (False, (name,))
    assert set(operation.agreement.pair) <= set(OTHERS[name])
    assert operation.output.tolist() == [[[0, 0, 1], [0, 4, 6], [4, 12, 9]]]
    assert operation.scatter_steps(0).canvas.tolist() == [[0, 0, 1], [0, 4, 6], [4, 12, 9]]


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_gives_another_shape(name, broken):
    broken(name, lambda output: output[:, 1:])
    operation = run(REALS)
    assert operation.results[name] == Result(name, None, "ValueError: (1, 2, 3) ≠ (1, 3, 3)")
    assert (operation.agreement.agrees, operation.agreement.outliers) == (False, (name,))
    assert all(operation.results[other].output.shape == (1, 3, 3) for other in OTHERS[name])


@pytest.mark.parametrize("name", METHODS)
def test_a_method_that_gives_nothing(name, broken):
    broken(name, lambda output: None)
    assert run(WHOLE).agreement.outliers == (name,)
    assert run(WHOLE).results[name].error.startswith("AttributeError: ")


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(("settings", "error"), [(WHOLE, 1e-9), (WHOLE, -5.0), (REALS, 1e-12)])
def test_a_method_with_a_wrong_number(name, settings, error, broken):
    right = run(settings).output.copy()

    def wrong(output):
        output[0, 2, 1] += error
        return output

    broken(name, wrong)
    operation = run(settings)
    found = operation.agreement
    assert (found.agrees, found.outliers, found.cell) == (False, (name,), (0, 2, 1))
    assert name in found.pair
    assert found.difference == pytest.approx(abs(error), rel=1e-3)
    for other in OTHERS[name]:
        assert np.allclose(operation.results[other].output, right, rtol=0, atol=1e-15)


# Not the first method on real numbers: there its NaN is also the bound, and hides itself.
@pytest.mark.parametrize(
    ("name", "settings"), [*((name, WHOLE) for name in METHODS), *((name, REALS) for name in list(METHODS)[1:])]
)
def test_a_method_with_a_nan(name, settings, broken):
    def wrong(output):
        output[0, 1, 2] = np.nan
        return output

    broken(name, wrong)
    found = run(settings).agreement
    assert (found.agrees, found.outliers, found.cell) == (False, (name,), (0, 1, 2))
    assert (found.difference, name in found.pair) == (np.inf, True)


def test_the_fifth_witness_decides_between_two_and_two(broken):
    broken("naive", lambda output: output + 1)
    broken("torch", lambda output: output + 1)
    assert run(WHOLE).agreement.outliers == ("naive", "torch")


def test_two_that_differ_from_one_another_only_are_both_outliers():
    results = {
        name: Result(name, np.full((1, 1, 1), value)) for name, value in zip("abcde", (0, 2, 1, 1, 1), strict=True)
    }
    found = agreement(results, np.ones(()))
    assert (found.difference, found.pair, found.agrees, found.outliers) == (2, ("a", "b"), False, ("a", "b"))


def test_two_against_two_are_all_outliers():
    zero, one = np.zeros((1, 1, 1)), np.ones((1, 1, 1))
    results = {name: Result(name, values) for name, values in {"a": zero, "b": one, "c": zero, "d": one}.items()}
    assert agreement(results, np.zeros(())).outliers == tuple("abcd")


def test_float32_is_computed_in_float32_and_judged_by_its_own_rounding(broken):
    operation = run(REALS, "float32")
    assert {result.output.dtype for result in operation.results.values()} == {np.dtype("float32")}
    assert operation.agreement.agrees
    gaps = [run(s, "float32").agreement.difference for s in random_settings(60, 24, whole=False)]
    assert 1e-8 < max(gaps) < 1e-4
    assert all(run(s, "float32").agreement.agrees for s in random_settings(60, 24, whole=False))
    broken("matrix", lambda output: output + np.float32(1e-4))
    assert run(REALS, "float32").agreement.outliers == ("matrix",)


def test_whole_numbers_too_large_for_float32_may_be_rounded():
    x, k = (np.random.default_rng(0).integers(-(10**6), 10**6, shape) for shape in ((8, 8), (5, 5)))
    assert run(Settings.of(x, k)).agreement.difference == 0
    rounded = run(Settings.of(x, k), "float32").agreement
    assert rounded.difference > 0
    assert rounded.agrees


def test_whole_numbers_must_be_the_same_to_the_last_digit(broken):
    def wrong(output):
        output[0, 2, 1] = np.nextafter(output[0, 2, 1], np.inf)
        return output

    broken("matrix", wrong)
    assert run(WHOLE).agreement.outliers == ("matrix",)


def test_the_gradient_of_the_notebooks_kernel_is_its_convolution():
    found = run(Settings.of([[27, 37], [57, 67]], [[1, 2], [3, 4]])).gradient()
    assert found.upstream.tolist() == [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]]
    assert found.result.tolist() == [[[27, 37], [57, 67]]]  # cell 14
    assert (found.difference, found.agrees) == (0, True)


def test_the_gradient_is_the_convolution_and_autograds():
    for n, settings in enumerate([*random_settings(60, 25), *random_settings(60, 26, whole=False)]):
        found = run(settings).gradient(UPSTREAM[n % len(UPSTREAM)], n)
        height, width = settings.size
        convolved = convolution(found.upstream, np.array(settings.weight), settings.layer)[:, :height, :width]
        np.testing.assert_allclose(found.result, convolved, rtol=1e-12, atol=1e-9)
        assert found.agrees


def test_a_wrong_gradient_is_seen(monkeypatch):
    right = operation_module.input_gradient
    monkeypatch.setattr(operation_module, "input_gradient", lambda *arguments: right(*arguments) + 1e-9)
    run.cache_clear()
    assert not run(WHOLE).gradient().agrees
    assert run(WHOLE).gradient().difference == pytest.approx(1e-9, rel=1e-3)
    run.cache_clear()


def test_agreement_by_hand():
    zero = np.zeros((1, 2, 2))
    off = zero.copy()
    off[0, 1, 0] = 0.5
    results = {name: Result(name, values) for name, values in {"a": zero, "b": off, "c": zero}.items()}
    assert agreement(results, np.zeros(())) == Agreement(0.5, ("a", "b"), (0, 1, 0), False, ("b",))
    tolerance = np.zeros((1, 2, 2))
    tolerance[0, 1, 0] = 0.5  # the bound itself is allowed
    assert agreement(results, tolerance) == Agreement(0.5, ("a", "b"), (0, 1, 0), True, ())
    tolerance[0, 1, 0], tolerance[0, 0, 0] = 0.25, 9  # each cell has its own
    assert agreement(results, tolerance).outliers == ("b",)
    alone = {"a": Result("a", zero), "b": Result("b", None, "gone")}
    assert agreement(alone, np.zeros(())) == Agreement(0.0, ("", ""), (0, 0, 0), False, ("b",))


def test_scatter_steps_of_cell_8():
    steps = run(WHOLE).scatter_steps(0)
    assert steps.cells.tolist() == [[[0, 1, 3, 4], [1, 2, 4, 5]], [[3, 4, 6, 7], [4, 5, 7, 8]]]
    assert steps.products.tolist() == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 2, 4, 6], [0, 3, 6, 9]]
    assert steps.sums.tolist() == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 4, 4, 6], [4, 6, 12, 9]]
    assert steps.canvas.tolist() == [[0, 0, 1], [0, 4, 6], [4, 12, 9]]


def test_scatter_steps_of_stride_2():
    steps = run(Settings.of(SQUARE, SQUARE, stride=2)).scatter_steps(0)
    assert steps.cells.tolist() == [[[0, 1, 4, 5], [2, 3, 6, 7]], [[8, 9, 12, 13], [10, 11, 14, 15]]]
    assert steps.sums.tolist() == steps.products.tolist() == [[0, 0, 0, 0], [0, 1, 2, 3], [0, 2, 4, 6], [0, 3, 6, 9]]
    assert steps.canvas.tolist() == [[0, 0, 0, 1], [0, 0, 2, 3], [0, 2, 0, 3], [4, 6, 6, 9]]


def test_scatter_steps_with_padding_and_output_padding_are_on_the_canvas():
    # Stride 3, K 1×2, X 1×2: stamps on columns 0,1 and 3,4; p 0, o 2 draws columns 5 and 6 and rows 1, 2 of zeros.
    operation = run(Settings.of([[2, 5]], [[1, 10]], stride=3, output_padding=2))
    steps = operation.scatter_steps(0)
    assert steps.cells.tolist() == [[[0, 1], [3, 4]]]
    assert steps.canvas.tolist() == [[2, 20, 0, 5, 50, 0, 0], [0] * 7, [0] * 7]
    cropped = run(Settings.of([[2, 5]], [[1, 10]], padding=(0, 1)))
    assert cropped.output.tolist() == [[[25]]]
    assert cropped.scatter_steps(0).canvas.tolist() == [[2, 25, 50]]


def test_scatter_steps_of_groups():
    operation = run(Settings.of([[[1]], [[2]], [[3]], [[4]]], np.arange(1, 9).reshape(4, 2, 1, 1), groups=2))
    nan = np.nan
    expected = {0: [1, 2 * 3, nan, nan], 1: [2, 2 * 4, nan, nan], 2: [nan, nan, 15, 28], 3: [nan, nan, 18, 32]}
    for out_channel, products in expected.items():
        steps = operation.scatter_steps(out_channel)
        assert np.array_equal(steps.products.ravel(), products, equal_nan=True)
        assert steps.canvas.item() == np.nansum(products) == operation.output[out_channel].item()


def test_the_steps_end_in_the_output():
    grouped = 0
    for settings in random_settings(150, 23):
        operation, layer = run(settings), settings.layer
        top, left, height, width = layer.window(settings.size)
        per_channel = settings.size[0] * settings.size[1]
        for out_channel in range(layer.out_channels):
            steps = operation.scatter_steps(out_channel)
            assert steps.canvas.shape == layer.canvas_size(settings.size)
            window = steps.canvas[top : top + height, left : left + width]
            assert np.array_equal(window, operation.output[out_channel])

            last = np.zeros(steps.canvas.size)  # what each canvas cell held last, by the steps alone
            landed = steps.cells.reshape(per_channel, -1)
            for index in range(len(steps.sums)):
                gone = index // per_channel not in inputs_of(layer, out_channel)
                grouped += gone
                assert np.isnan(steps.sums[index]).all() == np.isnan(steps.sums[index]).any() == gone
                assert np.isnan(steps.products[index]).all() == np.isnan(steps.products[index]).any() == gone
                if not gone:
                    before = last[landed[index % per_channel]]
                    assert np.array_equal(steps.sums[index], before + steps.products[index])
                    last[landed[index % per_channel]] = steps.sums[index]
            assert np.array_equal(last, steps.canvas.ravel())
    assert grouped > 100


def test_what_is_cached_cannot_be_written_to():
    operation = run(REALS)
    assert run(Settings.of(REALS.input, REALS.weight)) is operation
    arrays = [operation.input, operation.weight, operation.output]
    arrays += [result.output for result in operation.results.values()]
    for array in arrays:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    for one, other in combinations(operation.results.values(), 2):
        assert not np.shares_memory(one.output, other.output)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
@pytest.mark.parametrize("name", METHODS)
def test_no_number_is_an_outlier_on_reals_too_whichever_method_gives_it(broken, name, wrong):
    broken(name, lambda output: output + wrong)
    found = run(Settings.of([[0.5]], [[0.25]])).agreement
    assert (found.agrees, found.outliers, found.difference) == (False, (name,), np.inf)
