"""Picture files (PNG, JPEG, TIFF, WebP, HEIC, BMP, GIF) as pages; one point per pixel, upright by their EXIF, photos flat."""

from __future__ import annotations

import io
import struct
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from contor.adapters.pdf.sheet_on_table import corners_of, laid_flat
from contor.documents.filetype import web_picture
from contor.documents.scans.raster import Raster, shown_size
from contor.errors import Refusal

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_MAX_PIXELS = 100_000_000
DAMAGED = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError,
    TypeError, IndexError, KeyError, struct.error,
)  # fmt: skip
"""What Pillow raises for broken files; the last four where a later page of a TIFF is broken."""
_ORIENTATION = 0x0112
_ASK_AGAIN = "Ask the sender for the document again."


class PillowImageReader:
    """Reads picture files by Pillow (see ``contor.ports.documents.ImageReader``)."""

    def images(self, content: bytes, max_pages: int = 50) -> tuple[int, tuple[Raster | None, ...]]:
        """The pictures of a file, None where one is damaged; sizes are checked beforehand."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return self._read(content, max_pages)
        except Image.DecompressionBombError as error:
            raise _too_large() from error
        except DAMAGED as error:
            raise _broken() from error

    @staticmethod
    def _read(content: bytes, max_pages: int) -> tuple[int, tuple[Raster | None, ...]]:
        with opened(content) as picture:
            # Only a TIFF has pages; what else a camera puts into a JPEG is no second page.
            count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            rasters: list[Raster | None] = []
            for index in range(min(count, max_pages)):
                try:
                    picture.seek(index)
                    width, height = size_shown(picture)
                    if width * height > _MAX_PIXELS:
                        raise _too_large()
                    rasters.append(_grey(picture))
                except DAMAGED:
                    rasters.append(None)
        if not any(rasters):
            raise _broken()
        return count, tuple(rasters)


def opened(content: bytes) -> Image.Image:
    """A picture of a kind that is read, its pixels not yet decoded; of a GIF its first picture."""
    if web_picture(content) != "heic":
        return Image.open(io.BytesIO(content), formats=_FORMATS)
    import pi_heif  # only where a phone's photo comes

    pi_heif.register_heif_opener(thumbnails=False)
    return Image.open(io.BytesIO(content), formats=("HEIF",))


def _grey(picture: Image.Image) -> Raster:
    grey = shown(picture, colours=False).convert("L")
    return Raster(grey.tobytes(), grey.width, grey.height, 72.0)


def shown(picture: Image.Image, *, colours: bool = True) -> Image.Image:
    """The picture as it is read and shown: upright, a fax in its sheet's proportions, a photo flat.

    Without ``colours`` a photo is in grey, which is laid flat in a third of the time.
    """
    size = size_shown(picture)
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        upright = Image.alpha_composite(paper, layer)
    if upright.mode.startswith(("I", "F")):
        upright = _eight_bit(upright)
    if upright.size != size:
        smooth = upright.convert("L") if upright.mode == "1" else upright
        upright = smooth.resize(size, Image.Resampling.BICUBIC)
    return upright if is_scan(picture) else _laid_flat(upright, colours=colours)


def is_scan(picture: Image.Image) -> bool:
    """Whether no camera makes such files: then nobody looks for a sheet on a table."""
    return picture.format == "TIFF" or picture.mode == "1"


def _laid_flat(picture: Image.Image, *, colours: bool) -> Image.Image:
    """The sheet on the picture where it is a photo of one; else the very picture."""
    grey = picture.convert("L")
    corners = corners_of(np.asarray(grey))
    if corners is None:
        return picture
    sheet = picture.convert("RGB") if colours and picture.mode != "L" else grey
    return Image.fromarray(laid_flat(np.asarray(sheet), corners))


def size_shown(picture: Image.Image) -> tuple[int, int]:
    """Width and height upright; only of a TIFF the density counts: cameras write anything."""
    density = picture.info.get("dpi", (0, 0)) if picture.format == "TIFF" else (0, 0)
    return shown_size(picture.size, density, picture.getexif().get(_ORIENTATION) or 1)


def _eight_bit(deep: Image.Image) -> Image.Image:
    """16-bit and floating greys by their largest value: some scanners use 12 of 16 bits."""
    values = np.asarray(deep, dtype=np.float32)
    brightest = float(values.max(initial=1.0))
    full = 65535.0 if brightest > 4095.0 else 4095.0 if brightest > 255.0 else 255.0
    full = 1.0 if deep.mode == "F" and brightest <= 1.0 else full
    return Image.fromarray(np.clip(values / full * 255.0, 0, 255).astype(np.uint8))


def _broken() -> Refusal:
    return Refusal("broken_image", "The picture is damaged or cut off.", _ASK_AGAIN)


def _too_large() -> Refusal:
    return Refusal(
        "too_large",
        "The picture unpacks to more than 100 million pixels.",
        "Send it at a lower resolution.",
    )
