"""Who can be awarded or ranked: places and organisations."""

from django.utils.translation import gettext_lazy as _

from cityrank.exchange.columns import Column, Kind, Sheet
from cityrank.registry.models import Organisation, Place

SLUG = Column(
    "slug",
    _("identifier"),
    _("Permanent public identifier: lower-case letters, digits and hyphens."),
    sets="slug",
    required=True,
    also=("标识",),
    example="yunqi-xiaozhen",
)
NAME_ZH = Column(
    "name_zh",
    _("Chinese name"),
    _("The full official name."),
    sets="name_zh",
    required=True,
    also=("名称", "中文名", "name"),
    example="云栖小镇",
)
NAME_EN = Column(
    "name_en",
    _("English name"),
    _("Only an established name; pinyin stands in for it."),
    sets="name_en",
    also=("英文名",),
    example="Yunqi Town",
)
PINYIN = Column(
    "pinyin",
    _("pinyin"),
    _("Syllables without tones; made from the name if left empty."),
    sets="pinyin",
    also=("拼音",),
    example="yun qi xiao zhen",
)

PLACES = Sheet(
    "places",
    _("places"),
    Place,
    (
        SLUG,
        Column(
            "level",
            _("level"),
            _("On which level of the administration it stands."),
            Kind.CHOICE,
            sets="level",
            required=True,
            choices=Place.Level,
            also=("级别", "行政级别"),
            example="zone",
        ),
        Column(
            "code",
            _("GB/T 2260 code"),
            _("Empty for zones and countries."),
            sets="code",
            also=("代码", "区划代码", "行政区划代码"),
        ),
        NAME_ZH,
        NAME_EN,
        PINYIN,
        Column(
            "parent",
            _("belongs to"),
            _("The place above it: identifier, code, name or full path."),
            Kind.SUBJECT,
            path="parent__slug",
            sets="parent",
            required=True,
            to=Place,
            also=("上级", "上级地区", "所属"),
            example="330106",
        ),
        Column(
            "valid_from",
            _("valid from"),
            _("The day it began."),
            Kind.DATE,
            sets="valid_from",
            also=("起始日期",),
        ),
        Column(
            "valid_to",
            _("valid to"),
            _("Empty: still exists."),
            Kind.DATE,
            sets="valid_to",
            also=("终止日期",),
        ),
        Column(
            "note",
            _("note"),
            _("A remark for evaluators."),
            sets="note",
            also=("备注", "说明"),
            office=True,
        ),
    ),
    key=("slug",),
    order=("slug",),
)

ORGANISATIONS = Sheet(
    "organisations",
    _("organisations"),
    Organisation,
    (
        SLUG,
        NAME_ZH,
        NAME_EN,
        PINYIN,
        Column("website", _("website"), _("Address of its site."), sets="website", also=("网址", "网站")),
    ),
    key=("slug",),
    order=("slug",),
)
