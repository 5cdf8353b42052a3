from anymail.exceptions import AnymailError
from django.core.management import CommandError
from django.core.management.commands import sendtestemail


class Command(sendtestemail.Command):
    help = "Sends a test email, or reports why the email server rejects it."

    def handle(self, *args, **options):
        try:
            super().handle(*args, **options)
        except (OSError, AnymailError) as error:  # includes SMTP errors
            raise CommandError(
                f"The email server in EMAIL_URL can't be used, or refused it: {error}"
            ) from error
        self.stdout.write("The email server accepted it.")
