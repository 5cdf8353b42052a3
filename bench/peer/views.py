"""Minimal Django views: a page and a form."""

import os
from pathlib import Path

from django import forms
from django.http import HttpResponse, HttpResponseRedirect

from peer.models import Message

PAGE = Path(os.environ["BENCH_PAGE"]).read_bytes()


class MessageForm(forms.ModelForm):
    class Meta:
        model = Message
        fields = ["name", "email", "phone", "text"]


def page(request):
    return HttpResponse(PAGE)


def send(request):
    form = MessageForm(request.POST)
    if not form.is_valid():
        return HttpResponse(str(form), status=400)
    form.save()
    return HttpResponseRedirect("/page/")
