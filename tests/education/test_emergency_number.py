"""The emergency sentence says which number to call."""

import pytest
from django.core.exceptions import ValidationError

from education.models.safety import SafetyNotice


def test_a_sentence_without_a_number_is_refused():
    with pytest.raises(ValidationError, match="which number to call"):
        SafetyNotice(emergency_sentence="In an emergency go to a hospital.").clean()
    SafetyNotice(emergency_sentence="In an emergency call 911.").clean()
