"""The codes of what an author types as another tool has it: LaTeX, HTML, another Markdown; it is printed as typed."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

NOTATION = Family(
    "Lo que parece otra notación",
    {
        "latex-en-texto": Code(
            "un texto lleva LaTeX",
            "Los textos no son LaTeX: la orden sale impresa tal como se escribió. La pista dice cómo se escribe aquí "
            "lo mismo; lo que es código va entre acentos graves.",
            bad="Llovió \\textbf{menos} en un 50\\% [@ruiz2020].",
            good="Llovió **menos** en un 50 % [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "html-en-texto": Code(
            "un texto lleva HTML",
            "Las etiquetas, los comentarios y las entidades de HTML salen impresos tal como se escribieron. La pista "
            "dice cómo se escribe aquí lo mismo; el nombre de una etiqueta va entre acentos graves.",
            bad="Llovió <b>menos</b> en la&nbsp;sierra [@ruiz2020].",
            good="Llovió **menos** en la sierra [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "notacion-ajena": Code(
            "un texto lleva una marca que aquí no lo es",
            "Sale impresa tal como se escribió: una referencia de otra clase entre llaves, el lugar de una cita "
            "fuera de ella o una marca de otro Markdown. La pista dice cómo se escribe aquí; si es "
            "texto, va entre acentos graves, o la llave con barra: «\\{».",
            bad="Lo dice @ruiz2020 [p. 3].",
            good="Lo dicen las mediciones [@ruiz2020, p. 3].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "unidad-desconocida": Code(
            "lo que lleva «{u}» no es una cantidad con una unidad que se conozca",
            "Se conocen las unidades del Sistema Internacional con sus prefijos, las que él admite y las de "
            "informática, dinero y tiempo. Un símbolo es el de siempre: «s» y no «seg», «h» y no «hrs».",
            bad="Duró [20 seg]{u} [@ruiz2020].",
            good="Duró [20 s]{u} [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "quimica-mal-escrita": Code(
            "lo que lleva «{q}» no se entiende como química",
            "Se entienden fórmulas y reacciones como las de mhchem: «H2O», «SO4^2-», «2H2 + O2 -> 2H2O», estados, "
            "enlaces e isótopos. Lo que no se entiende sale tal como se escribió.",
            bad="El agua es [H2O;]{q} [@ruiz2020].",
            good="El agua es [H2O]{q} [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "formula-dudosa": Code(
            "lo que hay entre dos signos de dólar puede ser una fórmula o texto",
            "En la duda sale tal como se escribió, con sus signos. Una fórmula va pegada a sus signos, no lleva letras "
            "ni cifras pegadas por fuera, y sus palabras van en «\\text{…}». Si es dinero o código, escriba «\\$» o "
            "póngalo entre acentos graves.",
            bad="El costo crece como $n log n$ [@ruiz2020].",
            good="El costo crece como $n \\log n$ [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "enfasis-dudoso": Code(
            "lo que hay entre guiones bajos o entre asteriscos puede ser énfasis o texto",
            "El guion bajo es parte de muchos nombres y sale siempre tal como se escribió, y un asterisco entre letras "
            "también. El énfasis se escribe con asteriscos que abarcan palabras enteras: «*cursiva*», «**negrita**».",
            bad="Llovió _mucho menos_ [@ruiz2020].",
            good="Llovió *mucho menos* [@ruiz2020].",
            severity=Severity.WARNING,
            language="markdown",
        ),
    },
)
