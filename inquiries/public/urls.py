from django.urls import path

from inquiries.public import confirmation, contact, conversation, delivery_events

app_name = "inquiries"
urlpatterns = [
    path("contact/", contact.contact, name="contact"),
    path("email-events/", delivery_events.email_events, name="email-events"),
    path("text-events/<uuid:reply>/", delivery_events.text_events, name="text-events"),
    path("contact/status/", conversation.status, name="status"),
    path("contact/reply/<str:token>/", conversation.reply, name="reply"),
    path("contact/received/<str:reference>/", confirmation.received, name="received"),
    path("contact/received/<str:reference>/<str:proof>/", confirmation.received, name="received"),
]
