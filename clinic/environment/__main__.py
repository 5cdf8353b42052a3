"""Print docs/settings.md: `python -m clinic.environment > docs/settings.md`."""

from clinic.environment import GROUPS


def render_page() -> str:
    lines = [
        "# Settings",
        "",
        "All settings are environment variables. On a server set up with `clinicctl` they are in",
        "`/etc/clinic/site.env`, and `clinicctl apply` applies a change without downtime. If a setting is missing or",
        "invalid, the site doesn't start, and prints a sentence that names it. The clinic's name, address and hours",
        "aren't here: enter them in the admin, under Settings → Clinic.",
        "",
        "`python -m clinic.environment > docs/settings.md` writes this page from `clinic/environment/settings.toml`.",
    ]
    for title, group in GROUPS.items():
        lines += ["", f"## {title}", "", "| variable | default | |", "|---|---|---|"]
        for setting in group:
            default = setting.shown_default or (f"`{setting.default}`" if setting.default else "–")
            if setting.default is None:
                default = "**required**"
            lines.append(f"| `{setting.name}` | {default} | {setting.help} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(render_page(), end="")
