"""Picture files (PNG, JPEG, TIFF) as grey pages; one point per pixel, upright by their EXIF."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from contor.documents.raster import Raster
from contor.errors import Refusal

_MAX_PIXELS = 100_000_000
_ASK_AGAIN = "Ask the sender for the document again."


class PillowImageReader:
    """Reads picture files by Pillow (see ``contor.ports.documents.ImageReader``)."""

    def images(self, content: bytes, max_pages: int = 50) -> tuple[int, tuple[Raster, ...]]:
        """The pictures of a file; sizes are checked before anything is unpacked."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._read(content, max_pages)
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            raise Refusal(
                "broken_image", "The picture is damaged or cut off.", _ASK_AGAIN
            ) from error

    @staticmethod
    def _read(content: bytes, max_pages: int) -> tuple[int, tuple[Raster, ...]]:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as picture:
            count = getattr(picture, "n_frames", 1)
            rasters: list[Raster] = []
            for index in range(min(count, max_pages)):
                picture.seek(index)
                if picture.width * picture.height > _MAX_PIXELS:
                    raise _too_large()
                rasters.append(_grey(picture))
        return count, tuple(rasters)


def _grey(picture: Image.Image) -> Raster:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        upright = Image.alpha_composite(paper, layer)
    if upright.mode.startswith("I"):
        upright = upright.point(lambda value: value / 257).convert("L")
    grey = upright.convert("L")
    return Raster(grey.tobytes(), grey.width, grey.height, 72.0)


def _too_large() -> Refusal:
    return Refusal(
        "too_large",
        "The picture unpacks to more than 100 million pixels.",
        "Send it at a lower resolution.",
    )
