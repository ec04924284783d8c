import pytest

from houqin.platform.files.names import clean_name


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("漏水现场.JPG", "漏水现场.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\chen\\漏水.png", "漏水.jpg"),
        ("a\u202egpj.exe", "agpj.jpg"),
        ("a\x00b\r\nSet-Cookie: x.jpg", "abSet-Cookie_ x.jpg"),
        ('"><img src=x>.png', "___img src=x_.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("  . . ", "未命名.jpg"),
        ("", "未命名.jpg"),
        ("v1.2 方案.final.pdf", "v1.2 方案.final.jpg"),
    ],
)
def test_a_name_is_only_a_name(name, clean):
    assert clean_name(name, ".jpg") == clean


def test_a_name_is_at_most_120_characters_and_keeps_its_ending():
    name = clean_name("长" * 500 + ".png", ".jpg")
    assert len(name) == 120
    assert name.endswith(".jpg")
