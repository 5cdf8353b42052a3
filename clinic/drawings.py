"""Our own drawings that an article may show beside its steps: each a template in includes/illustrations/.

A drawing's caption and description are reviewed with the articles that show it. So they never change: a
better one gets a new name here. A test keeps them (tests/education/review/test_drawings.py).
"""

from django.utils.translation import gettext_lazy as _

DRAWINGS = {
    "fracture": _("Spine: the broken vertebra"),
    "balloon": _("Spine: tube and balloon in the vertebra"),
    "restored": _("Spine: the balloon restores the height"),
    "filled": _("Spine: cement fills the vertebra"),
}

# Where it hurts, for a topic: each a template in includes/topics/.
TOPIC_DRAWINGS = {
    "spine": _("The whole spine"),
    "neck": _("Neck"),
    "back": _("Lower back"),
    "leg": _("Leg"),
    "bone": _("Broken bone"),
    "joint": _("Joint"),
    "nerve": _("Nerve"),
}
