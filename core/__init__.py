"""Backpropagation in NumPy: networks, their gradients, and films of them."""
