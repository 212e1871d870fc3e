"""The characters that the document's fonts (T1 and TS1 Latin Modern, AMS symbols) can print, and how."""

from __future__ import annotations

# Measured: typeset raw by pdfLaTeX with inputenc's tables, each of these is copied from the PDF as itself.
RAW = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !()*+,-./:;<=>?@[]|"
    "¡¢£¤¥¦§¨©ª«¬®¯°±´µ¶·º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"
    "ĂăĄąĆćČčĎďđĘęĚěĞğİıĲĳĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽžƒȷˇ˘˙˛˝–—‖‘’‚“”„†‡•‰‹›※‽⁄₡₤₩₫€℃№™℮←↑→↓◦♪"
)

# Characters with a meaning for TeX, blanks and marks without a shape. The empty group ends a command's name.
COMMANDS = {
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    '"': r"\textquotedbl{}",
    "'": r"\textquotesingle{}",
    "`": r"\textasciigrave{}",
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "\x0b": " ",
    "\x0c": " ",
    "\x85": " ",
    "\u2028": " ",
    "\u2029": " ",
    "\u00a0": "~",
    "\u2007": "~",
    "\u00ad": r"\-",
    "\u2000": r"\hspace{0.5em}",
    "\u2001": r"\hspace{1em}",
    "\u2002": r"\hspace{0.5em}",
    "\u2003": r"\hspace{1em}",
    "\u2004": r"\hspace{0.333em}",
    "\u2005": r"\hspace{0.25em}",
    "\u2006": r"\,",
    "\u2008": r"\,",
    "\u2009": r"\,",
    "\u200a": r"\,",
    "\u202f": r"\,",
    "\u205f": r"\,",
    "\u3000": r"\hspace{1em}",
    "\u200b": r"\hspace{0pt}",
    "\u200c": "{}",
    "\u200d": "{}",
    "\u200e": "",
    "\u200f": "",
    "\u2060": r"\nobreak{}",
    "\ufe0e": "",
    "\ufe0f": "",
    "\ufeff": r"\nobreak{}",
    "\u2010": r"\glifo{2010}{-}",
    "\u2011": r"\glifo{2011}{\mbox{-}}",
}

# Letters that LaTeX composes of a letter and an accent: they print well, only their copy needs help.
COMPOSED = frozenset(
    "ĀāĈĉĊċĐĒēĔĕĖėĜĝĠġĢģĤĥĨĩĪīĬĭĮįĴĵĶķĻļŅņŌōŎŏŖŗŜŝŨũŪūŬŭŲųŴŵŶŷ"
    "ǄǅǆǇǈǉǊǋǌǍǎǏǐǑǒǓǔǢǣǦǧǨǩǪǫǰǴǵȘșȚțȲȳḂḃḍḞḟḠḡḥḰḱḷṃṅṇṛṣṭẎẏẐẑỲỳﬀﬁﬂﬃﬄ"
)

# Characters printed by a command of text.
TEXT_SYMBOLS = {
    "…": "...",
    "²": r"\texttwosuperior{}",
    "³": r"\textthreesuperior{}",
    "¹": r"\textonesuperior{}",
    "‒": r"\textendash{}",
    "―": r"\textemdash{}",
    "−": r"\textminus{}",
    "ẞ": "SS",
    "‱": r"\textpertenthousand{}",
    "₱": r"\textpeso{}",
    "₦": r"\textnaira{}",
    "℗": r"\textcircledP{}",
    "℠": r"\textservicemark{}",
    "Ω": r"\textohm{}",
    "␣": r"\textvisiblespace{}",
    "⅓": r"\textsuperscript{1}\textfractionsolidus\textsubscript{3}",
    "⅔": r"\textsuperscript{2}\textfractionsolidus\textsubscript{3}",
    "⅕": r"\textsuperscript{1}\textfractionsolidus\textsubscript{5}",
    "⅛": r"\textsuperscript{1}\textfractionsolidus\textsubscript{8}",
    "⅜": r"\textsuperscript{3}\textfractionsolidus\textsubscript{8}",
    "⅝": r"\textsuperscript{5}\textfractionsolidus\textsubscript{8}",
    "⅞": r"\textsuperscript{7}\textfractionsolidus\textsubscript{8}",
    "ℓ": r"$\ell$",
}
TEXT_SYMBOLS |= {
    typed: rf"\textsuperscript{{{shown}}}"
    for typed, shown in zip("⁰⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿᵃᵇᵈᵉᵐᵒᵗ", "0456789+-=()nabdemot", strict=True)
}
TEXT_SYMBOLS |= {
    typed: rf"\textsuperscript{{{shown}}}"
    for typed, shown in zip("ᶜᶠᵍʰⁱʲᵏˡᵖʳˢᵘᵛʷˣʸᶻ", "cfghijklprsuvwxyz", strict=True)
}
TEXT_SYMBOLS |= {
    typed: rf"\textsubscript{{{shown}}}" for typed, shown in zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True)
}
TEXT_SYMBOLS |= {
    typed: rf"\textsuperscript{{{above}}}\textfractionsolidus\textsubscript{{{below}}}"
    for typed, above, below in zip("⅐⅑⅖⅗⅘⅙⅚", "1123415", ("7", "9", "5", "5", "5", "6", "6"), strict=True)
}
TEXT_SYMBOLS |= dict(zip("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", "I II III IV V VI VII VIII IX X XI XII".split(), strict=True))
TEXT_SYMBOLS |= {
    typed: rf"\textsubscript{{{shown}}}" for typed, shown in zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True)
}

# Characters printed by a command of mathematics; the same table serves those typed inside a formula.
MATH_SYMBOLS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ζ": r"\zeta",
    "η": r"\eta", "θ": r"\theta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda", "μ": r"\mu", "ν": r"\nu",
    "ξ": r"\xi", "ο": "o", "π": r"\pi", "ρ": r"\rho", "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau",
    "υ": r"\upsilon", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi", "ω": r"\omega", "ϵ": r"\epsilon",
    "ϑ": r"\vartheta", "ϕ": r"\phi", "ϖ": r"\varpi", "ϱ": r"\varrho",
    "Α": r"\mathrm{A}", "Β": r"\mathrm{B}", "Γ": r"\Gamma", "Δ": r"\Delta", "Ε": r"\mathrm{E}",
    "Ζ": r"\mathrm{Z}", "Η": r"\mathrm{H}", "Θ": r"\Theta", "Ι": r"\mathrm{I}", "Κ": r"\mathrm{K}",
    "Λ": r"\Lambda", "Μ": r"\mathrm{M}", "Ν": r"\mathrm{N}", "Ξ": r"\Xi", "Ο": r"\mathrm{O}", "Π": r"\Pi",
    "Ρ": r"\mathrm{P}", "Σ": r"\Sigma", "Τ": r"\mathrm{T}", "Υ": r"\Upsilon", "Φ": r"\Phi", "Χ": r"\mathrm{X}",
    "Ψ": r"\Psi",
    "↔": r"\leftrightarrow", "↕": r"\updownarrow", "↖": r"\nwarrow", "↗": r"\nearrow", "↘": r"\searrow",
    "↙": r"\swarrow", "⇐": r"\Leftarrow", "⇑": r"\Uparrow", "⇒": r"\Rightarrow", "⇓": r"\Downarrow",
    "⇔": r"\Leftrightarrow", "⇄": r"\rightleftarrows", "⇆": r"\leftrightarrows", "⇌": r"\rightleftharpoons",
    "↦": r"\mapsto", "↪": r"\hookrightarrow", "↩": r"\hookleftarrow", "↺": r"\circlearrowleft",
    "↻": r"\circlearrowright", "⟵": r"\longleftarrow", "⟶": r"\longrightarrow", "⟷": r"\longleftrightarrow",
    "⟹": r"\Longrightarrow", "⟸": r"\Longleftarrow", "⟺": r"\Longleftrightarrow", "↛": r"\nrightarrow",
    "⇏": r"\nRightarrow", "⇝": r"\rightsquigarrow",
    "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≃": r"\simeq", "≅": r"\cong", "≡": r"\equiv",
    "∼": r"\sim", "∝": r"\propto", "≪": r"\ll", "≫": r"\gg", "≺": r"\prec", "≻": r"\succ", "≲": r"\lesssim",
    "≳": r"\gtrsim", "⩽": r"\leqslant", "⩾": r"\geqslant", "≮": r"\nless", "≯": r"\ngtr",
    "∞": r"\infty", "√": r"\surd", "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "∫": r"\int", "∬": r"\iint",
    "∮": r"\oint", "∂": r"\partial", "∇": r"\nabla", "∆": r"\Delta", "∅": r"\varnothing", "∈": r"\in",
    "∉": r"\notin", "∋": r"\ni", "∀": r"\forall", "∃": r"\exists", "∄": r"\nexists", "∧": r"\wedge",
    "∨": r"\vee", "⊕": r"\oplus", "⊖": r"\ominus", "⊗": r"\otimes", "⊙": r"\odot", "∩": r"\cap", "∪": r"\cup",
    "⊂": r"\subset", "⊃": r"\supset", "⊆": r"\subseteq", "⊇": r"\supseteq", "⊄": r"\not\subset",
    "⊢": r"\vdash", "⊨": r"\models", "⊥": r"\perp", "⊤": r"\top", "∥": r"\parallel", "∣": r"\mid",
    "∠": r"\angle", "∴": r"\therefore", "∵": r"\because", "∗": r"\ast", "⋆": r"\star", "∘": r"\circ",
    "⋅": r"\cdot", "∙": r"\bullet", "⋯": r"\cdots", "⋮": r"\vdots", "⋱": r"\ddots", "∓": r"\mp", "∖": r"\setminus",
    "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor", "⌋": r"\rfloor", "⟨": r"\langle", "⟩": r"\rangle",
    "′": r"{}^{\prime}", "″": r"{}^{\prime\prime}", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}",
    "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}", "ℵ": r"\aleph", "ℜ": r"\Re", "ℑ": r"\Im", "℘": r"\wp",
    "ℏ": r"\hbar", "■": r"\blacksquare", "□": r"\square", "▪": r"\blacksquare", "○": r"\bigcirc",
    "◯": r"\bigcirc", "●": r"\bullet", "▲": r"\blacktriangle", "△": r"\triangle", "▼": r"\blacktriangledown",
    "▽": r"\triangledown", "►": r"\blacktriangleright", "▶": r"\blacktriangleright",
    "◄": r"\blacktriangleleft", "◀": r"\blacktriangleleft", "▷": r"\triangleright", "◁": r"\triangleleft",
    "◆": r"\blacklozenge", "◊": r"\lozenge", "◇": r"\lozenge", "★": r"\bigstar", "☆": r"\star",
    "✓": r"\checkmark", "✔": r"\checkmark", "♠": r"\spadesuit", "♣": r"\clubsuit", "♥": r"\heartsuit",
    "♦": r"\diamondsuit", "♭": r"\flat", "♮": r"\natural", "♯": r"\sharp",
}  # fmt: skip

# Characters of text that a formula spells another way.
IN_FORMULA = {
    "×": r"\times", "÷": r"\div", "±": r"\pm", "·": r"\cdot", "−": "-", "–": "-", "→": r"\to",
    "←": r"\leftarrow", "↑": r"\uparrow", "↓": r"\downarrow", "…": r"\ldots", "¬": r"\neg", "°": r"{}^{\circ}",
    "µ": r"\mu", "²": "{}^{2}", "³": "{}^{3}", "¹": "{}^{1}", "‖": r"\Vert", "•": r"\bullet", "€": r"\text{€}",
    "½": r"\tfrac{1}{2}", "¼": r"\tfrac{1}{4}", "¾": r"\tfrac{3}{4}", "£": r"\text{£}", "Ω": r"\Omega",
    "\u00a0": "~", "\u202f": r"\,", "\u2009": r"\,",
} | MATH_SYMBOLS  # fmt: skip

PRINTED = RAW | COMMANDS.keys() | COMPOSED | TEXT_SYMBOLS.keys() | MATH_SYMBOLS.keys()
