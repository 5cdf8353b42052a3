from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from clinic.accounts import emails, second_factors


class Command(BaseCommand):
    help = (
        "Resets an account: removes its password, authenticator app, passkeys and recovery codes, signs it"
        " out everywhere, and prints a link that works once, within a day. For locked-out administrators."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if not user:
            raise CommandError(f"There is no account {username}.")
        second_factors.reset_account(user)
        self.stdout.write(emails.password_link(user))
