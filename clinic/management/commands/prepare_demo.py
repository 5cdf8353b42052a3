import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, CommandError, call_command

from clinic.accounts.roles import DEMO_ACCOUNTS

SAMPLE_INQUIRIES = 60


class Command(BaseCommand):
    help = "Migrates, and loads a made-up clinic, inquiries and a sample account per role. For `make run`."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Sample accounts are for a demo on this machine: use `make run`.")
        call_command("migrate", verbosity=0)
        is_new = not (settings.DATA_DIR / "demo-accounts.txt").exists()
        self.create_accounts()
        call_command("load_demo_site", verbosity=0)
        if is_new:
            call_command("load_sample_inquiries", SAMPLE_INQUIRIES, verbosity=0)

    def create_accounts(self):
        """Create one account per role, with random passwords, stored in DATA_DIR/demo-accounts.txt."""
        file = settings.DATA_DIR / "demo-accounts.txt"
        users = get_user_model().objects
        if file.exists() and users.filter(username__in=DEMO_ACCOUNTS).count() == len(DEMO_ACCOUNTS):
            return
        lines = []
        for username, group in DEMO_ACCOUNTS.items():
            password = secrets.token_urlsafe(9)
            user, _ = users.get_or_create(
                username=username,
                defaults={
                    "email": f"{username}@placeholder.example",
                    "first_name": "Sample",
                    "last_name": username.replace("-", " ").title(),
                },
            )
            user.set_password(password)
            user.save()
            user.groups.set([Group.objects.get(name=group)])
            lines.append(f"{username} {username} {password}\n")
        file.touch(mode=0o600)
        file.write_text("".join(lines))
