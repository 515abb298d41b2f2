"""Text that articles share word for word."""
