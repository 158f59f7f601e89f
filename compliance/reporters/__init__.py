"""Documents made from an assessment; one module a format."""
