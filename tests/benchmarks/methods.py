"""Times every method against torch, in one run: python tests/benchmarks/methods.py"""

import sys
from pathlib import Path
from timeit import timeit

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from explorer import METHODS, Layer, conv_matrix

SIZES = 4, 8, 16, 32, 64, 128, 256
BUILT = "matrix, W built before"
TARGETS = {"zero_insertion": 15, "matrix": 40, BUILT: 8}  # times torch, at 64×64
LAYER = Layer(kernel_size=3, stride=2)


def measure(size, seconds=0.15):
    """The least time of one call of each method, in seconds; they take turns, so that all meet the same noise."""
    rng = np.random.default_rng(0)
    x, w = rng.standard_normal((1, size, size)), rng.standard_normal(LAYER.weight_shape)
    shape = 1, *LAYER.output_size((size, size))
    matrix = conv_matrix(w, LAYER, (size, size))
    calls = {name: lambda method=method: method(x, w, LAYER) for name, method in METHODS.items()}
    calls[BUILT] = lambda: (matrix.T @ x.ravel()).reshape(shape)
    once = {name: min(timeit(call, number=1) for _ in range(2)) for name, call in calls.items()}  # also warms up
    least = dict.fromkeys(calls, float("inf"))
    for turn in range(10):
        for name, call in calls.items():
            if turn < 2 or once[name] < seconds:  # naive at 256: a few calls are enough
                number = max(1, min(1000, int(seconds / 10 / once[name])))
                least[name] = min(least[name], timeit(call, number=number) / number)
    return least


def main():
    import torch

    names = [name for name in (*METHODS, BUILT) if name != "torch"]
    print(f"1 -> 1 channels, kernel 3x3, stride 2, float64, {torch.get_num_threads()} threads; times torch's time\n")
    print(f"{'input':>9} {'torch':>10}", *(f"{name:>{max(14, len(name))}}" for name in names))
    ratios = {}
    for size in SIZES:
        least = measure(size)
        ratios[size] = {name: least[name] / least["torch"] for name in names}
        cells = (f"{ratios[size][name]:{max(14, len(name)) - 1}.1f}x" for name in names)
        print(f"{f'{size}x{size}':>9} {least['torch'] * 1e6:7.1f} µs", *cells)
    print("\nTargets at 64x64")
    for name, target in TARGETS.items():
        ratio = ratios[64][name]
        print(f"{name:>24}  within {target:2}x: {ratio:5.1f}x  {'reached' if ratio <= target else 'MISSED'}")


if __name__ == "__main__":
    main()
