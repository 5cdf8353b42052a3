"""Drawings that an article can show next to its steps: templates in includes/illustrations/.

Captions and descriptions are part of the article's steps, and are reviewed with it.
"""

from django.utils.translation import gettext_lazy as _

DRAWINGS = {
    "fracture": _("Spine: the broken vertebra"),
    "balloon": _("Spine: tube and balloon in the vertebra"),
    "restored": _("Spine: the balloon restores the height"),
    "filled": _("Spine: cement fills the vertebra"),
}

# Body parts, to illustrate a topic: templates in includes/topics/.
TOPIC_DRAWINGS = {
    "spine": _("The whole spine"),
    "neck": _("Neck"),
    "back": _("Lower back"),
    "leg": _("Leg"),
    "bone": _("Broken bone"),
    "joint": _("Joint"),
    "nerve": _("Nerve"),
}
