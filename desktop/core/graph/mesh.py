"""The repulsion of many nodes in O(n + g² log g): the particle-mesh method.

Every node's charge is spread bilinearly over the four nearest points of a g × g grid ("cloud in cell", Hockney and
Eastwood, Computer Simulation Using Particles, 1988). The field on the grid is the convolution of that charge with
the kernel r/|r|² (the force of a line charge: 1/r), done by FFT on a grid padded with zeros to twice the side, so
that the picture's left edge does not push its right edge. Each node then reads the field back with the same
weights, which makes the force that a node exerts on itself exactly zero.

Below about one grid cell the force is softened; the links and the exact sum of small graphs do not need it.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class ParticleMesh:
    """A grid of `side` × `side` points with its kernel, transformed once and used for every step."""

    def __init__(self, side: int) -> None:
        self.side = side
        self._padded = 2 * side
        self._kernel = self._transformed_kernel()

    def _transformed_kernel(self) -> NDArray[np.complex64]:
        """Return the spectra of the kernel's x and y components, shape (2, padded, padded / 2 + 1)."""
        steps = np.fft.fftfreq(self._padded, 1.0 / self._padded)
        dx, dy = steps[np.newaxis, :], steps[:, np.newaxis]
        squared = dx * dx + dy * dy
        squared[0, 0] = 1.0
        kernel = np.stack((dx / squared, dy / squared))
        # The row and column at -side have no partner at +side: an odd kernel is zero there.
        kernel[:, self.side, :] = 0.0
        kernel[:, :, self.side] = 0.0
        return np.fft.rfft2(kernel.astype(np.float32)).astype(np.complex64)

    def field_at(self, positions: Floats) -> Floats:
        """Return for each node the sum of r/|r|² over all others (shape (n, 2)), as the grid sees it."""
        x, y = positions[:, 0].copy(), positions[:, 1].copy()
        low_x, low_y = x.min(), y.min()
        cell = max(float(x.max() - low_x), float(y.max() - low_y), 1e-6) / (self.side - 2)
        x, y = (x - low_x) / cell + 0.5, (y - low_y) / cell + 0.5
        column, row = x.astype(np.intp), y.astype(np.intp)
        x -= column
        y -= row
        both = x * y
        corners = row * self.side + column
        # One corner at a time: arrays of one number per node stay in the processor's cache.
        weights = ((0, 1.0 - x - y + both), (1, x - both), (self.side, y - both), (self.side + 1, both))
        charge = np.zeros(self.side * self.side)
        for offset, weight in weights:
            charge += np.bincount(corners + offset, weight, charge.size)
        field = self._convolve(charge.reshape(self.side, self.side))
        result = np.empty_like(positions)
        for axis in (0, 1):
            component = field[axis].ravel()
            total = np.zeros(len(x))
            for offset, weight in weights:
                total += component.take(corners + offset) * weight
            result[:, axis] = total / cell
        return result

    def _convolve(self, charge: Floats) -> NDArray[np.float32]:
        """Return the field's two components on the grid; half the padded rows are known zeros and are skipped."""
        rows = np.fft.rfft(charge.astype(np.float32), self._padded, axis=1)
        spectrum = np.fft.fft(rows, self._padded, axis=0)
        columns = np.fft.ifft(spectrum * self._kernel, axis=1)[:, : self.side]
        field = np.fft.irfft(columns, self._padded, axis=2)[:, :, : self.side]
        return field.astype(np.float32, copy=False)
