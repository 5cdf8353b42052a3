"""Checks of the configuration: settings, keys, database roles, static files and the clinic's facts."""

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.utils.translation import gettext as _, gettext_lazy

from clinic.database.sql import row
from clinic.models import ClinicSettings
from clinic.operations import placeholders
from clinic.operations.checks import Problem, check
from clinic.security.encryption import EncryptedTextField, UnreadableText

SAMPLE_KEY_NAMES = {"example", "sample", "test", "local"}  # `make run` creates "local"


@check(gettext_lazy("Production mode"))
def production_mode() -> None:
    for name in ("DEBUG", "DEMO"):
        if getattr(settings, name):
            raise Problem(
                _("%(name)s is on: that's only for development.") % {"name": name},
                _("Remove %(name)s from the settings, and restart the web server and the worker.")
                % {"name": name},
            )


@check(gettext_lazy("Secret keys"))
def secret_keys() -> None:
    key = settings.SECRET_KEY
    if len(key) < 50 or len(set(key)) < 10:
        raise Problem(
            _("SECRET_KEY is too short or too simple."),
            _("Set it to 50 or more random characters: `openssl rand -base64 48`."),
        )
    for name, value in settings.FIELD_KEYS.items():
        if name.lower() in SAMPLE_KEY_NAMES or len(set(value)) < 8:
            raise Problem(
                _("The key “%(name)s” in FIELD_KEYS looks like a sample.") % {"name": name},
                _("Put your own key first, named after the date, then run `manage.py rotate_field_keys`."),
            )


@check(gettext_lazy("Encrypted messages can be read"), ready=True)
def readable_messages() -> None:
    """Read the oldest and the newest text of each encrypted column."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                for order in ("pk", "-pk"):
                    _read_first(model._default_manager.order_by(order), field)


def _read_first(rows, field: EncryptedTextField) -> None:
    row = rows.exclude(**{f"{field.name}__isnull": True}).only("uuid", field.name).first()
    try:
        if row:
            getattr(row, field.name)
    except UnreadableText:
        raise Problem(
            _("FIELD_KEYS can't decrypt what is stored in %(table)s.")
            % {"table": field.model._meta.verbose_name_plural},
            _("Add the previous key to FIELD_KEYS again, after the current one."),
        ) from None


@check(gettext_lazy("Database log"))
def database_log() -> None:
    """Refuse a log of statements with their data: failed ones (PostgreSQL's default), slow ones, or all."""
    [is_silent] = row(
        "SELECT current_setting('log_min_error_statement') = 'panic'"
        " AND current_setting('log_error_verbosity') = 'terse'"
        " AND current_setting('log_statement') IN ('none', 'ddl')"
        " AND current_setting('log_transaction_sample_rate') = '0'"
        " AND '-1' = ALL (ARRAY[current_setting('log_min_duration_statement'),"
        " current_setting('log_min_duration_sample'),"
        " coalesce(current_setting('auto_explain.log_min_duration', true), '-1')])"
    )
    if not is_silent:
        raise Problem(
            _("PostgreSQL writes what patients sent into its own log, when a statement fails or is slow."),
            _(
                "Copy deploy/postgresql/clinic.conf into its conf.d folder and reload it; or, as a superuser,"
                " ALTER ROLE … SET log_min_error_statement = 'panic' and log_error_verbosity = 'terse'. Turn"
                " off log_statement, log_min_duration_statement, the log's samples and auto_explain."
            ),
        )


@check(gettext_lazy("Database role"))
def database_role() -> None:
    tables, role = row(
        "SELECT count(*), current_user FROM pg_tables"
        " WHERE schemaname = current_schema() AND tableowner = current_user"
    )
    [is_superuser] = row("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if tables or is_superuser:
        raise Problem(
            _("The database role %(role)s owns tables or is a superuser: it could rewrite the access log.")
            % {"role": role},
            _("Use two roles, as deploy/postgresql/roles.sql says, and name the site's in DATABASE_URL."),
        )


@check(gettext_lazy("Style sheets and scripts"), ready=True)
def static_files() -> None:
    storage = staticfiles_storage
    if isinstance(storage, ManifestFilesMixin) and not storage.hashed_files:
        raise Problem(
            _("The style sheets and scripts of this version have not been collected."),
            _("Run `manage.py collectstatic --no-input`, and restart the web server."),
        )


@check(gettext_lazy("The clinic's facts"), url_name="clinic_facts")
def clinic_facts() -> None:
    if names := placeholders.still_in_use(ClinicSettings.current()):
        raise Problem(
            _("These facts are still placeholders: %(names)s.") % {"names": ", ".join(names)},
            _("Enter the clinic's own under Settings → Clinic."),
        )
