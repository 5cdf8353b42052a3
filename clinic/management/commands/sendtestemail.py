from anymail.exceptions import AnymailError
from django.core.management import CommandError
from django.core.management.commands import sendtestemail


class Command(sendtestemail.Command):
    help = "Sends a test email, or says why the email server doesn't take it."

    def handle(self, *args, **options):
        try:
            super().handle(*args, **options)
        except (OSError, AnymailError) as error:  # SMTP's errors are OSErrors
            raise CommandError(f"The email server in EMAIL_URL doesn't take it: {error}") from error
        self.stdout.write("The email server took it.")
