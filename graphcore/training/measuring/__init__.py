"""The metrics as formulas on tensors: classes, amounts, ranks."""
