import base64
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import override
from PIL import Image

from houqin.ui.fields import (
    HouseForm,
    MomentField,
    PhotoField,
    RadioTiles,
    Signature,
    SignatureField,
    StarsField,
    field_kind,
)


class Sample(HouseForm):
    title = forms.CharField(label="标题", help_text="一句话")
    grade = forms.ChoiceField(
        label="分级", choices=[("urgent", "紧急")], widget=RadioTiles(grades=True)
    )
    agreed = forms.BooleanField(label="同意")
    wanted = MomentField(label="时间", required=False)
    photos = PhotoField(label="照片", required=False, most=2)
    stars = StarsField(label="打分", required=False)
    signature = SignatureField(label="签名", required=False)


def picture(name="a.jpg"):
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue(), "image/jpeg")


def filled(files=(), **data):
    usual = {"title": "漏水", "grade": "urgent", "agreed": "on"}
    return Sample(usual | data, MultiValueDict({"photos": list(files)}))


def test_controls_wear_their_class_and_point_to_help_and_errors():
    form = Sample({})
    drawn = str(form["title"])
    assert 'class="form-control is-invalid"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "id_title_helptext" in drawn
    assert "id_title_error" in drawn
    assert 'class="form-check-input"' in str(form["agreed"])


def test_each_field_knows_how_it_is_drawn():
    form = Sample()
    kinds = {field.name: field_kind(field) for field in form}
    assert kinds == {
        "title": "control", "grade": "group", "agreed": "check", "wanted": "control",
        "photos": "photos", "stars": "group", "signature": "signature",
    }  # fmt: skip


def test_nothing_is_chosen_beforehand():
    drawn = f"{Sample()['grade']}{Sample()['stars']}"
    assert "checked" not in drawn


def test_photos_come_as_a_list():
    form = filled([picture(), picture("b.jpg")])
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["photos"]] == ["a.jpg", "b.jpg"]
    assert all(photo.thumb for photo in form.cleaned_data["photos"]), "drawn again already"
    assert filled().is_valid()
    assert filled().fields["photos"].clean([]) == []


def test_too_many_photos_and_what_is_no_picture_are_refused_in_words():
    assert "最多 2 张" in filled([picture(), picture(), picture()]).errors["photos"][0]
    assert filled([SimpleUploadedFile("x.jpg", b"no picture")]).errors["photos"]


def test_a_picture_beyond_the_limit_is_refused_by_name(settings):
    settings.MAX_FILE_BYTES = 10
    assert "a.jpg" in filled([picture()]).errors["photos"][0]


def test_a_moment_is_read_in_the_house_s_own_zone():
    with override("Asia/Shanghai"):
        form = filled(wanted="2026-11-23T14:00")
        assert form.is_valid()
    assert form.cleaned_data["wanted"].isoformat() == "2026-11-23T14:00:00+08:00"


def test_stars_are_a_number_or_nothing():
    rated = filled(stars="4")
    assert rated.is_valid()
    assert rated.cleaned_data["stars"] == 4
    assert not filled(stars="6").is_valid()


def test_a_signature_is_a_name_and_its_drawing():
    drawing = "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode()
    signed = filled(signature_name="吴工", signature_drawing=drawing)
    assert signed.is_valid(), signed.errors
    assert signed.cleaned_data["signature"] == Signature("吴工", b"\x89PNG")


@pytest.mark.parametrize("drawing", ["data:image/png;base64,???", "javascript:x"])
def test_a_broken_drawing_is_refused(drawing):
    assert filled(signature_name="吴工", signature_drawing=drawing).errors["signature"]
