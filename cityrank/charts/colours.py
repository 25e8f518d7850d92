"""The colours of charts, by the names they have in the style sheet.

Specifications are written in the light ones. What is drawn from them carries these colours and no others, so that a
page, a dark picture and a printed sheet can put their own in place of each (see `svg.py`).
"""

LIGHT = {
    "ink": "#1c1e25",
    "quiet": "#5b5e66",
    "rule": "#ddd8cc",
    "paper": "#fffefc",
    "mark": "#a8321e",
    "missing": "#efece4",
    "1": "#3359bb",
    "2": "#d8711b",
    "3": "#7a480a",
    "4": "#1d9cae",
    "5": "#452b56",
    "6": "#59846c",
    "7": "#263395",
    "8": "#621f11",
    "step-1": "#dbe7f0",
    "step-2": "#aecbe0",
    "step-3": "#74a3c6",
    "step-4": "#36739f",
    "step-5": "#123f5e",
}
DARK = {
    "ink": "#ecebe7",
    "quiet": "#a9acb6",
    "rule": "#3a3f4a",
    "paper": "#1c1f27",
    "mark": "#ff8a70",
    "missing": "#262a33",
    "1": "#78b4fe",
    "2": "#db8651",
    "3": "#f6d874",
    "4": "#97f2ff",
    "5": "#8d65b4",
    "6": "#a5c8b0",
    "7": "#a091b1",
    "8": "#b16148",
    "step-1": "#263a4a",
    "step-2": "#2f5876",
    "step-3": "#386f97",
    "step-4": "#74abd3",
    "step-5": "#c3e0f5",
}
THEMES = {"light": LIGHT, "dark": DARK}

INK, QUIET, RULE, PAPER = LIGHT["ink"], LIGHT["quiet"], LIGHT["rule"], LIGHT["paper"]
MARK, MISSING = LIGHT["mark"], LIGHT["missing"]
SERIES = tuple(LIGHT[str(number)] for number in range(1, 9))
STEPS = tuple(LIGHT[f"step-{number}"] for number in range(1, 6))
# Of what stands on a step: dark on the light ones, light on the dark ones, and the other way round in the dark theme.
ON_STEP = (INK, INK, INK, PAPER, PAPER)
