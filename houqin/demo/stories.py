"""What the people of the demonstration organisation ask for. All invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Story:
    """One kind of demand: what is asked, how it is answered, what it takes."""

    entry: str
    title: str
    body: str
    result: str
    grade: str = "routine"
    answers: dict[str, Any] = field(default_factory=dict)
    hours: float = 1.0  # of work
    materials: tuple[tuple[str, str, str, int], ...] = ()  # name, quantity, unit, price in fen
    photo: str = ""  # the pair of pictures: ceiling, valve


STORIES = (
    Story("hvac", "{room}空调不制热，出风口滴水", "开了制热半小时出风还是凉的，靠窗出风口一直滴水，桌面已经湿了。",
          "电动二通阀卡死，已换新；水盘堵塞，已疏通。", answers={"symptom": "不制热"}, hours=2.5,
          materials=(("电动二通阀 DN20", "1", "只", 21800), ("生料带", "1", "卷", 300)), photo="valve"),
    Story("hvac", "{room}空调有异响", "开机就嗡嗡响，开会听不清。", "风机轴承磨损，已更换并加油。",
          answers={"symptom": "异响"}, hours=1.5, materials=(("风机轴承", "2", "只", 4200),), photo="ceiling"),
    Story("hvac", "{room}空调不制冷", "设定 23 ℃，一直在 27 ℃ 上下，有风但不冷。", "滤网堵塞，清洗后出风 13 ℃。",
          answers={"symptom": "不制冷"}, hours=1.0, photo="ceiling"),
    Story("hvac", "恒温间温度偏高，样品需转移", "恒温间设定 23 ℃，从中午起一直在 27 ℃ 上下，里面有本周要出报告的样品。",
          "膨胀阀开度异常，已校准，温度恢复 23 ℃。", "important", {"symptom": "不制冷"}, 3.0, (), "ceiling"),
    Story("plumbing", "{room}水管爆裂，水已流到走廊", "上水管接头崩开，水一直在流，已经流到走廊。",
          "关闭支管阀门，更换三通与软管，试水 15 分钟无滴漏。", "urgent", {"flowing": True, "danger": False}, 1.5,
          (("不锈钢软管 60 cm", "2", "根", 2600), ("三通 DN15", "1", "只", 1500)), "valve"),
    Story("plumbing", "{room}水龙头关不严", "一直滴水，浪费。", "更换陶瓷阀芯。", answers={"flowing": True}, hours=0.5,
          materials=(("陶瓷阀芯", "1", "只", 1800),), photo="valve"),
    Story("plumbing", "{room}下水堵塞", "水槽排水很慢，有异味。", "疏通存水弯，清出杂物。", answers={"flowing": False},
          hours=0.8, photo="valve"),
    Story("plumbing", "茶水间净水器漏水", "净水器下面积了一滩水，怕漏到楼下。", "更换进水接头密封圈。", "important",
          {"flowing": True}, 0.7, (("密封圈", "2", "只", 200),), "valve"),
    Story("electrical", "{room}跳闸，影响办公", "插座一用就跳闸，整排电脑都停了。", "查出一处插线板短路，已更换并复位。", "important",
          {"scope": "一间", "danger": False}, 1.2, (("五孔插座", "1", "只", 1500),), "ceiling"),
    Story("electrical", "{room}灯管不亮", "有 3 支灯管不亮，光线暗。", "更换 LED 灯管 3 支。", answers={"scope": "一处"},
          hours=0.6, materials=(("LED 灯管 1.2 m", "3", "支", 1900),), photo="ceiling"),
    Story("electrical", "整层停电", "刚才突然整层停电，正在做实验。", "上级断路器过载跳闸，已调整负荷并送电。", "urgent",
          {"scope": "一层", "danger": True}, 1.0, (), "ceiling"),
    Story("electrical", "应急照明灯不亮", "巡楼发现应急照明灯 3 盏不亮。", "更换电池 3 组，测试放电 90 分钟正常。", "important",
          {"scope": "一处"}, 1.5, (("应急灯电池", "3", "组", 3800),), "ceiling"),
    Story("lift", "电梯平层误差大", "乘客反映出门有台阶感，约 2 厘米。", "调整平层感应器，误差小于 5 毫米。", "important", {}, 2.0),
    Story("furniture", "{room}门锁打不开", "钥匙能插进去但拧不动。", "更换锁芯，交钥匙 3 把。", hours=0.6,
          materials=(("锁芯", "1", "套", 6500),), photo="valve"),
    Story("furniture", "办公椅气杆下沉", "坐上去就往下沉。", "更换气杆。", hours=0.4, materials=(("气杆", "1", "只", 4500),)),
    Story("furniture", "{room}白板更换", "原板面划痕严重，写了擦不掉。", "更换白板 1 块。", hours=1.0,
          materials=(("白板 180×90", "1", "块", 23000),), photo="ceiling"),
    Story("network", "{room}网络面板没有信号", "墙上面板插上不通，旁边的可以。", "重做水晶头并测试，千兆通。", hours=0.5),
    Story("other_repair", "{room}窗帘拉不动", "电动窗帘按了没反应。", "遥控器换电池，轨道清灰。", hours=0.3),
    Story("cleaning", "{room}地面有污渍", "咖啡洒了，踩得到处都是。", "已清洗地面并吸干。", hours=0.4),
    Story("cleaning", "{room}异味", "这几天一直有下水道味道。", "清洗地漏并加水封，喷洒除味剂。", hours=0.5),
    Story("spill", "雨水进楼，需要清理", "大雨从门缝进水，地面一层水，容易滑倒。", "排水、拖干，摆放防滑警示牌与沙袋。", "important",
          {}, 1.5, (), "ceiling"),
    Story("greening", "绿植枯萎，申请更换", "门口两盆绿萝枯了。", "更换绿萝 2 盆。", hours=0.3,
          materials=(("绿萝", "2", "盆", 3500),)),
    Story("greening", "绿化带灌木遮挡监控", "灌木长高，挡住北门监控。", "修剪至 1.2 米。", hours=1.0),
    Story("pest", "{room}发现蟑螂", "晚上加班看到好几只。", "投放饵剂，三天后复查。", answers={"kind": "蟑螂"}, hours=0.5),
    Story("stationery", "申领打印纸", "部门打印纸用完了，月底要打合同。", "已配送到部门。", answers={"quantity": 10}, hours=0.3,
          materials=(("A4 复印纸", "10", "包", 2100),)),
    Story("stationery", "申领白板笔、便签", "培训用。", "已配送。", answers={"quantity": 20}, hours=0.3,
          materials=(("白板笔", "12", "支", 250), ("便签", "8", "本", 300))),
    Story("desk", "新入职 2 人需要工位", "下周一报到，请准备工位和椅子。", "工位 2 套已安装，含插座与网线。", hours=2.0),
    Story("access", "门禁卡刷不开西门", "昨天还可以，今天滴一声红灯。", "权限过期，已续期。", hours=0.2),
    Story("fire_safety", "灭火器压力不足", "指针在红区，共 2 具。", "更换灭火器 2 具，旧的送检。", "important", {}, 0.5,
          (("4 kg 干粉灭火器", "2", "具", 7800),), "ceiling"),
    Story("fire_safety", "疏散指示灯外壳脱落", "悬在门框上，怕掉下来砸人。", "重新固定并测试。", "important", {}, 0.4, (), "ceiling"),
    Story("meeting", "客户来访，会议保障", "周四下午客户到访，需要茶歇、桌签和投影调试。", "场地布置、茶歇与设备保障完成。", "important",
          {"people": 20, "tea": True}, 3.0),
    Story("meeting", "部门月度例会", "需要移动白板和扩音。", "设备已送到并调试。", answers={"people": 35, "tea": False}, hours=0.8),
)  # fmt: skip

BACK_QUESTIONS = (
    "请补充具体位置和现场照片。",
    "请说明影响范围，有几个工位受影响？",
    "请确认是否可以断电检修。",
)
REJECTIONS = (
    "属于租户自装设备，请联系供应商。",
    "同一问题已有需求在办，请关注原单。",
    "本季度已换新，按制度暂不更换。",
)
REFUSALS = ("又开始滴水了，没修好。", "声音还在，和原来一样。", "只修了一半，靠里的那个还是不亮。")
HOLDS = (("parts", "备件库存 0，采购周四到"), ("parts", "需订货，供应商 2 天到"), ("requester", "需求人在开会，约明天"),
         ("access", "房间锁着，找不到人开门"), ("outside", "等外单位吊装"), ("shift", "当班做不完，明早继续"))  # fmt: skip
PRAISE = (
    "修得很快，谢谢师傅。",
    "态度很好。",
    "解决了，就是来得晚了点。",
    "",
    "",
    "",
    "下次希望提前打个电话。",
    "非常满意。",
)
COMMENTS = (
    "下午 2 点客户到，来得及吗？",
    "我在现场等，到了打分机。",
    "样品已搬到隔壁，不着急。",
    "门口登记一下就能进。",
)
ANSWERS = ("在路上了，十分钟到。", "备件已领，今天能好。", "收到，先断水再处理。")
