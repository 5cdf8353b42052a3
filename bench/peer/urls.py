from django.urls import path

from peer import views

urlpatterns = [path("page/", views.page), path("send/", views.send)]
