"""RapidOCR (PP-OCR models in its wheel), one engine a process, one thread a picture."""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

import numpy as np

_LARGEST_SIDE = 4000


@cache
def rapid_engine() -> Any:
    """The engine, its recogniser loaded."""
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LARGEST_SIDE,
            "Det.limit_type": "max",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    # The recogniser is loaded by the first picture.
    engine(np.full((48, 96, 3), 255, np.uint8), use_det=False, use_cls=False, use_rec=True)
    return engine
