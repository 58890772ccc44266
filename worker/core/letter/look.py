"""
How a letter looks: colours, type and spacing as inline styles.

Every pair of text and ground has a contrast of at least 4.5 to 1 (WCAG 2.2 AA); tests/letters measure it. Sizes are
in pixels because e-mail clients know nothing else; those that know no columns or rounded corners leave them out.
"""

INK = "#1b2a33"
SOFT = "#4a5b66"
ACCENT = "#0b6470"
TINT = "#eaf4f5"
LINE = "#c9d9dc"
PAPER = "#ffffff"
SKIN = "#f3e7df"
NOTICE_INK = "#7a1212"

BASE_FONTS = "'Segoe UI',Roboto,'Helvetica Neue',Arial,'Noto Sans',sans-serif"

BODY = f"margin:0;padding:0;background:{PAPER};color:{INK}"
SHEET = "max-width:720px;margin:0 auto;padding:12px 14px;font-size:16px;line-height:1.38"
FRAME = "width:100%;border-collapse:collapse;border:0"
CELL = "padding:0;text-align:left;font-weight:400"
FACILITY = f"margin:0;font-size:19px;font-weight:700;color:{ACCENT}"
CONTACT = f"margin:0;font-size:14px;color:{SOFT}"
LETTERHEAD = f"padding:0 0 8px;border-bottom:2px solid {ACCENT}"
FACT_ROW = f"margin:8px 0 10px;font-size:14px;color:{SOFT}"
FACT = "display:inline-block;margin:0 18px 0 0"
STRONG = f"color:{INK};font-weight:600"
GREETING = "margin:0 0 6px"
H1 = f"margin:0 0 10px;font-size:24px;line-height:1.25;font-weight:700;color:{INK}"
H2 = f"margin:0 0 3px;font-size:18px;line-height:1.3;font-weight:700;color:{ACCENT};break-after:avoid"
H3 = f"margin:0 0 1px;font-size:1.06em;line-height:1.35;font-weight:700;color:{INK};break-after:avoid"
P = "margin:0 0 3px"
SECTION = "margin:0 0 10px;break-inside:avoid"
VISIT = "margin:0 0 10px"
CARD = f"margin:0 0 10px;padding:10px 16px 6px;border:2px solid {ACCENT};border-radius:10px;background:{TINT}"
STEP = f"margin:6px 0 0;padding:6px 0 3px;border-top:1px solid {LINE};break-inside:avoid"
LABELLED = "margin:0 0 3px"
LABEL = f"font-weight:700;color:{ACCENT}"
BESIDE = "display:flex;flex-wrap:wrap;gap:0 36px;margin:0 0 4px"
FIGURE = "margin:0 0 8px"
FIGURE_TITLE = f"margin:0 0 3px;font-weight:700;color:{ACCENT};break-after:avoid"
CAPTION = f"margin:3px 0 0;font-size:14px;line-height:1.3;color:{SOFT}"
MORE = f"margin:4px 0 0;padding:10px 0 0;border-top:2px solid {LINE};font-size:14px;line-height:1.34"
COLUMNS = "columns:300px 2;column-gap:28px"
BLOCK = "margin:0 0 7px;break-inside:avoid"
LIST = "margin:0 0 6px;padding:0 0 0 20px"
ITEM = "margin:0 0 1px"
FOOT = f"margin:0;padding:8px 0 0;font-size:13px;color:{SOFT}"

# The frame of a letter that nobody has released; seen on every part of it, on screen and on paper.
EDGES = {
    "draft": "border:3px dashed #8a5a00",
    "held": "border:7px double #9b1c1c",
    "refused": "border:7px solid #9b1c1c",
}
NOTICES = {
    "draft": "margin:0 0 8px;padding:6px 14px;border:2px dashed #8a5a00;background:#fff4d6;color:#5c3b00",
    "held": "margin:0 0 14px;padding:10px 14px;border:4px double #9b1c1c;background:#fbe6e4;color:#7a1212",
    "refused": "margin:0 0 14px;padding:10px 14px;border:4px solid #9b1c1c;background:#fbe6e4;color:#7a1212",
}
BADGE = (
    f"display:inline-block;width:24px;margin:0 4px 0 0;border-radius:12px;background:{ACCENT};color:{PAPER};"
    "font-size:14px;line-height:24px;text-align:center"
)
NOTICE_TITLE = "margin:0;font-size:15px;font-weight:700"
NOTICE_LINE = f"margin:0 0 8px;font-size:13px;color:{SOFT}"
FOREIGN = f"margin:0 0 4px;font-size:15px;font-weight:600;color:{ACCENT}"
