"""The few functions of torch that the product's lines of code use, on NumPy, as torch documents them.

torch itself is hundreds of megabytes. As in torch `.T` needs a matrix, `sum` and `softmax` have `dim`,
`clamp` takes numbers for its bounds, and a `.grad` has the shape of its tensor.
"""

import math
from types import ModuleType, SimpleNamespace

import numpy as np


class Tensor:
    """An array with a `.grad`; operations make new ones, as of tensors that need no gradient."""

    __array_priority__ = 1
    __array_ufunc__ = None

    def __init__(self, array):
        self.array = np.array(array, dtype=float)
        self._grad = None

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, grad):
        assert isinstance(grad, Tensor)
        assert grad.array.shape == self.array.shape, "assigned grad has data of a different size"
        self._grad = grad

    @property
    def T(self):  # noqa: N802
        assert self.array.ndim == 2
        return Tensor(self.array.T)

    def __add__(self, other):
        return Tensor(self.array + _array(other))

    def __iadd__(self, other):
        self.array += _array(other)
        return self

    def __sub__(self, other):
        return Tensor(self.array - _array(other))

    def __rsub__(self, other):
        return Tensor(_array(other) - self.array)

    def __mul__(self, other):
        return Tensor(self.array * _array(other))

    def __truediv__(self, other):
        return Tensor(self.array / _array(other))

    def __rtruediv__(self, other):
        return Tensor(_array(other) / self.array)

    def __matmul__(self, other):
        return Tensor(self.array @ other.array)

    def __pow__(self, exponent):
        return Tensor(self.array**exponent)

    def __neg__(self):
        return Tensor(-self.array)

    def __gt__(self, other):
        return self.array > _array(other)

    __radd__, __rmul__ = __add__, __mul__


def _array(value):
    return value.array if isinstance(value, Tensor) else float(value)


def _of_tensor(function):
    def applied(tensor):
        assert isinstance(tensor, Tensor)
        return Tensor(function(tensor.array))

    return applied


def _sum(tensor, dim=None, keepdim=False):
    return Tensor(np.sum(tensor.array, axis=dim, keepdims=keepdim))


def _clamp(tensor, min=None, max=None):  # noqa: A002
    assert not isinstance(min, Tensor)
    assert not isinstance(max, Tensor)
    return Tensor(np.clip(tensor.array, min, max))


def _softmax(tensor, dim):
    powers = np.exp(tensor.array - tensor.array.max(axis=dim, keepdims=True))
    return Tensor(powers / powers.sum(axis=dim, keepdims=True))


def _log_softmax(array):
    shifted = array - array.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _reduced(elements, reduction):
    return Tensor(np.mean(elements) if reduction == "mean" else np.sum(elements))


def _mse_loss(y_hat, y, reduction="mean"):
    return _reduced((y_hat.array - y.array) ** 2, reduction)


def _binary_cross_entropy(y_hat, y, reduction="mean"):
    a, t = y_hat.array, y.array
    assert np.all((a >= 0) & (a <= 1)), "all elements of input should be between 0 and 1"
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log(a), -100), np.maximum(np.log1p(-a), -100)
    return _reduced(-(t * logs[0] + (1 - t) * logs[1]), reduction)


def _binary_cross_entropy_with_logits(z, y, reduction="mean"):
    a, t = z.array, y.array
    return _reduced(np.maximum(a, 0) - a * t + np.log1p(np.exp(-np.abs(a))), reduction)


def _cross_entropy(z, y, reduction="mean"):
    # Of targets that are probabilities the mean is over the samples alone.
    losses = -np.sum(y.array * _log_softmax(z.array), axis=1)
    return _reduced(losses, reduction)


def _huber_loss(y_hat, y, reduction="mean", delta=1.0):
    size = np.abs(y_hat.array - y.array)
    elements = np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta))
    return _reduced(elements, reduction)


def _gelu(tensor, approximate="none"):
    assert approximate == "tanh"
    z = tensor.array
    return Tensor(0.5 * z * (1 + np.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))))


def make_torch():
    """Return modules by the names under which code imports them."""
    functional = ModuleType("torch.nn.functional")
    functional.__dict__.update(
        mse_loss=_mse_loss,
        binary_cross_entropy=_binary_cross_entropy,
        binary_cross_entropy_with_logits=_binary_cross_entropy_with_logits,
        cross_entropy=_cross_entropy,
        huber_loss=_huber_loss,
        gelu=_gelu,
        leaky_relu=lambda tensor, slope: Tensor(
            np.where(tensor.array > 0, tensor.array, slope * tensor.array)
        ),
        elu=_of_tensor(lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0)))),
        softplus=_of_tensor(lambda z: np.where(z > 20, z, np.log1p(np.exp(np.minimum(z, 20))))),
    )
    torch = ModuleType("torch")
    torch.__dict__.update(
        float64=SimpleNamespace(),
        pi=math.pi,
        set_default_dtype=lambda dtype: None,
        tensor=Tensor,
        eye=lambda n: Tensor(np.eye(n)),
        sum=_sum,
        clamp=_clamp,
        softmax=_softmax,
        where=lambda condition, then, otherwise: Tensor(np.where(condition, _array(then), _array(otherwise))),
        full_like=lambda tensor, number: Tensor(np.full_like(tensor.array, number)),
        sigmoid=_of_tensor(lambda z: 1 / (1 + np.exp(-z))),
        relu=_of_tensor(lambda z: np.maximum(z, 0)),
        **{name: _of_tensor(getattr(np, name)) for name in ("tanh", "exp", "log", "sin", "cos", "abs")},
    )
    nn = ModuleType("torch.nn")
    nn.__dict__["functional"] = functional
    torch.__dict__["nn"] = nn
    return {"torch": torch, "torch.nn": nn, "torch.nn.functional": functional}
