"""`manage.py judge_messages` prints the tier and reasons of each line and stores nothing."""

from io import StringIO

from django.core.management import call_command

from inquiries.models import Inquiry


def test_judge_messages_prints_a_line_for_each_message(tmp_path):
    file, out = tmp_path / "messages.txt", StringIO()
    messages = ["I have chest pain", "I want to die", "", "Where do I park?", "Hello.\\nI have chest pain"]
    file.write_text("\n".join([*messages, ""]))
    call_command("judge_messages", str(file), stdout=out)
    assert out.getvalue().splitlines() == [
        "emergency\tChest pain or trouble breathing",
        "crisis\tThoughts of suicide or self-harm",
        "none\t",
        "none\t",
        "emergency\tChest pain or trouble breathing",
    ]
    assert not Inquiry.objects.exists()
