"""Equipment that wears out: purchases of each year to keep the stock that is needed."""

from imis_plan.model.arrays import ceil, maximum, stack_years, where


def survivors(bought, age, life, loss):
    """What is left of a cohort: bought * (1 - loss)^age while age < life. [same unit as bought]

    age : years since purchase. [year]
    life : years of use. [year]
    loss : share lost, stolen or broken in a year. [1/year]
    """
    return where(age < life, bought * (1 - loss) ** age, 0.0)


def purchases(need, existing, existing_age, life, loss):
    """Pieces to buy each year: need less survivors of all earlier cohorts, whole pieces. [same unit as need]

    need : pieces needed by year, shape (horizon, ...).
    existing : pieces at the start of the first year, which are `existing_age` years old; earlier losses are not counted.
    """
    bought: list = []
    for t in range(len(need)):
        left = where(existing_age + t < life, existing * (1 - loss) ** t, 0.0)
        left = left + sum(survivors(batch, t - s, life, loss) for s, batch in enumerate(bought))
        bought.append(ceil(maximum(need[t] - left, 0)))
    return stack_years(bought, need)


def growth(need, existing):
    """Purchases for growth: pieces above the highest need of earlier years. [same unit as need]"""
    highest, result = existing, []
    for t in range(len(need)):
        result.append(ceil(maximum(need[t] - highest, 0)))
        highest = maximum(need[t], highest)
    return stack_years(result, need)
