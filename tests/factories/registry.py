"""A small piece of the gazetteer, and subjects of other kinds."""

import datetime as dt

from cityrank.registry.models import App, Organisation, Place, PlaceTier, Succession


def country() -> Place:
    place, _created = Place.objects.get_or_create(
        slug="cn",
        defaults={"name_zh": "中国", "name_en": "China", "level": "country", "from_gazetteer": True},
    )
    return place


def place(code: str, name: str, level: str, parent: Place | None = None, **fields: object) -> Place:
    """Return the place with this code, made if it is not there. `parent` defaults to China."""
    found = Place.objects.filter(slug=fields.get("slug", code)).first()
    if found:
        return found
    values = {"slug": code, "code": code, "from_gazetteer": True, **fields}
    return Place.objects.create(name_zh=name, level=level, parent=parent or country(), **values)


def beijing() -> Place:
    return place("110000", "北京市", "province", name_en="Beijing")


def zhejiang() -> Place:
    return place("330000", "浙江省", "province", name_en="Zhejiang")


def hangzhou() -> Place:
    return place("330100", "杭州市", "prefecture", zhejiang(), name_en="Hangzhou", pinyin="hang zhou shi")


def wenzhou() -> Place:
    return place("330300", "温州市", "prefecture", zhejiang(), name_en="Wenzhou", pinyin="wen zhou shi")


def taizhou() -> Place:
    return place("331000", "台州市", "prefecture", zhejiang(), name_en="Taizhou", pinyin="tai zhou shi")


def xihu() -> Place:
    return place("330106", "西湖区", "county", hangzhou())


def town(code: str = "330106109", name: str = "三墩镇") -> Place:
    return place(code, name, "township", xihu())


def zone(
    slug: str = "yunqi-xiaozhen", name: str = "云栖小镇", parent: Place | None = None, *, public: bool = True
) -> Place:
    """A characteristic town without a code; `public=False` is one that somebody has just entered."""
    return place("", name, "zone", parent or xihu(), slug=slug, from_gazetteer=public)


def renamed_county() -> tuple[Place, Place]:
    """孟津县, which became 孟津区 in 2021."""
    henan = place("410000", "河南省", "province")
    luoyang = place("410300", "洛阳市", "prefecture", henan)
    old = place("410322", "孟津县", "county", luoyang, valid_to=dt.date(2021, 3, 17))
    new = place("410308", "孟津区", "county", luoyang, valid_from=dt.date(2021, 3, 18))
    Succession.objects.get_or_create(
        predecessor=old, successor=new, defaults={"kind": "upgraded", "date": dt.date(2021, 3, 18)}
    )
    return old, new


def municipality_tier(of: Place) -> PlaceTier:
    return PlaceTier.objects.get_or_create(place=of, tier="municipality", defaults={"from_year": 1949})[0]


def organisation(slug: str = "tencent", name: str = "腾讯", **fields: object) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    return found or Organisation.objects.create(slug=slug, name_zh=name, **fields)


def app(slug: str = "wechat", name: str = "微信") -> App:
    return App.objects.filter(slug=slug).first() or App.objects.create(
        slug=slug, name_zh=name, operator=organisation()
    )
