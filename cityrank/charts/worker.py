"""The program that draws, run by `engine` in a process of its own; it knows neither Django nor the database.

Each line of its input is a wish in JSON, each line of its output the answer: {"spec": ...} gives {"svg": ...},
{"svg": ..., "scale": 2} gives {"png": base64}, and what fails gives {"error": ...}.
"""

import base64
import io
import json
import signal
import sys
from typing import Any

# Who has nothing to draw for this long ends, and gives back its memory.
IDLE_SECONDS = 120
# Of these 256 are so near to each other that nobody sees which one a palette left out.
FEW_COLOURS = 2048
VEGA_LITE = "6.4"


def answer(wish: dict[str, Any]) -> dict[str, str]:
    import vl_convert

    if "spec" in wish:
        return {"svg": vl_convert.vegalite_to_svg(wish["spec"], vl_version=VEGA_LITE, allowed_base_urls=[])}
    picture = smaller(vl_convert.svg_to_png(wish["svg"], scale=wish["scale"]))
    return {"png": base64.b64encode(picture).decode()}


def smaller(picture: bytes) -> bytes:
    """Return a picture in an eighth of its bytes: a drawing has few colours, and a palette holds them all but exactly.

    What can be seen through, or has many colours, is only packed better.
    """
    from PIL import Image

    image: Image.Image = Image.open(io.BytesIO(picture))
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    if image.mode == "RGB" and image.getcolors(FEW_COLOURS):
        image = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    packed = io.BytesIO()
    image.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def main(fonts: str) -> None:
    import vl_convert

    vl_convert.register_font_directory(fonts)
    while True:
        signal.alarm(IDLE_SECONDS)
        line = sys.stdin.readline()
        signal.alarm(0)
        if not line:
            return
        try:
            said = answer(json.loads(line))
        except Exception as error:  # whatever the library objects to
            said = {"error": f"{type(error).__name__}: {error}"}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
