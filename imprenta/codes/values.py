"""The codes of values, formulas and the numbers that texts mention."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

VALUES = Family(
    "Los valores y las fórmulas",
    {
        "valor-sin-fuente": Code(
            "un valor no dice de dónde sale",
            "Todo número del informe tiene fuente («citas») o es una hipótesis con su razón («supuesto»). "
            "También se dice de «{fuentes: …}» si los valores que nombra no tienen ninguna.",
            bad="caudal: {concepto: Caudal, valor: 3.4}",
            good="caudal: {concepto: Caudal, valor: 3.4, citas: [ruiz2020]}",
            severity=Severity.WARNING,
        ),
        "valor-ausente": Code(
            "un valor no tiene «valor» ni «formula»",
            "No hay número que imprimir. Dé una de las dos claves.",
            bad="caudal: {concepto: Caudal, citas: [ruiz2020]}",
            good="caudal: {concepto: Caudal, citas: [ruiz2020], valor: 3.4}",
        ),
        "valor-y-formula": Code(
            "un valor tiene «valor» y «formula»",
            "No se sabe cuál de los dos números vale. Deje uno.",
            bad="anual: {concepto: Al año, formula: caudal * 365, valor: 1241}",
            good="anual: {concepto: Al año, formula: caudal * 365}",
        ),
        "valor-fuera-de-limites": Code(
            "un valor no se puede calcular con él",
            "Los números son menores que 1e100 y una lista tiene entre uno y mil.",
            bad="meses: {concepto: Meses, valor: [], citas: [ruiz2020]}",
            good="meses: {concepto: Meses, valor: [1, 2], citas: [ruiz2020]}",
        ),
        "valor-desconocido": Code(
            "se nombra un valor que no existe",
            "En el texto se escribe «archivo.nombre»; en una fórmula basta el nombre si es del mismo archivo.",
            bad="Bajaron {= rio.caudl} metros cúbicos.",
            good="Bajaron {= rio.caudal} metros cúbicos.",
            language="markdown",
        ),
        "nombre-mal-escrito": Code(
            "el nombre de un valor no se puede usar en una fórmula",
            "Los nombres llevan minúsculas sin tilde, cifras y «_», y no empiezan por cifra.",
            bad="caudal-medio: {concepto: Caudal, valor: 3.4, citas: [ruiz2020]}",
            good="caudal_medio: {concepto: Caudal, valor: 3.4, citas: [ruiz2020]}",
        ),
        "formula-mal-escrita": Code(
            "una fórmula no se entiende",
            "Se admiten números con punto decimal, nombres de valores, + - * / **, paréntesis, comparaciones, "
            "«a if condición else b» y las funciones de la guía.",
            bad="anual: {concepto: Al año, formula: caudal x 365}",
            good="anual: {concepto: Al año, formula: caudal * 365}",
        ),
        "formula-sin-resultado": Code(
            "una fórmula no da un número",
            "Divide entre cero, junta listas de distinta longitud o pasa de los límites. "
            "Revise los valores de los que depende.",
            bad="anual: {concepto: Al año, formula: 365 / (caudal - caudal)}",
            good="anual: {concepto: Al año, formula: 365 / caudal}",
        ),
        "formula-circular": Code(
            "unas fórmulas dependen unas de otras en círculo",
            "Ninguna se puede calcular primero. Dé un valor a una de ellas.",
            bad="anual: {concepto: Al año, formula: mensual * 12}\nmensual: {concepto: Al mes, formula: anual / 12}",
            good="anual: {concepto: Al año, formula: mensual * 12}\nmensual: {concepto: Al mes, formula: caudal * 30}",
        ),
        "funcion-desconocida": Code(
            "una fórmula llama a una función que no existe",
            "Las funciones están en docs/guia/numeros.md, con su nombre en español.",
            bad="entero: {concepto: Entero, formula: round(caudal)}",
            good="entero: {concepto: Entero, formula: redondeo(caudal)}",
        ),
        "funcion-mal-usada": Code(
            "una función recibe más o menos argumentos de los que lleva",
            "Los argumentos se separan con comas y los decimales se escriben con punto.",
            bad='entero: {concepto: Entero, formula: "piso(3,4)"}',
            good='entero: {concepto: Entero, formula: "piso(3.4)"}',
        ),
        "lista-en-texto": Code(
            "el texto imprime una lista como si fuera un número",
            "En una frase cabe un número: «minimo(…)» y «maximo(…)» sacan uno, y una tabla con «para» los recorre.",
            bad="Los meses son {= rio.meses}.",
            good="El último mes es {= maximo(rio.meses)}.",
            language="markdown",
        ),
        "precision-excesiva": Code(
            "un número calculado sale con más cifras de las que se saben",
            "Pasa en más de tres cifras significativas al más preciso de los datos de los que sale. Diga "
            "cuántos decimales se escriben: «{= … | 1}», o «decimales» en el valor o en la columna.",
            bad="Cada día pasan {= rio.caudal / 7} metros cúbicos.",
            good="Cada día pasan {= rio.caudal / 7 | 1} metros cúbicos.",
            language="markdown",
            severity=Severity.WARNING,
        ),
        "datos-desconocidos": Code(
            "una gráfica pide un archivo de datos que no existe",
            "«datos» nombra archivos de paper/datos sin su terminación. "
            "Corrija el nombre, o el archivo si tiene errores.",
            bad="datos: [rios]",
            good="datos: [rio]",
        ),
    },
)
