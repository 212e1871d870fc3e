"""The codes of what a report owes: sources, the demands of its assignment, finished and current data."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

OBLIGATIONS = Family(
    "Las fuentes que se deben, la rúbrica y los ajustes",
    {
        "parrafo-sin-cita": Code(
            "un párrafo de una respuesta no cita nada",
            "Lo que responde al encargo se apoya en fuentes. Cite con [@clave] o, si el párrafo no afirma nada ajeno, "
            "dé al bloque «sin_fuente:» con la razón.",
            bad="- texto: El caudal bajó.",
            good="- texto: El caudal bajó [@ruiz2020].",
        ),
        "celda-sin-fuente": Code(
            "una celda afirma algo y no tiene fuente",
            "Cite en la celda, dé «citas» a la tabla entera o diga en «sin_fuente» por qué no la lleva. "
            "Un número propio se calcula con {= …}.",
            bad="filas:\n  - [Guadalete, bajó mucho]",
            good='filas:\n  - [Guadalete, "bajó mucho [@ruiz2020]"]',
            severity=Severity.WARNING,
        ),
        "arista-sin-fuente": Code(
            "una arista de un grafo no tiene fuente",
            "Decir que dos cosas se comunican es una afirmación. Dé «citas» a la arista o, con la razón, «sin_fuente».",
            bad="- {de: presa, a: vega, descripcion: Agua}",
            good="- {de: presa, a: vega, descripcion: Agua, citas: [ruiz2020]}",
            severity=Severity.WARNING,
        ),
        "dispensa-sin-motivo": Code(
            "una dispensa no da una razón",
            "«sin_fuente» y «supuesto» se admiten con una frase que diga por qué. Una palabra no basta.",
            bad="sin_fuente: obvio",
            good="sin_fuente: Resume lo que se dijo antes",
        ),
        "dispensa-sin-objeto": Code(
            "una dispensa no dispensa nada",
            "Lo que la lleva ya tiene fuente, o no la debe. Quítela: así las que quedan significan algo.",
            bad="- texto: El caudal bajó [@ruiz2020].\n  sin_fuente: Resume lo que se dijo antes",
            good="- texto: El caudal bajó [@ruiz2020].",
            severity=Severity.WARNING,
        ),
        "medicion-sin-dispersion": Code(
            "una medición propia se repitió y no dice cuánto se apartan unas medidas de otras",
            "Una mediana o una media sola no dice si otra medida saldría igual. Dé los cuartiles, los extremos o la "
            "desviación típica.",
            bad="repeticiones: 9",
            good="repeticiones: 9\ndispersion: extremos, 16,8 y 19,1 s",
            severity=Severity.WARNING,
        ),
        "exigencia-incumplida": Code(
            "el informe no cumple una exigencia de la rúbrica",
            "La frase señalada es la del encargo. Complete lo que falta donde dice el mensaje.",
            bad="figuras: 1          # y el informe no tiene ninguna",
            good="respuestas: 1",
        ),
        "exigencia-sin-condicion": Code(
            "una exigencia de la rúbrica no pide nada, o pide lo imposible",
            "Sin una condición que se pueda comprobar, la exigencia se daría por cumplida siempre. "
            "docs/guia/rubrica.md reúne las condiciones.",
            bad="- encargo: Describa el caudal",
            good="- encargo: Describa el caudal\n  menciona: [caudal]",
        ),
        "exigencia-ajena": Code(
            "la frase de una exigencia no está en el enunciado de su actividad",
            "Copie la frase del encargo tal cual, o corrija el número de la actividad.",
            bad="encargo: Mida el caudal",
            good="encargo: Describa el caudal",
            severity=Severity.WARNING,
        ),
        "codigo-desconocido": Code(
            "«gravedad» nombra un código que no existe",
            "Los códigos son los de esta página; van al final de cada mensaje, entre corchetes.",
            bad="gravedad: {sin-menciones: nada}",
            good="gravedad: {sin-mencionar: nada}",
        ),
        "gravedad-fija": Code(
            "«gravedad» rebaja un error que no se puede rebajar",
            "Con ese error el informe no se puede imprimir o quedaría una frase sin fuente. Corríjalo en su lugar.",
            bad="gravedad: {cita-desconocida: aviso}",
            good="gravedad: {parrafo-sin-cita: aviso}",
            severity=Severity.WARNING,
        ),
        "valor-sin-usar": Code(
            "nada usa un valor",
            "Ni un texto, ni una fórmula, ni una gráfica, ni una tabla de valores. Úselo o bórrelo.",
            bad="Bajó el caudal.          # y paper/datos/rio.yaml define «caudal»",
            good="Bajaron {= rio.caudal} metros cúbicos.",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "nodo-aislado": Code(
            "ninguna arista llega a un nodo ni sale de él",
            "Suele faltar una arista. Únalo o quítelo.",
            bad="vega: {titulo: Vega}\npozo: {titulo: Pozo}",
            good="vega: {titulo: Vega}",
            severity=Severity.WARNING,
        ),
        "marca-decimal-mezclada": Code(
            "unos números llevan coma decimal y otros punto",
            "Quien lee no sabe si el punto separa millares. En español se escribe la coma, como en los números "
            "que calcula Imprenta.",
            bad='- [Guadalete, "3,4"]\n- [Barbate, "2.1"]',
            good='- [Guadalete, "3,4"]\n- [Barbate, "2,1"]',
            severity=Severity.WARNING,
        ),
        "texto-provisional": Code(
            "un texto parece provisional",
            "Quedó una señal de que falta algo (TODO, XXX, «[completar]», lorem ipsum, puntos suspensivos solos). "
            "Escriba lo que falta o quítela.",
            bad="TODO: decir cuánto llovió.",
            good="Llovió menos.",
            severity=Severity.WARNING,
            language="markdown",
        ),
        "dato-anticuado": Code(
            "un dato que se da por actual es demasiado viejo",
            "El límite es «vigencia_meses» de paper/informe.yaml. Actualice el dato y su fecha, o no lo dé por actual.",
            bad="A fecha de mayo de 2021 no llueve.",
            good="A fecha de mayo de 2024 no llueve.",
            severity=Severity.WARNING,
            language="markdown",
        ),
    },
)
