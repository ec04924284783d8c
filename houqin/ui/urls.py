from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from houqin.kernel.people.administrators import ADMINISTRATORS
from houqin.kernel.people.models import Role
from houqin.platform.files import views as files
from houqin.platform.paper import views as papers
from houqin.ui import exports, samples
from houqin.ui import saved_view_pages as saved_views
from houqin.ui.account import notice_preferences, notices, second_step, security, sign_in, views
from houqin.ui.fields import views as fields
from houqin.ui.routes import BUSINESS, EVERYBODY, FIRST_POSTS, NOBODY, SIGNED_IN, page
from houqin.ui.shell.views import arrange_menu

sign_in_pages = [
    page("signin/", sign_in.signin, "signin", _("登录"), to=EVERYBODY),
    page(
        "signin/demo/", sign_in.demo_signin, "demo_signin", _("演示账号登录"),
        to=EVERYBODY, sees=NOBODY,
    ),
    page("signin/code/", second_step.code, "second_step", _("两步验证"), to=EVERYBODY),
    page("signin/outside/", second_step.outside, "outside", _("统一身份登录"), to=EVERYBODY, sees=NOBODY),
    page(
        "signin/outside/back/", second_step.outside_back, "outside_back", _("从统一身份回来"),
        to=EVERYBODY, sees=NOBODY,
    ),
    page("signout/", sign_in.signout, "signout", _("退出登录"), to=SIGNED_IN),
    page("language/", sign_in.set_language, "set_language", _("切换语言"), to=EVERYBODY),
    page("theme/", sign_in.set_theme, "set_theme", _("切换外观"), to=SIGNED_IN),
    page("keys/", sign_in.keys, "keys", _("快捷键"), to=SIGNED_IN),
    page("healthz", sign_in.healthz, "healthz", _("存活检查"), to=EVERYBODY),
]  # fmt: skip
own_pages = [
    page("", views.me, "me", _("我的"), to=SIGNED_IN),
    page("phone/", views.set_phone, "set_phone", _("修改电话"), to=SIGNED_IN),
    page("away/", views.go_away, "go_away", _("安排代理"), to=SIGNED_IN),
    page("back/", views.come_back, "come_back", _("结束代理"), to=SIGNED_IN),
    page("password/", views.set_password, "set_password", _("修改密码"), to=SIGNED_IN),
    page(
        "notices/", notice_preferences.notice_choices, "notice_choices", _("消息设置"), to=SIGNED_IN
    ),
    page("menu/", arrange_menu, "arrange_menu", _("调整菜单"), to=SIGNED_IN),
    page("security/", security.security, "security", _("登录与安全"), to=SIGNED_IN),
    page("security/email/", security.set_email, "set_email", _("改自己的邮箱"), to=ADMINISTRATORS),
    page(
        "security/password/", second_step.owed_password, "owed_password", _("先改密码"), to=SIGNED_IN
    ),
    page(
        "security/second-step/", security.set_up, "set_up_second_step", _("启用两步验证"), to=SIGNED_IN
    ),
    page(
        "security/second-step/off/", security.switch_off, "second_step_off", _("停用两步验证"),
        to=SIGNED_IN,
    ),
    page("security/codes/", security.renew_codes, "renew_codes", _("换一批备用码"), to=SIGNED_IN),
    page("security/sessions/", security.end_elsewhere, "end_elsewhere", _("退出其他设备"), to=SIGNED_IN),
]  # fmt: skip
kept_pages = [
    page("notices/", notices.notices, "notices", _("消息"), to=SIGNED_IN),
    page("notices/read/", notices.read_all, "notices-read", _("全部标为已读"), to=SIGNED_IN),
    page(
        "notices/<int:pk>/open/", notices.open_notice, "notice-open", _("打开技师的消息"),
        to=SIGNED_IN, sees={Role.TECHNICIAN}, sample=samples.notice,
    ),
    page("colleagues/", fields.find_colleagues, "colleagues", _("按姓名找同事"), to=BUSINESS),
    page(
        "exports/", exports.export_list, "export_list", _("导出列表"),
        to=BUSINESS, sample=samples.any_list,
    ),
    page(
        "exports/<int:pk>/", exports.export, "export", _("主管导出的文件"),
        to=BUSINESS, sees={Role.MANAGER}, sample=samples.export,
    ),
    page("views/", saved_views.save, "save_view", _("存为视图"), to=SIGNED_IN, sample=samples.any_list),
    page(
        "views/columns/", saved_views.choose, "choose_columns", _("选择列"),
        to=SIGNED_IN, sample=samples.any_list,
    ),
    page(
        "views/<int:pk>/drop/", saved_views.drop, "drop_view", _("删除主管的视图"),
        to=SIGNED_IN, sees={Role.MANAGER}, sample=samples.saved_view,
    ),
    page(
        "files/<int:pk>/", files.file, "attachment", _("需求的附件"),
        to=BUSINESS, sees=FIRST_POSTS, sample=samples.photo,
    ),
    page(
        "files/<int:pk>/thumb/", files.thumb, "attachment-thumb", _("附件的缩略图"),
        to=BUSINESS, sees=FIRST_POSTS, sample=samples.photo,
    ),
    page(
        "print/<slug:key>/<str:of>/", papers.paper, "paper", _("打印需求单"),
        to=BUSINESS, sees=FIRST_POSTS, sample=samples.paper,
    ),
]  # fmt: skip
heading = _("登录和自己的页面")
urlpatterns = [*sign_in_pages, path("me/", include(own_pages)), *kept_pages]
