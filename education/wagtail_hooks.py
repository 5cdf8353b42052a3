from wagtail import hooks

from education import dashboard

hooks.register("construct_homepage_panels", dashboard.add_panel)
