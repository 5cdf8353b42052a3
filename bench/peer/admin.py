from django.contrib import admin

from peer.models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "phone", "received_at"]
    list_filter = ["received_at"]
    ordering = ["-received_at"]
    search_fields = ["name", "email", "phone", "text"]
