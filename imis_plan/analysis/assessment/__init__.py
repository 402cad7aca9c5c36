"""Self-assessment: GAO's four characteristics and the principles of the GHCC reference case, answered from this plan's own data.

Each criterion consists of a few points, which the data of the plan decide. Met: all points are met. Partly: some. Not met: none.
"""

from imis_plan.analysis.assessment.criteria import assessment
from imis_plan.analysis.assessment.evidence import STALE_YEARS, Evidence, stale

__all__ = ["STALE_YEARS", "Evidence", "assessment", "stale"]
