"""Only managers can change the front desk's email address, and the former address is notified."""

from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.fields import StreamField
from wagtail.models import ModelLogEntry

from clinic.jobs import notify_former_front_desk
from clinic.models import ClinicSettings

NEW = "thief@elsewhere.example"
OPEN_ON_MONDAYS = {
    "opening_hours-count": "1",
    "opening_hours-0-type": "hours",
    "opening_hours-0-order": "0",
    "opening_hours-0-deleted": "",
    "opening_hours-0-value-days": ["0"],
    "opening_hours-0-value-opens": "08:00",
    "opening_hours-0-value-closes": "17:00",
}


def edit(client, **changes):
    """Submit the settings form with these changes."""
    clinic = ClinicSettings.current()
    url = reverse("wagtailsettings:edit", args=["clinic", "clinicsettings", clinic.site_id])
    form = client.get(url).context["form"]
    data = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, False)}
    streams = [field.name for field in clinic._meta.fields if isinstance(field, StreamField)]
    data |= {f"{name}-count": "0" for name in streams} | OPEN_ON_MONDAYS
    response = client.post(url, {**data, **changes})
    assert response.status_code == 302, response.context["form"].errors


def current_address():
    return ClinicSettings.current().front_desk_email


def test_editors_cannot_change_the_front_desk_email(as_user, editor):
    former = current_address()
    edit(as_user(editor), front_desk_email=NEW, name="A clinic")
    assert ClinicSettings.current().name == "A clinic"
    assert current_address() == former
    assert not ModelLogEntry.objects.filter(action="clinic.front_desk_email").exists()


def test_managers_can_change_the_front_desk_email_and_the_former_one_is_notified(
    as_user, manager, mailoutbox
):
    former = current_address()
    edit(as_user(manager), front_desk_email="desk@clinic.example")
    assert current_address() == "desk@clinic.example"
    [job] = ProcrastinateJob.objects.filter(task_name=notify_former_front_desk.name)
    notify_former_front_desk(**job.args)
    [email] = mailoutbox
    assert email.to == [former]
    assert "desk@clinic.example" in email.body
    entry = ModelLogEntry.objects.get(action="clinic.front_desk_email")
    assert (entry.user, entry.data["former"]) == (manager, former)
    assert "desk@clinic.example" in as_user(manager).get("/admin/reports/site-history/").content.decode()
