"""The names of fields, as files write them: what each says about an episode, in the commonest languages.

Seen in front matter, in lines like ``Show: …`` and in the tables of notes. A name counts whatever its
case, and however its words are joined: ``publishTime``, ``publish-time`` and ``Publish time`` are one.
"""

import re


def names(*lines: str) -> tuple[str, ...]:
    """Return names of fields, each also with its words run together, as files in camel case have it."""
    found = [name for line in lines for name in line.split()]
    return tuple(dict.fromkeys([*found, *(name.replace("_", "") for name in found)]))


TITLE_KEYS = names(
    "title episode_title full_title headline titel título titre titolo",
    "标题 標題 题目 題目 タイトル 제목 название",
)
SHOW_KEYS = names(
    "show show_title show_name podcast podcast_title podcast_name channel channel_name series album",
    "podcast_show program programme feed_title sendung sendereihe kanal canal émission emission chaîne",
    "canale",
    "播客 播客名称 节目 節目 节目名称 節目名稱 频道 頻道 频道名称",
    "番組 番組名 チャンネル ポッドキャスト 팟캐스트 채널 подкаст канал",
)
HOST_KEYS = names(
    "host hosts owner_host co_host co_hosts presenter presenters moderator moderators interviewer",
    "moderation moderatorin gastgeber gastgeberin anfitrión anfitriona presentador presentadora",
    "animateur animatrice présentateur présentatrice conduttore conduttrice apresentador apresentadora",
    "主持人 主持 主播 采访者 採訪者 司会 ホスト パーソナリティ 진행 진행자 ведущий ведущая ведущие",
)
GUEST_KEYS = names(
    "guest guests speaker speakers participant participants panelist panelists people interviewee talent",
    "gast gäste gaeste sprecher sprecherin sprecherinnen referent referentin interviewpartner",
    "invitado invitada invitados invitadas ponente ponentes entrevistado entrevistada",
    "invité invitée invités invitées intervenant intervenante intervenants ospite ospiti relatore relatori",
    "convidado convidada convidados convidadas",
    "嘉宾 嘉賓 本期嘉宾 本期嘉賓 讲者 講者 主讲 主講 主讲人 主講人 演讲者 演講者 受访者 受訪者",
    "ゲスト 出演 出演者 登壇者 講演者 게스트 출연 출연자 гость гости гостья",
)
AUTHOR_KEYS = names(
    "show_author author authors autor autorin autora autores auteur auteurs autore",
    "作者 作者_来源 频道_来源 作者_來源 頻道_來源 著者 저자 автор",
)
PEOPLE_KEYS = (*HOST_KEYS, *GUEST_KEYS, *AUTHOR_KEYS)

DATE_KEYS = names(
    "date published publish_date publish_time pub_date published_date published_on date_published",
    "episode_publish_date episode_date release_date released published_at air_date aired upload_date",
    "recorded recording_date year created",
    "datum veröffentlicht veröffentlichungsdatum erschienen fecha fecha_de_publicación publicado publié",
    "pubblicato publicação",
    "日期 发布日期 發布日期 发布时间 發布時間 播出时间 播出時間 播出日期 发布",
    "日付 公開日 配信日 放送日 날짜 게시일 дата",
)
URL_KEYS = names(
    "url link source_url source original_url youtube_url video_url video youtube media episode_url",
    "episode_link webpage_url permalink show_link canonical_url canonical website watch listen audio_url",
    "quelle enlace fuente lien fonte ссылка",
    "链接 連結 鏈接 视频链接 視頻鏈接 原文链接 原链接 来源链接 网址 網址 地址 リンク 動画 링크",
)
VIDEO_KEYS = names("video_id youtube_id yt_id")
DURATION_KEYS = names(
    "duration duration_seconds duration_s duration_minutes episode_duration_minutes podcast_duration length",
    "runtime video_length episode_length",
    "dauer länge laufzeit spieldauer duración durée durata duração длительность",
    "时长 時長 总时长 视频时长 節目時長 再生時間 収録時間 長さ 길이 재생_시간",
)
TAG_KEYS = names(
    "tags tag labels topics keywords categories yt_tags hashtags",
    "schlagwörter schlagworte stichwörter etiquetas palabras_clave mots_clés étiquettes etichette",
    "palavras_chave",
    "标签 標籤 关键词 關鍵詞 关键字 タグ キーワード 태그 теги",
)
NUMBER_KEYS = names(
    "episode_number number episode episode_no ep episode_num itunes_episode",
    "folge folgennummer folgen_nummer episodio épisode episódio puntata",
    "期数 期數 集数 集數 期号 エピソード 話数 에피소드 выпуск",
)
EPISODE_KEYS = names("episode folge episodio épisode episódio puntata エピソード 에피소드 выпуск")
"""Of these, fields that as often hold the episode's title."""

LANGUAGE_KEYS = names(
    "language lang locale sprache idioma langue lingua язык",
    "语言 語言 言語 언어",
)
OTHER_KEYS = names("rating summary tl;dr 类型 類型")

SINGULAR_PEOPLE = frozenset(
    names(
        "guest speaker host author show_author owner_host presenter moderator interviewer interviewee",
        "gast sprecher sprecherin gastgeber gastgeberin referent referentin autor autorin invitado invitada",
        "ponente invité invitée ospite convidado convidada",
    )
)
"""Fields of one person: after a comma comes what they do, not another person."""

SOURCE_KEYS = frozenset({"作者_来源", "频道_来源", "作者_來源", "頻道_來源"})
"""Fields of who made something, which is as often a company as a person."""

KNOWN_KEYS = frozenset(
    (
        *(*TITLE_KEYS, *SHOW_KEYS, *PEOPLE_KEYS, *DATE_KEYS, *URL_KEYS, *VIDEO_KEYS, *DURATION_KEYS),
        *(*TAG_KEYS, *NUMBER_KEYS, *LANGUAGE_KEYS, *OTHER_KEYS),
    )
)
"""Fields that a line of the text can hold."""

PLURAL = re.compile(r"\((e?s|in|innen|n)\)")
"""What may be one or several: ``Speaker(s)``."""

CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")


def normal_key(key: str) -> str:
    """Return a field's name as the tables here have it: lower case, words joined by underscores."""
    key = CAMEL.sub("_", PLURAL.sub(r"\1", key.strip())).lower()
    return re.sub(r"[\s/／&.-]+", "_", key).strip("_*")
