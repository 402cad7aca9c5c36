"""Figures that a notebook of one's own shows by `plt.show()`: their titles serve as alternative texts."""

from typing import TYPE_CHECKING, Any

from IPython import get_ipython

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def describe_own_figures() -> None:
    """From now on, figures that IPython shows by itself have their title as alternative text; outside IPython, no change."""
    shell = get_ipython()
    if shell is not None:
        formatter = shell.display_formatter.mimebundle_formatter
        formatter.for_type_by_name("matplotlib.figure", "Figure", title_metadata)


def title_metadata(fig: "Figure") -> tuple[dict[str, Any], dict[str, Any]]:
    """No content for IPython, which draws the figure as always, and the metadata that go with it."""
    alt = title(fig)
    return {}, {"image/png": {"alt": alt}, "imis": {"default_alt": True}} if alt else {}


def title(fig: "Figure") -> str:
    """The title of a figure, else those of its axes, else what their axes are labelled with."""
    axes = fig.get_axes()
    labels = [" / ".join(filter(None, (ax.get_ylabel(), ax.get_xlabel()))) for ax in axes]
    for texts in ([fig.get_suptitle()], [ax.get_title() for ax in axes], labels):
        if found := "; ".join(text.strip() for text in texts if text.strip()):
            return " ".join(found.split())
    return ""
