from django.urls import path

from inquiries.public import conversation, email_events, text_events, views

app_name = "inquiries"
urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("email-events/", email_events.email_events, name="email-events"),
    path("text-events/<uuid:reply>/", text_events.text_events, name="text-events"),
    path("contact/status/", conversation.status, name="status"),
    path("contact/reply/<str:token>/", conversation.reply, name="reply"),
    path("contact/received/<str:reference>/", views.received, name="received"),
    path("contact/received/<str:reference>/<str:proof>/", views.received, name="received"),
]
