"""The codes of what the entries of references.bib say: types, fields, dates, identifiers."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

ENTRIES = Family(
    "El contenido de references.bib",
    {
        "bib-tipo-desconocido": Code(
            "el tipo de una entrada no existe en biblatex",
            "biber la trata como «@misc» y la referencia pierde su forma. Corrija el tipo.",
            bad="@libro{ruiz2020,",
            good="@book{ruiz2020,",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-campo-desconocido": Code(
            "el nombre de un campo parece mal escrito",
            "biblatex no lo conoce y no lo imprime. Corrija el nombre.",
            bad="publishr = {Edisur},",
            good="publisher = {Edisur},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-campo-sin-imprimir": Code(
            "un campo no se imprime porque biblatex lo llama de otro modo",
            "Lo que dice no saldría en la referencia. Cambie el nombre del campo por el que se indica. Los de biblatex "
            "que el estilo deja fuera se imprimen al final de la referencia, ante la dirección.",
            bad="editorial = {Edisur},",
            good="publisher = {Edisur},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-campo-ausente": Code(
            "a una entrada le falta un campo que su tipo pide",
            "La referencia saldría incompleta. Busque el dato en la fuente y añada el campo.",
            bad="title = {Caudales},",
            good="title = {Caudales}, date = {2020},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-padre-ausente": Code(
            "una entrada hereda de otra que no está",
            "«crossref» y «xdata» nombran otra entrada del archivo; sin ella faltarán datos en la referencia.",
            bad="crossref = {actas2021},",
            good="booktitle = {Actas},",
            language="bibtex",
        ),
        "bib-herencia-circular": Code(
            "una entrada hereda de sí misma",
            "«crossref» y «xdata» toman de otra entrada lo que falta en esta. Si la otra hereda, a su vez, de esta, "
            "biber no puede preparar las referencias.",
            bad="crossref = {ruiz2020},",
            good="publisher = {Edisur},",
            language="bibtex",
        ),
        "bib-nombre": Code(
            "un nombre de persona está mal escrito",
            "biber no entiende el nombre, y entonces descarta la entrada, o toma varias personas por una. "
            "Se escribe «Apellidos, Nombre», y « and » entre persona y persona.",
            bad="author = {Ruiz, Ana, Soto, Luis},",
            good="author = {Ruiz, Ana and Soto, Luis},",
            language="bibtex",
        ),
        "bib-fecha": Code(
            "una fecha o un año está mal escrito",
            "biber no la entiende y la referencia sale sin año. Se escribe 2019, 2019-06 o 2019-06-27.",
            bad="date   = {junio de 2020},",
            good="date   = {2020-06},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-urldate": Code(
            "la fecha de consulta no puede ser",
            "Está en el futuro, o es anterior a la publicación de la fuente. Suele estar cambiado un número.",
            bad="urldate = {2019-03-01},",
            good="urldate = {2020-03-01},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-url": Code(
            "una dirección está mal escrita",
            "El enlace del PDF no funcionaría. Se copia entera del navegador, con «https://» y sin barras inversas.",
            bad="url    = {www.example.org/caudales},",
            good="url    = {https://www.example.org/caudales},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-doi": Code(
            "un DOI está mal escrito",
            "El estilo añade la dirección; el campo lleva solo el identificador, que empieza por «10.».",
            bad="doi    = {https://doi.org/10.1000/182},",
            good="doi    = {10.1000/182},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-isbn": Code(
            "un ISBN no es válido",
            "La última cifra es de control y no concuerda con las demás: alguna está mal copiada.",
            bad="isbn   = {978-84-376-0494-8},",
            good="isbn   = {978-84-376-0494-7},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-orcid": Code(
            "un ORCID está mal escrito",
            "Son cuatro grupos de cuatro cifras unidos por guiones; la última puede ser X.",
            bad="orcid  = {0000-0002-1825},",
            good="orcid  = {0000-0002-1825-0097},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-orden": Code(
            "un campo lleva una orden de LaTeX que no se admite",
            "El texto de references.bib se imprime; no se ejecuta. Se admiten los acentos, las letras y los signos de "
            "LaTeX, \\emph, \\textit, \\textbf, \\textsc, \\textsuperscript, \\enquote, \\url, \\href, las "
            "abreviaturas de revistas del ADS y las fórmulas entre «$». Se revisan las entradas que se citan.",
            bad="title  = {Hidrólisis del \\ce{H2O}},",
            good="title  = {Hidrólisis del H$_2$O},",
            language="bibtex",
        ),
        "bib-html": Code(
            "un campo lleva marcas de HTML",
            "Las ponen algunas páginas al exportar, y se leerían tal cual en la referencia.",
            bad="title  = {La <i>Escherichia coli</i>},",
            good="title  = {La \\emph{Escherichia coli}},",
            severity=Severity.WARNING,
            language="bibtex",
        ),
        "bib-sin-ejecutar": Code(
            "una entrada pide algo que no se ejecuta",
            "El campo «execute» y las opciones que cambian el documento no se atienden: references.bib lleva datos.",
            bad="options = {skipbib=true},",
            good="options = {useprefix=true},",
            language="bibtex",
        ),
        "bib-obra-repetida": Code(
            "dos entradas parecen la misma obra",
            "Saldría dos veces en las referencias, con dos números. Cite una sola clave y borre la otra entrada.",
            bad="@book{ruiz2020b, author = {Ruiz, Ana}, title = {Caudales}, date = {2020}, doi = {10.1000/182}}",
            good="@book{ruiz2021, author = {Ruiz, Ana}, title = {Crecidas}, date = {2021}, doi = {10.1000/183}}",
            severity=Severity.WARNING,
            language="bibtex",
        ),
    },
)
