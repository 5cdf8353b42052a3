"""Texts that often break software, by category, chosen for this project's fields."""

NAUGHTY = {
    "empty": ["", " ", "\t", "\r\n", "\n" * 50, "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2028\u2029"],
    "keywords and literals": [
        *["null", "NULL", "None", "undefined", "true", "False", "NaN", "Infinity", "-Infinity", "inf", "nil"],
        *["[]", "{}", "()", "constructor", "__proto__", "__class__", "self", "CON", "NUL", "COM1", "\\N"],
    ],
    "numbers": [
        *["0", "-1", "-0", "00", "1e309", "1e-400", "0x1F", "0b1", "1_000", "1,000.5", "9" * 30, "٣٤٥", "½", "²"],
        *[str(2**31), str(2**63), str(-(2**63) - 1), str(2**64), "1/0", "一二三", "１２３", "Ⅷ", "🄋"],
    ],
    "control characters": [chr(number) for number in [*range(32), 127, *range(128, 160, 5)]],
    "invalid in PostgreSQL": ["a\x00b", "\x00", "\ufffd", "\udc80", "\ud83d", "\ude00\ud83d"],
    "unusual characters": [
        *["\ufffe", "\uffff", "\U0010ffff", "\ue000", "\ufdd0", "\u0340\u0341", "\u206a", "\u00ad", "\U000e0041"],
        *["e\u0301", "o" + "\u0308" * 500, "\u1160\u115f", "각", "ﬁﬂﬃ", "ß" * 200, "ŉ" * 200, "İı", "ǆ", "ΐ" * 200],
        *["👩🏽‍⚕️", "👨‍👩‍👧‍👦", "🇩🇪🇺🇸", "\U0001f469\u200d", "🏴\U000e0067\U000e0062\U000e007f", "\u20e3", "𝒜𝓃𝒶", "ᴀɴᴀ", "Ａｎａ"],
    ],
    "bidirectional text": [
        *["محمد بن عبد الله", "שרה לוי", "\u202eevil\u202c", "\u2066\u2067\u2069", "abc אבג 123 ابج", "\u200f\u200e"],
    ],
    "scripts of the world": [
        *["王小明", "山田　太郎", "김민준", "Владимир", "Θεοδώρα", "สมชาย", "ரவி", "अनुष्का", "תהילה", "ابراهیم", "ქეთევან"],
        *["Nguyễn Thị Minh", "Łukasz Żółć", "Þórdís", "Õnne", "Çağrı", "Ọláyínká", "ᐃᓄᒃ", "ཨ", "မောင်"],
    ],
    "quotes": ["'", '"', "`", "''", '"""', "O'Brien", "’", "\\'", "\\", "\\\\", "«»", "'\"`", "&#39;", "%27"],
    "SQL": [
        *["'; DROP TABLE inquiries_inquiry; --", "1' OR '1'='1", "1; SELECT pg_sleep(5)", "' UNION SELECT NULL--", "$$"],
        *["%", "_", "%%", "\\%", "E'\\x41'", "::int", "{1,2}", "NULL::text", "x'; COPY t TO PROGRAM 'id", "to_tsquery"],
        *["a & | !", "foo:*", "!!", "<->", "'a':1A", "((((", "*)", "?", "??", "%s", "%(name)s", ":1"],
    ],
    "HTML and scripts": [
        *["<script>alert(1)</script>", "</textarea><script>alert(1)</script>", '"><img src=x onerror=alert(1)>'],
        *["<svg/onload=alert(1)>", "javascript:alert(1)", "<!--", "-->", "]]>", "<![CDATA[", "&lt;b&gt;", "&", "&amp;amp;"],
        *["<iframe src=//x.example>", "<base href=//x.example>", "<style>*{display:none}", "</title>", "<a href='\x01javascript:'>"],
        *["' autofocus onfocus='alert(1)", "<math><mi//xlink:href='data:x,<script>'>", "expression(alert(1))", "&#0;", "&#xD800;"],
    ],
    "templates and formats": [
        *["{{ 7*7 }}", "{% debug %}", "{% include 'x' %}", "{#", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0}", "{name.__class__}"],
        *["%d", "%n%n%n", "%x" * 20, "%(x)", "%", "{", "}", "$(id)", "`id`", "@import", "\\u0041", "\\x41", "\\0"],
    ],
    "commands and paths": [
        *["; id", "| id", "&& id", "$HOME", "~", "../../../../etc/passwd", "..\\..\\boot.ini", "/dev/null", "file:///etc/passwd"],
        *["C:\\CON\\CON", "//x.example/share", "%2e%2e%2f", "%00", "..%c0%af", "-rf", "--help", "*", "a" * 300 + "/"],
    ],
    "email and headers": [
        *["a@b.example\r\nBcc: all@x.example", "x\nSubject: y", "\r\n\r\nbody", "=?utf-8?q?x?=", "a\r\n.\r\nQUIT\r\n"],
        *["a@b", "@", "a@@b.example", '"a b"@c.example', "a@[127.0.0.1]", "é@é.example", "a@" + "b." * 130 + "c", "a" * 320 + "@b.c"],
        *["+@b.example", "a@b..example", "a@-b.example", "a@xn--.example", "Name <a@b.example>", "mailto:a@b.example", "a@b.example,c@d.example"],
    ],
    "phones": [
        *["+", "++1", "+1", "911", "tel:+12025550143", "+1 202 555 0143 ext 99999999999", "(((202)))", "२०२-५५५-०१४३", "1-800-FLOWERS"],
        *["+999 12345678", "0" * 250, "+12025550143;phone-context=x", "2025550143" * 30, "+1#202#555", "\u202a+12025550143\u202c"],
    ],
    "spreadsheets": ["=1+1", "=HYPERLINK(\"http://x.example\")", "@SUM(A1)", "+1+1", "-1+1", "\t=1", "=cmd|' /C calc'!A0"],
    "structures": ['{"a":' * 100, "[" * 2000, "<a>" * 500, "a[b][c]=1", "a.b.c", "&a=1", "a=1&a=2", "xml <!DOCTYPE x [<!ENTITY y 'z'>]>&y;"],
    "long": ["a" * 201, "a" * 5001, "x " * 3000, "界" * 5000, "\r\n" * 5001, "a\r\n" * 100, "a" * 20_000, "😀" * 5000, "\u0301" * 3000],
    "dates": ["2026-02-30", "0000-00-00", "9999-12-31T23:59:60Z", "1582-10-10", "now", "yesterday", "31/12/1999", "-1", "24:00"],
}  # fmt: skip
ALL = [text for texts in NAUGHTY.values() for text in texts]
