from wagtail import hooks

from education.review import action_menu, dashboard

hooks.register("construct_homepage_panels", dashboard.add_panel)
hooks.register("construct_page_action_menu", action_menu.arrange)
