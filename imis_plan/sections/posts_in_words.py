"""Numbers of posts as sentences write them: what the posts are, and a part-time post as a share of a post."""

from imis_plan.analysis.posts import PostTotals
from imis_plan.i18n.formats import count, share
from imis_plan.i18n.translate import _, localized, plural
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only

__all__ = ["main_role", "number_of_posts"]
__dir__ = only(__all__)

# A role is named where it has so large a part of the posts.
MOST = 0.5


def number_of_posts(posts: float) -> str:
    """3 posts, 1 post, 50% of a post, 202 posts and 50% of a post."""
    whole, part = divmod(float(posts), 1)
    full = plural("{count} post", "{count} posts", whole).format(count=count(whole))
    if not part:
        return full
    of_a_post = _("{part} of a post").format(part=share(part))
    return _("{posts} and {part}").format(posts=full, part=of_a_post) if whole else of_a_post


def main_role(plan: Plan, totals: PostTotals) -> str:
    """The role that has most of the posts, as "268 data-entry clerks"; empty where no role stands out."""
    if totals.main_role_posts <= 1 or totals.main_role_posts <= MOST * totals.needed or totals.main_role_posts == totals.needed:
        return ""
    role = next(role for role in plan.roles if role.key == totals.main_role)
    if role.title_plural:
        return f"{count(totals.main_role_posts)} {localized(role.title_plural)}"
    return _("{count} for the role “{role}”").format(count=count(totals.main_role_posts), role=localized(role.title))
