"""The fault words that a house begins with: what is seen, why it was so, what was done about it.

The words are ours. A code begins with the notation that annex B of ISO 14224:2016 has for the same thing, so
that failures can be compared with others': failure modes (tables B.6 to B.15: ELU external leakage of a
utility medium, PLU plugged, LOO low output, NOI noise, OHE overheating …), failure mechanisms (table B.2: 2-4
wear, 5-1 blockage …) and maintenance activities (table B.5: 1 replace, 2 repair …). `own` marks what the
standard has no word for.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

SYMPTOM, CAUSE, REMEDY = "symptom", "cause", "remedy"
ANY = ""  # every trade

# kind, trade → code, name
FAULTS: Final[dict[tuple[str, str], dict[str, str]]] = {
    (SYMPTOM, "plumbing"): {
        "elu-drip": _("滴漏"), "elu-burst": _("爆管喷水"), "plu-drain": _("下水堵塞"), "loo-flow": _("出水小"),
        "ftc-tap": _("关不严"),
    },
    (SYMPTOM, "hvac"): {
        "loo-cool": _("不制冷"), "loo-heat": _("不制热"), "elu-tray": _("滴水"), "noi-fan": _("异响"),
        "vib-unit": _("振动"), "fts-unit": _("不启动"),
    },
    (SYMPTOM, "electrical"): {
        "ftf-power": _("没有电"), "spo-trip": _("跳闸"), "ohe-point": _("发热、焦味"), "ero-light": _("灯光闪烁"),
    },
    (SYMPTOM, "lift"): {
        "ftf-door": _("门不开合"), "ust-stop": _("中途停梯"), "noi-lift": _("运行异响"), "own-level": _("平层不准"),
    },
    (SYMPTOM, "carpentry"): {"brd-part": _("断裂损坏"), "own-shut": _("开关不顺"), "std-loose": _("松动脱落")},
    (SYMPTOM, "weak_current"): {"ftf-net": _("网络不通"), "ero-net": _("时断时续")},
    (SYMPTOM, ANY): {"own-other": _("其他现象")},
    (CAUSE, "plumbing"): {
        "2-4-seal": _("密封圈磨损"), "1-5-joint": _("接口松动"), "2-8-frost": _("冻裂、爆裂"), "5-1-foreign": _("异物堵塞"),
    },
    (CAUSE, "hvac"): {
        "5-1-filter": _("滤网脏堵"), "5-1-tray": _("冷凝水盘堵塞"), "1-1-gas": _("制冷剂泄漏"),
        "1-6-valve": _("阀门卡死"), "3-1-board": _("控制板故障"), "3-4-setting": _("设定不当"),
    },
    (CAUSE, "electrical"): {
        "4-1-short": _("短路"), "4-2-open": _("断路、接触不良"), "4-5-earth": _("漏电接地"), "4-4-load": _("过载、电压异常"),
    },
    (CAUSE, "lift"): {"1-3-door": _("门机错位"), "3-1-lift": _("控制系统故障")},
    (CAUSE, "carpentry"): {"1-4-warp": _("变形"), "1-5-screw": _("紧固件松动")},
    (CAUSE, "weak_current"): {"3-2-line": _("线路中断"), "3-5-setup": _("配置错误")},
    (CAUSE, ANY): {
        "2-2-rust": _("锈蚀"), "2-4-wear": _("正常磨损老化"), "2-5-break": _("断裂"), "own-misuse": _("使用不当"),
        "own-unknown": _("原因未查明"),
    },
    (REMEDY, ANY): {
        "1-replace": _("更换部件"), "2-repair": _("修复"), "4-adjust": _("调整"), "5-refit": _("紧固、重新安装"),
        "6-check": _("检查，未见异常"), "7-service": _("清洗保养"), "10-overhaul": _("大修"), "own-stopgap": _("临时措施，待根治"),
    },
}  # fmt: skip
