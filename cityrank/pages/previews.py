"""Addresses at which staff read a release in preparation as readers will, marked as a draft on every page.

They lie below the admin, so that whoever asks for them is asked for all that the back office asks for.
"""

from django.urls import include, path

from cityrank.pages.urls import release_pages
from cityrank.pages.views import editions

app_name = "preview"

urlpatterns = [
    path("<label:label>/<number:number>/", editions.edition, {"preview": True}, name="release"),
    path("<label:label>/<number:number>/", include(release_pages("release-")), {"preview": True}),
]
