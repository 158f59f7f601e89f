"""Pages and pictures out of Typst's language. The one adapter of Typst.

Typst's own packages are never imported, since that would need a network.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from compliance import shipped_files
from compliance.errors import ConfigurationError
from compliance.model.text import Text

STANDARDS = ["a-2a", "ua-1"]
"""PDF/A-2a keeps; PDF/UA-1 is read aloud."""
FONTS = ("Pretendard GOV", "Noto Sans CJK KR")
"""Of which one must be there, or Korean words are boxes; the templates name the same."""
_RESOLUTION = 200.0
"""Dots per inch of a picture."""
_PICTURE = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'


def pages(template: str, inputs: Mapping[str, str]) -> bytes:
    """The PDF that `template` makes of `inputs`.

    Raises:
        ConfigurationError: there is no font with Korean letters.
    """
    import typst

    compile_: Any = typst.compile_with_warnings  # takes more than its stub says
    made, warnings = compile_(
        template.encode(),
        font_paths=[str(folder) for folder in _font_folders()],
        ignore_system_fonts=False,
        sys_inputs=dict(inputs),
        pdf_standards=STANDARDS,
        timestamp=0,
    )
    missing = {font for font in FONTS for one in warnings if font.casefold() in str(one).casefold()}
    if missing == set(FONTS):
        raise ConfigurationError(_NO_FONT)
    return bytes(made)


def picture(svg: str) -> bytes | None:
    """`svg` as a PNG image; None without the font that this program ships, as others would draw other bytes."""
    import typst

    folders = _font_folders()
    if not any(any(folder.glob("*.otf")) for folder in folders):
        return None
    compile_: Any = typst.compile
    made = compile_(
        _PICTURE.encode(),
        font_paths=[str(folder) for folder in folders],
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
        format="png",
        ppi=_RESOLUTION,
    )
    return bytes(made)


def _font_folders() -> list[Path]:
    return [Path(str(folder)) for folder in shipped_files.folders("fonts", ".work/fonts")]


_NO_FONT = Text(
    en="PDF needs a font with Korean letters. Run `make setup` in a checkout, or install Noto Sans CJK "
    "(Debian: fonts-noto-cjk).",
    ko="PDF를 만들 한글 글꼴이 없음. 체크아웃에서 `make setup`을 실행하거나 Noto Sans CJK를 설치하세요"
    "(Debian: fonts-noto-cjk).",
)
