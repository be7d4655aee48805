"""The words that a line of an Expression knows: functions, methods and keywords. Torch-free."""

from __future__ import annotations

from typing import Literal

from graphcore.types import DTYPES

Sort = Literal["tensor", "number", "list"]
"""What a part of a line comes to; a list (of `chunk`, say) is only there to be picked from."""

_BOTH = """
    abs acos amax amin argmax argmin asin atan ceil clamp clip cos cosh count_nonzero cummax cumprod
    cumsum diff erf erfc exp exp2 expm1 flatten flip floor floor_divide fmod frac gather
    heaviside hypot index_select isfinite isinf isnan lerp log log10 log1p log2 logaddexp
    logcumsumexp logical_and logical_not logical_or logical_xor logit logsumexp masked_fill matmul
    maximum mean minimum mul movedim nan_to_num narrow neg norm permute pow prod reciprocal
    relu remainder repeat_interleave reshape roll round rsqrt select sigmoid sign sin sinc sinh
    softmax log_softmax sqrt square squeeze std sub sum swapaxes tan tanh tile transpose tril triu
    trunc unflatten unsqueeze var where add div bmm outer dot atan2
"""
_LISTS = "chunk max median min sort topk"
_TORCH = """
    arange baddbmm cat cdist cosine_similarity cross einsum eye full full_like
    linspace ones ones_like rand_like randn_like stack tensordot
    zeros zeros_like
"""
_F = """
    adaptive_avg_pool1d adaptive_avg_pool2d adaptive_max_pool1d adaptive_max_pool2d avg_pool1d
    avg_pool2d celu cosine_similarity elu fold gelu glu grid_sample hardshrink hardsigmoid
    hardswish hardtanh interpolate layer_norm leaky_relu linear log_softmax logsigmoid max_pool1d
    max_pool2d mish normalize one_hot pad pairwise_distance pixel_shuffle pixel_unshuffle relu
    relu6 rms_norm scaled_dot_product_attention selu sigmoid silu softmax softmin softplus
    softshrink softsign tanh tanhshrink threshold unfold
"""
_METHODS = """
    clone contiguous detach double expand expand_as float half int long bool new_full new_ones
    new_zeros repeat reshape_as t to type_as unfold view view_as all any
"""


def _each(words: str, sort: Sort, head: str = "") -> dict[str, Sort]:
    return {f"{head}{word}": sort for word in words.split()}


FUNCTIONS: dict[str, Sort] = {
    **_each(_BOTH + _TORCH, "tensor", "torch."), **_each(_LISTS, "list", "torch."),
    **_each(_F, "tensor", "F."), **_each("vector_norm matrix_norm", "tensor", "torch.linalg."),
    **_each("min max int", "number"),
}  # fmt: skip
"""Functions by their whole name, and what each gives."""

METHODS: dict[str, Sort] = {
    **_each(_BOTH + _METHODS, "tensor"), **_each(_LISTS, "list"),
    **_each("size dim numel", "number"),
}  # fmt: skip
"""Methods of a tensor, and what each gives."""

TURNED = frozenset({"T", "mT"})
"""What a tensor has that is not called."""

KEYWORDS = frozenset(
    """
    align_corners alpha antialias approximate attn_mask axis base beta bins ceil_mode correction
    count_include_pad decimals descending diagonal dilation dim dims dtype dropout_p eps end
    end_dim exponent fill_value index indexing is_causal k keepdim kernel_size largest
    lambd mask max max_val min min_val mode nan neginf negative_slope normalized_shape num_classes
    offset ord other output_size p padding padding_mode posinf prepend repeats rounding_mode scale
    scale_factor shape size sizes sorted start_dim steps stride
    threshold unbiased upscale_factor value weight bias
""".split()
)
"""Arguments by name; `out` and whatever writes in place is not among them."""

TYPES = frozenset(f"torch.{name}" for name in DTYPES)
