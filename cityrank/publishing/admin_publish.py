"""The question asked before a release becomes public."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from awards.models import Release


class PublishForm(forms.Form):
    """`former` is the release that will be superseded; replacing one needs a reason that the public reads."""

    reason = forms.CharField(
        label=_("Public reason"), widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}), max_length=2000
    )

    def __init__(self, *args: Any, former: Release | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = former is not None
