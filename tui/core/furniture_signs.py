"""How words of sponsors and furniture of pages begin, and what stands above them, in several languages.

``core.furniture`` folds what has these signs. All are anchored, and none of them looks far.
"""

import re


def any_of(*patterns: str) -> str:
    """Return a pattern for any of several."""
    return "(?:" + "|".join(patterns) + ")"


def whole(*patterns: str) -> re.Pattern[str]:
    """Return a pattern for any of several, whatever the case, with signs around it."""
    return re.compile(rf"[\W_]*{any_of(*patterns)}[\W_]*", re.I)


SPONSOR_TITLE = whole(
    r"(?:(?:our|today['’]s|episode|show|podcast|this (?:week|episode)['’]s|thanks? to our|thank you to our"
    r"|a word from our|support our|check out our|featured|special)\s+)?(?:sponsors?|sponsorship"
    r"|sponsor (?:message|break|segment|links?|shout-?outs?)s?|sponsored by|advertisements?|brought to you by"
    r"|ad(?:vertisement|vertising)? break|sponsors? (?:&|and) (?:partners|discounts|offers|links))",
    r"(?:unsere )?sponsoren|werbung|werbepartner|anzeige",
    r"(?:nuestros )?patrocinadores|patrocínio",
    r"sponsorisé par|nos partenaires|publicité|sponsor dell['’]episodio",
    r"(?:本期)?(?:赞助|贊助)商?|广告|廣告|スポンサー|提供",
)
"""A heading above sponsors."""

AD_WORD = any_of("ads?", "advert", "advertisement", "sponsor", "sponsored", "werbung", "广告", "廣告", "PR")
AD_MARK = re.compile(rf"\s*[\[(（]{AD_WORD}[\])）]\s*", re.I)
AD_MARK_AT_END = re.compile(rf"[\[(（]{AD_WORD}[\])）]\s*$", re.I)
"""How transcripts and lists of chapters mark advertisements."""

WHAT = (
    r"(?:episode|podcast|show|video|interview|conversation|series|program(?:me)?|week['’]s (?:show|episode)"
    r"|livestream|transcript)s?"
)
BY = (
    r"(?:also\s+)?(?:proudly\s+)?(?:brought to you|sponsored|supported|made possible|presented to you)"
    r"(?:\s+in part)? by\b"
)
SPONSORED = re.compile(
    any_of(
        rf"(?:this|these|today['’]s|the|our|all)\s+(?:\w+\s+)?{WHAT}(?:\s+of\s+[^.!?]{{1,60}})?"
        rf"\s+(?:is|are|was|were|comes)\s+{BY}",
        r"(?:proudly )?(?:brought to you|sponsored) by:?\s",
        r"(?:many |big |huge |special )?(?:thanks?|thank you)(?: so much)? to (?:our|today['’]s|the"
        r"|this (?:week|episode)['’]s) (?:\w+ ){0,3}sponsors?\b",
        rf"support for (?:this|the|today['’]s) {WHAT} comes from\b",
        rf"support (?:for )?(?:this|the) {WHAT} by (?:checking out|supporting) (?:our|the|these) sponsors\b",
        r"(?:please )?(?:check out|support) (?:our|these|the) sponsors\b",
        r"(?:our |today['’]s )?sponsors?(?:hip)?(?: of (?:this|the) (?:episode|show|podcast))?\s?:",
        r"(?:diese|die heutige) (?:folge|episode|sendung) (?:wird|ist)[^.!?]{0,30}"
        r" (?:präsentiert|gesponsert|unterstützt) von\b",
        r"(?:werbung|anzeige|unser sponsor)\s?:",
        r"este (?:episodio|podcast|programa|vídeo|video) (?:es|está)[^.!?]{0,20} patrocinado por\b",
        r"patrocinado por\s",
        r"este (?:episódio|podcast) é (?:patrocinado por|um oferecimento)\b",
        r"cet (?:épisode|podcast) (?:est|vous est)[^.!?]{0,20} (?:sponsorisé|présenté|offert) par\b",
        r"questo (?:episodio|podcast) è (?:sponsorizzato|offerto) da\b",
        r"(?:本期|本集|本节目|本節目|今天的节目)[^。！？]{0,10}由[^。！？]{1,40}(?:赞助|贊助|冠名|支持播出)",
        r"感谢[^。！？]{1,30}(?:对本期节目的赞助|的赞助|的冠名)",
        r"(?:广告|廣告|赞助商?)[:：]",
        r"(?:この番組|今回のエピソード)は[^。]{1,40}(?:の提供|がスポンサー)",
    ),
    re.I,
)
"""How the words of a sponsor begin."""

PROMO_CODE = re.compile(
    r"\b(?:use|with|enter|apply)\s+(?:the\s+|my\s+|our\s+)?(?:(?:promo|coupon|discount|offer)\s?)?code:?\s+"
    r"[\"“'‘]?(?-i:[A-Z][A-Z0-9]{2,})\b",
    re.I,
)
OFFER = re.compile(r"\d\s?%|\b(?:off|free|discount|save|checkout)\b|\.com\b", re.I)
"""What a code is good for, or where: without one of these, codes are what a talk is about."""

AD_OPENS = re.compile(
    any_of(
        r"(?:(?:and|but)\s+)?(?:it['’]s\s+)?(?:now\s+)?time for (?:a |our |some )?sponsored \w+",
        r"(?:(?:but\s+)?(?:first|now),?\s+)?(?:here['’]s\s+)?(?:now for\s+)?a (?:quick |short |brief )?"
        r"(?:word|message) from (?:our|today['’]s|the) sponsors?",
    )
    + r"[\s.!:…-]*",
    re.I,
)
"""A line that opens an advertisement in speech."""

BREAK = re.compile(
    r"[\[(]?(?:(?:ad|sponsor|commercial|advertisement|werbe)[\s-]?)?(?:break|pause)[\])]?\s*:?"
    r"\s*(?:\W?\d[\d:.]*\W?)?",
    re.I,
)
"""A line that says that the talk is broken off."""

FURNITURE_TITLE = whole(
    r"share (?:this|it)(?:\s+\w+)?",
    r"subscribe(?: (?:now|to (?:our|the|my) \w+))?",
    r"(?:sign up for|join|get|subscribe to) (?:our|the|my) (?:\w+ )?newsletter|newsletter(?: sign-?up)?",
    r"follow (?:us|me|along)(?: on [\w ]{2,20})?|connect with (?:us|me)",
    r"stay (?:in touch|connected|informed[\w ]{0,40})",
    r"support (?:us|the show|the podcast|this podcast|this show)",
    r"(?:related|recommended|similar|more|other|recent|popular)"
    r" (?:posts?|articles?|episodes?|videos?|podcasts?|stories)",
    r"you (?:may|might) also (?:like|enjoy)",
    r"leave a (?:comment|reply|review)|rate (?:and|&) review",
    r"cookie (?:settings|policy|notice|preferences)",
    r"teilen|newsletter abonnieren|folge uns|síguenos|suscríbete|compartir|partager|abonnez-vous|suivez-nous",
    r"关注我们|订阅我们|分享本文|相关推荐|相關文章|関連記事|フォローする",
)
"""A heading above a page's furniture."""

PLACES = (
    r"(?:youtube|spotify|apple podcasts?|itunes|twitter|x|instagram|facebook|linkedin|tiktok|threads|bluesky"
    r"|mastodon|discord|patreon|substack|telegram|overcast|rss)"
)
ASKED = "(?:like|subscribe|follow|rate|share)"
ASKED_TOO = "(?:like|subscribe|follow|rate|share|review|comment|comment below)"
TO_WHAT = (
    r"(?:to|on|us|me|our|the|my|this|podcast|channel|show|newsletter|video|episode|for more|now|here|at|via"
    rf"|{PLACES})"
)
MAKERS = "(?:snipd|notebooklm|otter|descript|readwise|podwise|airr)"
TRANSCRIBERS = (
    r"(?:https?://|otter\b|rev\b|descript\b|whisper\b|castmagic\b|the amara\.org|zoom\b|riverside\b"
    r"|happy scribe\b)"
)
SITE_MAKERS = "(?:quartz|notion|obsidian|substack|wordpress|ghost|medium|hugo|jekyll|squarespace)"
FURNITURE = re.compile(
    any_of(
        r"(?:©|copyright\s+(?:©|\(c\)|\d{4}))[^\n]{0,160}",
        r"(?:[^\n.]{0,60}\s)?all rights reserved\W*",
        rf"created (?:with|by) {MAKERS}\b[^\n]{{0,100}}",
        r"(?:transcribed|transcript (?:created|generated|provided)|generated|subtitles)"
        rf" by {TRANSCRIBERS}[^\n]{{0,80}}",
        r"synced:\s[^\n]{0,60}",
        rf"(?:made|built|published|powered) (?:with|by) {SITE_MAKERS}\b[^\n]{{0,60}}",
        r"(?:we|this (?:site|website|page)) uses? cookies\b[^\n]{0,200}",
        r"(?:wir verwenden|utilizamos|nous utilisons des) cookies\b[^\n]{0,200}",
        r"accept (?:all )?cookies\W*|cookie (?:settings|policy|preferences)\W*",
        r"privacy policy\W*|terms (?:of (?:use|service)|(?:and|&) conditions)\W*",
        r"from wikipedia, the free encyclopedia\W*",
        r"skip to (?:main )?content\W*|back to top\W*|(?:read|load|show) more\W*|advertisement\W*",
        rf"(?:please\s+)?{ASKED}(?:,? (?:and\s+)?{ASKED_TOO})*(?:,? {TO_WHAT})*\W*",
        r"(?:follow|find|join|subscribe to|listen to|watch|support|connect with)"
        r" (?:us|me|the (?:show|podcast|host)|this (?:show|podcast)"
        r"|our (?:channel|podcast|newsletter|community|discord))"
        r" (?:on|at|in|via|over on)\s[^\n.!?]{0,120}\W*",
        r"(?:please\s+)?(?:sign up|subscribe) (?:for|to) (?:our|the|my) (?:\w+ ){0,2}newsletter\b"
        r"[^\n.!?]{0,80}\W*",
        r"(?:please\s+)?(?:leave|give) (?:us )?a (?:\d|five)?-?\s?(?:star )?(?:review|rating)\b"
        r"[^\n.!?]{0,80}\W*",
        r"if you (?:enjoyed?|liked?|loved?) (?:this|the|today['’]s)"
        r" (?:episode|podcast|show|video|article|post|conversation)"
        r"[^\n]{0,40}\b(?:subscrib|review|rate|share|rating|follow)[^\n]{0,120}",
        r"thanks?(?: you)?(?: so much| very much)? for (?:listening|watching|reading|tuning in)"
        r"(?: to (?:the|this|our) [\w' ]{2,40})?\W*",
        r"become a (?:patron|paid subscriber|supporter)\b[^\n.!?]{0,80}\W*",
        rf"watch (?:the video|on youtube)\W*|listen (?:now )?on {PLACES}\W*",
        r"kind: captions(?: language: \w+)?",
        r"danke fürs zuhören\W*|gracias por (?:escuchar|ver)\W*|merci d['’]avoir écouté\W*",
        r"感谢(?:您的)?(?:收听|观看|收看)\W*|ご視聴ありがとうございました\W*",
        r"(?:点赞|点个赞|订阅|关注|转发|收藏)(?:[、，,和]?(?:点赞|订阅|关注|转发|收藏|评论))*"
        r"(?:我们的(?:频道|公众号|节目))?\W*",
    ),
    re.I,
)
"""A whole block of a page's furniture."""

LIST_FOLLOWS = re.compile(
    r"(?:follow us|connect with us|find us|support (?:us|the show|the podcast)|subscribe|(?:our )?sponsors?"
    r"|our social media|socials?|thanks for (?:listening|watching)[^\n]{0,40})\s?:",
    re.I,
)
"""A line above a list that belongs to it."""

ADDRESS = re.compile(r"https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|io|co|fm|tv|link)/?\b", re.I)
