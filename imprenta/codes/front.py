"""The codes of what stands before the text: the cover."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

FRONT = Family(
    "La portada",
    {
        "afiliacion-desconocida": Code(
            "un autor nombra una institución que no está en «afiliaciones»",
            "«afiliaciones» del informe da a cada institución una clave, y cada autor nombra las suyas por ella. "
            "Corrija la clave o añada la institución.",
            bad="afiliaciones: [uva]",
            good="afiliaciones: [univalle]",
        ),
        "afiliacion-sin-usar": Code(
            "una institución de «afiliaciones» no es de ningún autor",
            "No saldría en la portada. Póngala en «afiliaciones» de quien trabaja en ella, o bórrela.",
            bad="afiliaciones: {univalle: Universidad del Valle, icesi: Universidad Icesi}",
            good="afiliaciones: {univalle: Universidad del Valle}",
            severity=Severity.WARNING,
        ),
        "portada-incompleta": Code(
            "a la portada de una norma le falta algo de lo que la norma pide",
            "ICONTEC (NTC 1486) pide tipo, docente, institución, programa, ciudad y fecha; APA 7, institución, curso, "
            "docente y fecha. La institución puede ser la de los autores.",
            bad="portada: apa\ninstitucion: Universidad del Valle\ncurso: Hidráulica",
            good="portada: apa\ninstitucion: Universidad del Valle\ncurso: Hidráulica\ndocente: Eva Molina",
            severity=Severity.WARNING,
        ),
    },
)
