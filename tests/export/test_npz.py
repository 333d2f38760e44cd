"""The archive, read back by numpy alone and compared with the core."""

from io import BytesIO

import numpy as np
import pytest

from explorer import METHODS, conv_matrix
from explorer.export.npz import arrays
from explorer.presets import PRESETS

NAMES = {"input", "weight", "output", "W_row", "W_column", "W_value", "W_shape", "crop", "bias"}


def test_what_comes_after_the_layer_is_in_the_output():
    with np.load(BytesIO(arrays("?stride=2&crop=0,1&bias=0.5")), allow_pickle=False) as found:
        assert found["crop"].tolist() == [[0, 1], [0, 1]]
        assert found["bias"].tolist() == [0.5]
        w = np.zeros(found["W_shape"])
        np.add.at(w, (found["W_row"], found["W_column"]), found["W_value"])
        assert np.array_equal((w.T @ found["input"].ravel()).reshape(1, 3, 3) + 0.5, found["output"])


@pytest.mark.parametrize("preset", PRESETS)
def test_the_numbers_are_the_cores(preset):
    settings = PRESETS[preset].settings
    with np.load(BytesIO(arrays(f"?preset={preset}")), allow_pickle=False) as found:
        assert set(found.files) == NAMES
        x, k = np.array(settings.input), np.array(settings.weight)
        assert np.array_equal(found["input"], x)
        assert np.array_equal(found["weight"], k)
        y = METHODS["naive"](x, k, settings.layer)
        assert np.allclose(found["output"], y, rtol=1e-12, atol=1e-12)
        w = np.zeros(found["W_shape"])
        np.add.at(w, (found["W_row"], found["W_column"]), found["W_value"])
        assert np.array_equal(w, conv_matrix(k, settings.layer, settings.size).toarray())
        assert np.allclose((w.T @ x.ravel()).reshape(y.shape), y, rtol=1e-12, atol=1e-12)
