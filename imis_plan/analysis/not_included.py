"""What no budget of this model includes. A cost that gets a line of its own leaves this list; docs/method.md prints it."""

from imis_plan.model.budget_line import N_

NOT_INCLUDED = (
    N_("benefits that the insurance pays to providers"),
    N_("commissions of agents"),
    N_("salaries of other staff of the schemes: managers, reviewers, accountants"),
    N_("value added tax and customs duty: amounts are net, and the tax due stands beside them"),
    N_("buildings and vehicles"),
    N_("interest and fees of loans"),
    N_("costs of households and facilities: travel to enrol, time of facility staff who enter claims, their computers"),
    N_("savings: less paper, fewer wrong claims, faster payment"),
    N_("severance pay when posts end; resale and disposal of old equipment"),
    N_("economies of scale: a price is the same for ten pieces and for ten thousand; its range can express them"),
)
