"""The OpenAPI description and the page to browse it, both from this server alone."""

from functools import cache
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


@cache
def description() -> dict[str, Any]:
    """Return the description; it is the same for everybody until the program changes, and takes a while to make."""
    return SchemaGenerator().get_schema(request=None, public=True)


class Remembered(SchemaGenerator):
    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        return description()


class Schema(SpectacularAPIView):
    """The OpenAPI description, as YAML or, by the Accept header, as JSON."""

    generator_class = Remembered


# Swagger UI sets inline styles on its elements; scripts stay those of this site.
@method_decorator(csp_update({"style-src": [UNSAFE_INLINE]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    url_name = "api:schema"
    template_name = "api/docs.html"
    title = "CityRank API"
