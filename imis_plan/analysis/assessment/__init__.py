"""Self-assessment: GAO's four characteristics and the principles of the GHCC reference case, answered from this plan's own data.

Each criterion is a few points that the data decide. Met: all of them hold. Partly: some. Not met: none. No tick is fixed.
"""

from imis_plan.analysis.assessment.criteria import assessment
from imis_plan.analysis.assessment.evidence import STALE_YEARS, Evidence, stale

__all__ = ["STALE_YEARS", "Evidence", "assessment", "stale"]
