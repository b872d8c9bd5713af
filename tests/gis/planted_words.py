"""What people write of damage: each thing in several wordings, so that it can be told anew."""

import random
import re
import unicodedata

FACTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "dwelling": (
        ("屋根瓦が落下", "瓦が落ちている", "屋根の瓦が崩れ落ちた", "屋根瓦ずれ落ち"),
        ("外壁にひび", "壁に亀裂が入っている", "外壁がひび割れ", "壁ひび割れ多数"),
        ("家が傾いている", "住宅が傾斜", "建物全体が傾いた", "家屋の傾き"),
        ("1階がつぶれている", "一階部分が倒壊", "１階が押しつぶされた", "1階圧壊"),
        ("水道管が切れ床が水浸し", "床上まで水", "家の中に水が出ている", "床上に水"),
        ("ベランダが落ちた", "ベランダ落下", "２階のベランダが崩れ落ちた", "ベランダ崩落"),
        ("窓ガラスが割れた", "ガラス破損", "窓が割れて飛び散っている", "窓ガラス割れ"),
        ("玄関の扉が開かない", "ドアがゆがんで開かない", "玄関ドア変形", "戸が開かず"),
    ),
    "road": (
        ("道路に亀裂", "路面がひび割れ", "アスファルトに割れ目", "車道に大きなひび"),
        ("道路が陥没", "路面に穴があいた", "車道が沈んでいる", "陥没あり"),
        ("倒木が道をふさぐ", "木が倒れて通れない", "街路樹が倒れ通行不能", "倒木で通行止め"),
        ("電柱が倒れて通れない", "電柱倒壊、通行不可", "電柱が道に倒れている", "倒れた電柱"),
        ("液状化で砂が噴き出す", "噴砂", "道に泥水と砂が出ている", "液状化あり"),
        ("マンホールが浮き上がる", "マンホールが飛び出ている", "人孔隆起", "マンホール浮上"),
    ),
    "block_wall": (
        ("ブロック塀が倒れた", "塀が倒壊", "ブロック塀倒壊", "ブロックの塀が崩れている"),
        ("ブロック塀が傾く", "塀が歩道側に傾いている", "塀の傾き危険", "塀が倒れそう"),
        ("大谷石の塀が崩れた", "石塀が崩落", "石積みの塀が倒れている", "石塀倒壊"),
    ),
    "other_building": (
        ("倉庫の屋根が落ちた", "物置の屋根がつぶれた", "倉庫屋根落下", "倉庫の屋根なし"),
        ("店舗のガラスが割れた", "店の窓ガラス破損", "商店のショーウインドー割れ", "店舗ガラス"),
        ("看板が落ちた", "看板落下", "店の看板が外れて落下", "看板が落ちそう"),
        ("工場の壁が崩れた", "工場外壁崩落", "作業所の壁が落ちた", "工場の壁くずれ"),
    ),
    "public_building": (
        ("公民館の天井が落ちた", "天井板が落下", "公民館天井落下", "集会所の天井くずれ"),
        ("消防分団の車庫のシャッターが開かない", "車庫シャッター変形", "分団車庫の扉故障"),
    ),
    "water": (
        ("水道が出ない", "断水", "蛇口から水が出ません", "断水している"),
        ("水道管が破裂", "道から水が噴き出している", "水道管破損で漏水", "漏水あり"),
        ("水が濁っている", "茶色い水が出る", "濁り水", "水道の水に濁り"),
    ),
    "electricity": (
        ("停電している", "電気がつかない", "停電", "一帯が停電"),
        ("電線が切れて垂れ下がる", "電線が垂れている", "電線断線", "切れた電線が道に"),
        ("変圧器から火花", "電柱の上で火花が出ている", "トランスから煙", "電柱から火花"),
    ),
    "gas": (
        ("ガスのにおいがする", "ガス臭い", "ガス漏れの疑い", "ガスの臭い"),
        ("ガスが出ない", "ガス供給停止", "ガスがつかない", "ガス止まる"),
    ),
    "fire_building": (
        ("住宅から煙が出ている", "家が燃えている", "建物火災", "民家から出火、黒煙"),
        ("2階から炎", "二階の窓から火", "２階が燃えている", "2階炎上"),
    ),
    "cliff": (
        ("がけが崩れた", "斜面が崩落", "裏山が崩れている", "がけ崩れ"),
        ("斜面に亀裂", "がけの上にひび", "のり面ひび割れ", "斜面ひび"),
        ("石が落ちてくる", "落石", "斜面から石が落下", "落石が続く"),
    ),
    "river": (
        ("堤防に亀裂", "土手にひび割れ", "堤防がひび割れている", "堤防ひび"),
        ("護岸が崩れた", "護岸崩壊", "川岸のコンクリートが崩落", "護岸くずれ"),
        ("川に油が流れている", "水面に油", "川に油膜", "油流出"),
    ),
}  # fmt: skip
WEIGHTS = {"dwelling": 45, "road": 14, "other_building": 8, "block_wall": 8, "water": 6,
           "electricity": 5, "cliff": 4, "fire_building": 3, "river": 3, "gas": 2,
           "public_building": 2}  # fmt: skip
VAGUE = ("被害あり", "被害があるようだ", "現場確認願います", "大きな被害", "詳細不明")

PEOPLE = ("{}人が中にいる", "{}名取り残されている", "{}人閉じ込め", "要救助{}名")
HOUSEHOLDS = ("{}世帯", "{}世帯に影響", "約{}世帯")
LENGTH = ("長さ{}メートル", "{}mにわたり", "約{}m", "延長{}メートル")
WIDTH = ("幅{}センチ", "{}cmの幅", "幅約{}センチ")
HOUSES = ("{}軒", "{}棟", "{}軒ほど")
FIGURES: dict[str, tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]] = {
    "dwelling": ((PEOPLE, (1, 2, 3, 4)), (HOUSEHOLDS, (1, 2, 4, 6, 8))),
    "road": ((LENGTH, (3, 5, 8, 10, 15, 20, 30)), (WIDTH, (5, 10, 20, 30, 50))),
    "block_wall": ((LENGTH, (3, 4, 5, 8, 10, 15)),),
    "other_building": ((PEOPLE, (1, 2, 3)),),
    "public_building": ((PEOPLE, (1, 2, 5, 10)),),
    "water": ((HOUSES, (2, 3, 5, 10, 20)),),
    "electricity": ((HOUSES, (3, 5, 10, 20, 50)),),
    "gas": ((HOUSES, (2, 3, 5)),),
    "fire_building": ((HOUSES, (1, 2, 3, 5)), (PEOPLE, (1, 2, 3))),
    "cliff": ((LENGTH, (5, 8, 10, 15, 20)),),
    "river": ((LENGTH, (5, 10, 15, 20, 30)),),
}
"""How much or many, by category: the wordings, and the values that are told."""

LOOKS = (
    ("木造2階建て", "木造二階建", "２階建ての木造"), ("平屋", "平家建て", "一階建て"),
    ("青い屋根", "屋根が青い", "青屋根"), ("空き家", "誰も住んでいない", "空家と思われる"),
    ("角地", "交差点の角", "曲がり角"), ("アパート前", "アパートの前", "集合住宅前"),
    ("坂の途中", "坂道の中ほど", "坂道"), ("駐車場の隣", "駐車場隣", "月極駐車場の横"),
    ("畑の脇", "畑に面した所", "畑のそば"), ("神社の裏", "神社裏手", "お宮の裏"),
    ("コンビニの横", "コンビニ脇", "コンビニエンスストア横"),
    ("公園の向かい", "公園前", "公園の正面"), ("白い外壁", "外壁は白", "壁が白い"),
    ("線路沿い", "線路のそば", "線路脇"), ("赤い車の所", "赤い車が止まっている", "赤色の車あり"),
    ("3階建て", "三階建", "３階建ての建物"), ("鉄骨造", "鉄骨の建物", "鉄骨"),
    ("古い土蔵", "蔵のある所", "土蔵"), ("行き止まりの奥", "袋小路の奥", "路地の奥"),
    ("自動販売機の横", "自販機の前", "自販機脇"), ("用水路沿い", "水路のそば", "水路脇"),
    ("掲示板の前", "町内掲示板の横", "掲示板脇"),
    ("ごみ置き場の隣", "ゴミ集積所横", "ごみ集積所の前"),
    ("太陽光パネルあり", "屋根にソーラーパネル", "太陽光パネルの家"),
    ("赤い屋根", "屋根が赤い", "赤屋根"), ("茶色の壁", "壁は茶色", "茶色い外壁"),
    ("鉄筋コンクリート", "ＲＣ造", "RC"), ("瓦屋根の家", "瓦ぶき", "屋根は瓦"),
    ("大きな松の木", "松の木の脇", "庭に松"), ("井戸のある家", "井戸の横", "庭先に井戸"),
    ("鳥居の近く", "鳥居のそば", "鳥居脇"), ("緑のフェンス", "フェンスが緑色", "緑色フェンス"),
    ("消火栓の前", "消火栓横", "消火栓そば"), ("バス停の前", "バス停横", "停留所の前"),
    ("工事現場の隣", "工事中の現場横", "工事現場脇"),
    ("ビニールハウス横", "温室の隣", "ビニールハウスの脇"),
)  # fmt: skip
"""What tells one damage from its neighbours, where anybody says it."""

AFTERMATHS = (
    ("けが人なし", "負傷者はいない", "人的被害なし"),
    ("けが人がいるもよう", "負傷者あり", "けが人"),
    ("道をふさいでいる", "道路をふさぐ", "通行の妨げ"), ("住民は避難済み", "避難した", "全員避難"),
    ("危険", "危ない", "近寄れない"), ("応急処置が必要", "早く直してほしい", "対応願います"),
)  # fmt: skip

_HOUSE_KINDS = ("コーポ", "メゾン", "ハイツ", "第一", "第二", "グリーン", "サンハイム", "シー")
_SHOP_KINDS = ("クリーニング", "理容", "酒店", "歯科", "薬局", "食堂", "製作所", "電気")
_OWN = ("松", "竹", "梅", "光", "港", "朝日", "夕日", "湘風", "若葉", "青葉", "千鳥", "かもめ",
        "桜", "みどり", "富士", "大地", "潮", "白帆", "渚", "星")  # fmt: skip
_ROADS = (
    "国道1号",
    "国道134号",
    "県道45号",
    "県道46号",
    "鉄砲道",
    "一中通り",
    "雄三通り",
    "産業道路",
)
_RIVERS = ("相模川", "小出川", "千ノ川", "駒寄川")
NAMED = {"dwelling": 0.2, "fire_building": 0.3, "other_building": 0.7, "road": 0.6, "river": 0.9,
         "electricity": 0.4, "public_building": 0.8, "block_wall": 0.15}  # fmt: skip
"""How often what is damaged has a name: a block of flats, a shop, a road, a pole's number."""

LANDMARKS = ("郵便局", "小学校", "クリーニング店", "医院", "自治会館", "ポンプ場", "歩道橋",
             "交番", "保育園", "寺", "銭湯", "スーパー", "消防分団",
             "児童公園", "給油所", "踏切")  # fmt: skip
BESIDE = ("前", "の前", "裏", "付近", "のそば", "近く")


def name_of(chance: random.Random, category: str) -> str:
    """Return the name of something that can be so damaged."""
    if category == "road":
        numbered = f"市道{chance.randint(1000, 7999)}号線"
        return chance.choice(_ROADS) if chance.random() < 0.6 else numbered
    if category == "river":
        return chance.choice(_RIVERS)
    if category == "electricity":
        return f"電柱{chance.choice(_OWN)}{chance.randint(1, 400)}号"
    if category == "public_building":
        return f"{chance.choice(_OWN)}会館"
    if category == "other_building":
        return chance.choice(_OWN) + chance.choice(_SHOP_KINDS)
    return f"{chance.choice(_HOUSE_KINDS)}{chance.choice(_OWN)}"


def retold(chance: random.Random, text: str) -> str:
    """Return a text as a tired hand types it: letters lost, doubled, half as wide or twice."""
    letters = []
    for letter in text:
        drawn = chance.random()
        letters.append("" if drawn < 0.005 else letter * 2 if drawn < 0.008 else letter)
    typed = "".join(letters)
    width = chance.random()
    if width < 0.10:
        return typed.translate(str.maketrans("0123456789、", "０１２３４５６７８９，"))
    return _half_width(typed) if width < 0.18 else typed


def _half_width(text: str) -> str:
    """Write katakana as an old terminal does: ガ as ｶﾞ."""
    return _KATAKANA.sub(
        lambda found: unicodedata.normalize("NFD", found[0]).translate(_NARROW), text
    )


_KATAKANA = re.compile("[ァ-ヴー、。]+")
_NARROW = {ord(unicodedata.normalize("NFKC", chr(code))): code for code in range(0xFF61, 0xFFA0)}
