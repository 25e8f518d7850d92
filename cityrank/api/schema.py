"""How the OpenAPI description is made from what the resources declare."""

import json
from pathlib import Path
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from cityrank.api.parameters import LABEL, SLUG, SMALL, Pinned
from cityrank.api.problems import MEDIA_TYPE, Problem
from cityrank.api.tables import FILES, TabularResource

# Real answers, one for each resource that has a short one.
EXAMPLES = json.loads((Path(__file__).parent / "examples.json").read_text(encoding="utf-8"))
PARTS: dict[str, dict[str, Any]] = {
    "edition": {"type": "string", "pattern": f"^{LABEL}$"},
    "number": {"type": "integer", "minimum": 0, "maximum": SMALL},
    "position": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
}
IDENTIFIER = {"type": "string", "pattern": f"^{SLUG}$"}
PIN = {"type": "integer", "minimum": 0, "maximum": SMALL}


class ResourceSchema(AutoSchema):
    """Describes the resources from what they declare: parts of addresses, parameters, errors."""

    view: Any

    def get_tags(self) -> list[str]:
        return [self._word()] if self._is_resource() else super().get_tags()

    def get_operation_id(self) -> str:
        if not self._is_resource():
            return super().get_operation_id()
        name = f"list_{self._word()}" if self._is_list() else f"get_{self.view.singular}"
        return name.replace("-", "_")

    def get_override_parameters(self) -> list:
        if not self._is_resource() or self._is_list():
            return []
        parts = [
            OpenApiParameter(name, PARTS.get(name, IDENTIFIER), OpenApiParameter.PATH, required=True)
            for name in self.view.keys
        ]
        if issubclass(self.view.filterset_class, Pinned):
            parts.append(
                OpenApiParameter("release", PIN, description="Number of a release: pins the answer to it.")
            )
        return parts

    def get_response_serializers(self) -> Any:
        if not self._is_resource():
            return super().get_response_serializers()
        statuses = [400, 404, 406, *([410] if self._can_be_gone() else []), 500]
        errors = {(status, MEDIA_TYPE): Problem for status in statuses}
        return {(200, "application/json"): self.view.serializer_class, **self._files(), **errors}

    def _files(self) -> dict[tuple[int, str], Any]:
        """A list that has a sheet is answered as a file too."""
        if not self._is_list() or not isinstance(self.view, TabularResource):
            return {}
        return {(200, kind.media_type): OpenApiTypes.BINARY for kind in FILES}

    def get_examples(self) -> list[OpenApiExample]:
        example = EXAMPLES.get(self._word()) if self._is_resource() else None
        # For a list, the library itself puts the row into the frame of a page.
        return (
            [OpenApiExample("2017-2018", example, response_only=True, status_codes=["200"])]
            if example
            else []
        )

    def _word(self) -> str:
        return self.view.plural.removesuffix("-list")

    def _is_resource(self) -> bool:
        return hasattr(self.view, "keys")

    def _is_list(self) -> bool:
        return getattr(self.view, "action", "") == "list"

    def _can_be_gone(self) -> bool:
        """What names an edition or a release may name one that was withdrawn."""
        if not self._is_list():
            return "edition" in self.view.keys
        return "edition" in self.view.filterset_class.base_filters
