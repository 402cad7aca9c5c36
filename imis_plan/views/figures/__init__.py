"""Figures of the report. Each returns a figure, a caption that states its finding, and that for readers who cannot see it.

One style for all: colours that the colour-blind tell apart (Okabe and Ito), and hatching, so that black and white serves.
"""

from imis_plan.views.figures.amounts import components, funders, top_lines, years
from imis_plan.views.figures.comparison import ranking, structure, waterfall
from imis_plan.views.figures.evidence import bands, confidence, position
from imis_plan.views.figures.options import options
from imis_plan.views.figures.people import rollout, staff
from imis_plan.views.figures.risk import s_curve, tornado
from imis_plan.views.figures.style import Shown, bars, canvas, described, legend, money_axis, stack, styled, tops, wrapped

__all__ = [
    "Shown",
    "bands",
    "bars",
    "canvas",
    "components",
    "confidence",
    "described",
    "funders",
    "legend",
    "money_axis",
    "options",
    "position",
    "ranking",
    "rollout",
    "s_curve",
    "stack",
    "staff",
    "structure",
    "styled",
    "top_lines",
    "tops",
    "tornado",
    "waterfall",
    "wrapped",
    "years",
]
