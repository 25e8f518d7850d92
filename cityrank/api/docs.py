"""The OpenAPI description and the page to browse it, both from this server alone."""

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class Schema(SpectacularAPIView):
    """The OpenAPI description, as YAML or, by the Accept header, as JSON."""


# Swagger UI sets inline styles on its elements; scripts stay those of this site.
@method_decorator(csp_update({"style-src": [UNSAFE_INLINE]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    url_name = "api:schema"
    template_name = "api/docs.html"
    title = "CityRank API"
