"""What has been drawn."""

from django.db import models


class Drawing(models.Model):
    """A finished picture under the digest of all that it was made from.

    Other figures give another digest, so that no drawing is ever out of date and none needs to be removed. Nobody can
    ask for a digest: a page goes through the gate, makes the specification anew and finds its drawing by that.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    # Compressed by gzip where it is text.
    body = models.BinaryField()
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "drawing"
        verbose_name_plural = "drawings"

    def __str__(self) -> str:
        return self.digest[:12]
