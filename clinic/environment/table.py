"""All settings that an operator makes; `python -m clinic.environment` prints docs/settings.md from them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from clinic.environment import kinds


@dataclass(frozen=True)
class Setting:
    name: str
    kind: Callable[[str], Any]
    help: str
    default: str | None = None  # None: it has to be set
    in_debug: str | None = None  # the default with DEBUG=1, where it's another one
    shown_default: str = ""  # in words, where it depends on others


TABLE: dict[str, list[Setting]] = {
    "The site": [
        Setting(
            "DATABASE_URL",
            kinds.database,
            "The PostgreSQL server: `postgres://user:password@host:5432/clinic`. A role that owns no table"
            " (`deploy/postgresql/roles.sql`).",
        ),
        Setting(
            "SECRET_KEY",
            kinds.secret,
            "A long random text that only this site knows: `openssl rand -base64 48`.",
        ),
        Setting(
            "FIELD_KEYS",
            kinds.encryption_keys,
            "The keys that encrypt what patients write, as `name:key,name:key`, the current one first;"
            " `openssl rand -base64 32` makes a key. Without them nobody can read the messages again: keep a"
            " copy apart from the backups. `clinicctl rotate-keys` renews them.",
        ),
        Setting(
            "BASE_URL",
            kinds.web_address,
            "Where people reach the site: `https://www.clinic.example`. Links in emails use it. After a change"
            " run `load_starter_site` again, which takes it over.",
            in_debug="http://localhost:8000",
        ),
        Setting(
            "EMAIL_URL",
            kinds.email_server,
            "The email server: `smtp://user:password@host:587/?tls=True`. Or a provider's API:"
            " `mailgun://key@mg.clinic.example`, `postmark://token@`.",
            in_debug="console:",
        ),
        Setting(
            "EMAIL_WEBHOOK_SECRET",
            kinds.secret_in_address,
            "With a provider's API: lets it tell which replies bounced. `openssl rand -hex 32` makes one;"
            " enter `https://clinic:THE-SECRET@www.clinic.example/email-events/` at the provider. Without it"
            " nobody can.",
            "",
        ),
        Setting(
            "EMAIL_WEBHOOK_SIGNING_KEY",
            kinds.text,
            "Mailgun's “HTTP webhook signing key”, with which it signs them. Mailgun needs both.",
            "",
        ),
        Setting(
            "SMS_URL",
            kinds.text_provider,
            "Twilio, for text messages: `twilio://ACCOUNT-SID:AUTH-TOKEN@/+12025550100`, with the number that"
            " they come from. For a provider that speaks as Twilio does, its host goes before the last slash."
            " Without it nobody is texted, or asked whether they want to be.",
            "",
        ),
        Setting("DEFAULT_FROM_EMAIL", kinds.email_address, "The sender of emails.", "clinic@localhost"),
        Setting(
            "ALLOWED_HOSTS",
            kinds.names,
            "The host names that the site answers to, with commas.",
            "",
            in_debug="*",
            shown_default="the host of `BASE_URL`",
        ),
        Setting(
            "PHONE_REGION", kinds.phone_region, "Where a phone number without a country code belongs.", "US"
        ),
    ],
    "In front of it": [
        Setting(
            "TRUSTED_PROXIES",
            kinds.number_or_none,
            "How many proxies stand in front of the site and add to `X-Forwarded-For`.",
            "",
            shown_default="1 where `BASE_URL` is `https`, else 0",
        ),
        Setting(
            "SHARED_CACHES",
            kinds.web_addresses,
            "Where the caches in front are told of a change, with commas; our nginx is"
            " `http://127.0.0.1:8081`.",
            "",
        ),
        Setting(
            "HSTS_SECONDS",
            kinds.number,
            "For how long browsers insist on HTTPS. It can't be taken back: raise it to a year (`31536000`) once"
            " all works.",
            "3600",
        ),
        Setting("HSTS_INCLUDE_SUBDOMAINS", kinds.flag, "… for all names below this one too.", "0"),
        Setting("HSTS_PRELOAD", kinds.flag, "… and may be put on the list that browsers come with.", "0"),
        Setting(
            "PAGE_CACHE",
            kinds.flag,
            "Whether each process keeps the pages that have been read.",
            "1",
            in_debug="0",
        ),
        Setting("PAGE_CACHE_BYTES", kinds.number, "How many bytes of them, in each process.", "67108864"),
    ],
    "Keeping and backing up": [
        Setting(
            "DATA_DIR",
            kinds.text,
            "Pictures, and collected style sheets and scripts.",
            "",
            shown_default="`var/`",
        ),
        Setting(
            "BACKUP_DIR",
            kinds.text,
            "Where backups are put; best on a disk of its own.",
            "",
            shown_default="`DATA_DIR/backups`",
        ),
        Setting(
            "MEDIA_STORAGE",
            kinds.media_storage,
            "Where uploaded pictures and documents are kept instead of in `DATA_DIR/media`, for several machines:"
            " `s3://bucket/prefix` (with the same `AWS_…` as below). The bucket stays private: the site serves"
            " all of it under its own address. Take `location /media/images/` out of nginx's configuration then.",
            "",
        ),
        Setting(
            "BACKUP_COPY_TO",
            kinds.second_place,
            "A second place for them, on another machine: a folder that is mounted, or `s3://bucket/prefix` (with `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for other providers, `AWS_ENDPOINT_URL_S3`).",
            "",
        ),
        Setting(
            "BACKUP_KEY",
            kinds.backup_key,
            "The key of age that backups are encrypted with; `manage.py backup --new-key` makes one. Keep a copy"
            " apart from the backups.",
            "",
        ),
    ],
    "Who is told": [
        Setting(
            "ALERT_EMAIL", kinds.email_address, "Who gets an email when a site check begins to fail.", ""
        ),
        Setting(
            "PING_URL",
            kinds.ping_address,
            "An address that is asked every five minutes, and its `/fail` while something is wrong, as"
            " healthchecks.io has them. It tells you when it hears nothing any more.",
            "",
        ),
        Setting(
            "ON_CALL_WEBHOOK",
            kinds.webhook,
            "An address that is told of an inquiry that nobody has opened, after the front desk and the managers:"
            " a POST of JSON with `text`, as Slack, Mattermost and pagers take it, `reference`, `urgent` and"
            " `link`; nothing about the patient.",
            "",
        ),
        Setting(
            "METRICS_TOKEN",
            kinds.text,
            "Who sends it (`Authorization: Bearer …`) may read `/metrics`; without it only this machine may.",
            "",
        ),
        Setting(
            "SENTRY_DSN",
            kinds.text,
            "A Sentry-compatible server for error reports, which hold no patient data.",
            "",
        ),
        Setting(
            "LOG_FORMAT",
            kinds.log_format,
            "`json` or `line`; logs go to standard error.",
            "json",
            in_debug="line",
        ),
    ],
    "Limits": [
        Setting("MAX_FORM_BYTES", kinds.number, "How much one form may bring.", "2500000"),
        Setting(
            "MAX_FORM_FIELDS",
            kinds.number,
            "How many fields; a long article in the editor has thousands.",
            "10000",
        ),
        Setting("MAX_FILES", kinds.number, "How many files.", "100"),
        Setting("MAX_UPLOAD_BYTES", kinds.number, "How large staff's uploads may be.", "50000000"),
        Setting(
            "MOST_INQUIRIES_AN_HOUR",
            kinds.number,
            "Above this many from everybody together, the form refuses messages and the front desk is told.",
            "2000",
        ),
    ],
    "For trying out only": [
        Setting("DEBUG", kinds.flag, "For development.", "0"),
        Setting(
            "DEMO", kinds.flag, "Never: `make run` sets it, and a password alone then opens the admin.", "0"
        ),
    ],
}
