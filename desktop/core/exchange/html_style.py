"""The stylesheet of an exported page: one column, the system's own fonts, light or dark as the reader's, and print."""

from desktop.core.page.page_markup import TOKEN_CLASSES
from desktop.core.page.palette import DARK, LIGHT, Palette

_RULES = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;padding:48px 24px 96px;background:var(--page);color:var(--text);
font:17px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
body>*{max-width:740px;margin-left:auto;margin-right:auto}
h1,h2,h3,h4,h5,h6{line-height:1.25;color:var(--heading);margin:1.6em 0 .5em;font-weight:600}
h1{font-size:1.85em;margin-top:0}h2{font-size:1.42em}h3{font-size:1.17em}h4{font-size:1em}
h5,h6{font-size:.94em;color:var(--muted)}
p,ul,ol,dl,pre,table,blockquote,.wide,.formula,.callout,details{margin:0 0 .8em}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
ul,ol{padding-left:1.6em}li{margin:.2em 0}li>p{margin-bottom:.4em}
li>ul,li>ol{margin-bottom:0}
li.task{list-style:none;margin-left:-1.35em}
dt{font-weight:600}dd{margin:0 0 .5em 1.5em}
img{max-width:100%;height:auto;border-radius:4px}
hr{border:0;border-top:1px solid var(--border);margin:2em 0}
mark{background:var(--mark);color:inherit;padding:0 .1em}
sub,sup{line-height:0;font-size:.75em}
code,kbd,samp,tt,pre{font-family:ui-monospace,"JetBrains Mono","Cascadia Mono",Menlo,Consolas,monospace}
code,kbd,samp,tt{font-size:.86em;background:var(--code-back);color:var(--code);padding:.1em .3em;border-radius:3px}
pre{background:var(--code-back);color:var(--code);padding:.9em 1.1em;border-radius:6px;overflow-x:auto;
font-size:.86em;line-height:1.5;tab-size:4}
pre code{font-size:1em;padding:0;background:none}
blockquote{margin-left:0;padding:.1em 0 .1em 1em;border-left:4px solid var(--quote);color:var(--muted)}
blockquote>:last-child,.callout>:last-child,details>:last-child{margin-bottom:0}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:0}
th,td{border:1px solid var(--border);padding:.4em .75em;text-align:left;vertical-align:top}
th{background:var(--card)}
[align=right]{text-align:right}[align=center]{text-align:center}
details:not(.callout){border:1px solid var(--border);border-radius:6px;padding:.6em 1em}
summary{cursor:pointer;font-weight:600}details[open]>summary{margin-bottom:.5em}
.callout{border-left:4px solid var(--accent);background:var(--tint);padding:.7em 1.1em;border-radius:0 6px 6px 0}
.callout-title,.callout>summary{color:var(--accent);font-weight:600;margin-bottom:.4em}
.embed{border-left:2px solid var(--border);padding-left:1.1em;margin:0 0 .8em}
.embed-title{color:var(--muted);font-size:.86em;margin-bottom:.4em}
.formula{text-align:center;overflow-x:auto;font-size:1em;padding:.2em 0}
.formula-inline{vertical-align:middle;position:relative;top:calc(.5ex - .13em)}
.remote-image{color:var(--muted);border:1px solid var(--border);border-radius:4px;padding:.1em .5em;font-size:.9em}
.properties{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1.2em;font-size:.82em;color:var(--muted);
margin:0 0 2em}
.properties dt{font-weight:400;color:var(--faint)}.properties dd{margin:0}
article+article{margin-top:4em;padding-top:3em;border-top:1px solid var(--border)}
nav{margin-bottom:4em;font-size:.95em}nav ul{padding-left:1.3em;list-style:none}nav>ul{padding-left:0}
.footnotes{font-size:.88em}
@media print{body{padding:0;font-size:11pt;background:none}body>*{max-width:none}
pre{white-space:pre-wrap;overflow:visible}.wide,.formula{overflow:visible}
h1,h2,h3,h4,h5,h6{break-after:avoid}pre,tr,img,svg,.callout-title{break-inside:avoid}
article+article{break-before:page;border:0;margin:0;padding:0}nav{break-after:page}
p,li{orphans:2;widows:2}}
@media(max-width:560px){body{padding:24px 16px 64px;font-size:16px}}
"""


def stylesheet() -> str:
    """Return the rules of every exported page."""
    light, dark = _colours(LIGHT, "#ffffff"), _colours(DARK, "#1d1e23")
    return (
        f":root{{color-scheme:light dark;{light[0]}}}{light[1]}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark[0]}}}{dark[1]}}}" + _RULES
    )


def _colours(palette: Palette, page: str) -> tuple[str, str]:
    """Return the named colours of a palette, and the rules of callouts and of code's parts."""
    named = {
        "page": page, "text": palette.text, "heading": palette.heading, "muted": palette.muted,
        "faint": palette.faint, "link": palette.link, "border": palette.border, "code-back": palette.code_background,
        "code": palette.code_text, "quote": palette.quote_bar, "mark": palette.mark, "card": palette.card,
    }  # fmt: skip
    rules = [
        f".callout-{family}{{--accent:{colour};--tint:{palette.callout_tints[family]}}}"
        for family, colour in palette.callouts.items()
    ]
    rules += [f".{TOKEN_CLASSES[name]}{{color:{palette.tokens[name]}}}" for name in TOKEN_CLASSES]
    return "".join(f"--{name}:{colour};" for name, colour in named.items()), "".join(rules)
