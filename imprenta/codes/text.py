"""The codes of the author's texts: Markdown, citations as they are written, formulas, notes, references."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

TEXT = Family(
    "El texto",
    {
        "abreviatura-sin-usar": Code(
            "ningún texto usa una de las «abreviaturas»",
            "La lista de abreviaturas se hace con las que el informe usa. Escríbala en el texto o quítela.",
            bad="abreviaturas: {OMS: Organización Mundial de la Salud}",
            good="# abreviaturas: {OMS: Organización Mundial de la Salud}",
            severity=Severity.WARNING,
        ),
        "termino-sin-usar": Code(
            "ningún texto usa uno de los términos del «glosario»",
            "El glosario se hace con los términos que el informe usa, en singular o en plural. Escríbalo en el "
            "texto o quítelo.",
            bad="glosario: {nodo: Cada máquina de un clúster.}",
            good="# glosario: {nodo: Cada máquina de un clúster.}",
            severity=Severity.WARNING,
        ),
        "texto-largo": Code(
            "un título, un pie o un encabezado es tan largo que no cabe con lo que encabeza",
            "Estos textos van enteros en una página y se repiten en los índices: caben 2000 letras, y en el encabezado "
            "de una columna, según su anchura, unas 15 líneas. Deje lo esencial y pase el resto a un párrafo.",
            bad="pie: Aquí van más de dos mil letras…",
            good="pie: Estación de aforo",
            language="yaml",
        ),
        "cita-mal-escrita": Code(
            "una cita no se entiende",
            "Mal escrita, saldría como texto y la frase quedaría sin fuente. Una cita es «[@clave]», "
            "«[véase @a; @b]», «[@clave, sec. 2]» o, sin el autor, «[-@clave]», que va sola.",
            bad="Llovió menos [@ruiz2020 p. 4].",
            good="Llovió menos [@ruiz2020, p. 4].",
            language="markdown",
        ),
        "referencia-mal-escrita": Code(
            "una referencia entre llaves no se entiende",
            "Saldría impresa tal cual. Se escribe {figura:id}, {tabla:id} o {seccion:id}, sin tildes y en español.",
            bad="Véase la {sección:caudal}.",
            good="Véase la {seccion:caudal}.",
            language="markdown",
        ),
        "llave-sin-cerrar": Code(
            "falta una llave que cierra",
            "Lo que empieza como número, fuente o referencia no se cierra y saldría tal cual. "
            "Ciérrelo con «}» o, si es texto, escriba «\\{».",
            bad="Véase la {seccion:caudal.",
            good="Véase la {seccion:caudal}.",
            language="markdown",
        ),
        "expresion-vacia": Code(
            "falta la expresión entre «{=» y «}»",
            "No hay nada que calcular ni imprimir. Escriba el nombre de un valor o una operación.",
            bad="Son {= } litros.",
            good="Son {= 3 * 4} litros.",
            language="markdown",
        ),
        "decimales-mal-escritos": Code(
            "tras la barra no hay un número de decimales",
            "Lo que sigue a la barra dice con cuántos decimales se imprime el número: una o dos cifras.",
            bad="Son {= 10 / 4 | uno} litros.",
            good="Son {= 10 / 4 | 1} litros.",
            language="markdown",
        ),
        "fuentes-mal-escritas": Code(
            "«{fuentes: …}» no nombra valores",
            "Dentro van nombres de valores, «archivo.nombre», separados por comas: salen las citas de sus fuentes.",
            bad="Así consta {fuentes: el caudal}.",
            good="Así consta {fuentes: rio.caudal}.",
            language="markdown",
        ),
        "matematica-sin-cerrar": Code(
            "falta el «$$» que cierra una fórmula",
            "Desde ahí no se sabe qué es fórmula y qué es texto. Ciérrela o, si los signos son texto, "
            "escriba «\\$\\$».",
            bad="El caudal es $$Q = A v.",
            good="El caudal es $$Q = A v.$$",
            language="markdown",
        ),
        "simbolo-sin-formula": Code(
            "«donde» explica un símbolo que no está en su fórmula, o dos veces el mismo",
            "Quien lee busca en la fórmula lo que se explica debajo. Escriba el símbolo como en ella, o quítelo.",
            bad="donde: [{simbolo: w, significado: la velocidad}]",
            good="donde: [{simbolo: v, significado: la velocidad}]",
            severity=Severity.WARNING,
        ),
        "matematica-no-admitida": Code(
            "una fórmula tiene algo que no se puede componer",
            "Se admiten los símbolos, órdenes y entornos de matemáticas de LaTeX y amsmath, con sus llaves "
            "y pares completos. Corrija lo señalado.",
            bad="El caudal es $\\fracc{V}{t}$.",
            good="El caudal es $\\frac{V}{t}$.",
            language="markdown",
        ),
        "caracter-sin-glifo": Code(
            "las letras del documento no tienen un signo",
            "En el PDF saldría un recuadro. Escríbalo con palabras o con otro signo.",
            bad="El caudal sube 📈.",
            good="El caudal sube ↑.",
            language="markdown",
        ),
        "enlace-no-admitido": Code(
            "un enlace no lleva a una dirección de la web ni a un correo",
            "Quien lee el PDF no tiene los archivos del autor. Enlace a «https://…» o «mailto:…».",
            bad="Véase el [mapa](mapa.pdf).",
            good="Véase el [mapa](https://example.org/mapa.pdf).",
            language="markdown",
        ),
        "imagen-en-texto": Code(
            "hay una imagen dentro de un texto",
            "Una imagen necesita pie, número y texto alternativo: va en figures/ y se coloca con «figura:».",
            bad="![El río](https://example.org/rio.png)",
            good="Véase [el río](https://example.org/rio.png).",
            language="markdown",
        ),
        "tabla-en-texto": Code(
            "hay una tabla dentro de un texto",
            "Una tabla necesita título y número: va en paper/tablas/ y se coloca con «tabla:».",
            bad="mes | caudal\n--- | ---\nenero | 12",
            good="En enero el caudal fue 12.",
            language="markdown",
        ),
        "titulo-en-texto": Code(
            "hay un título dentro de un texto",
            "Los títulos se numeran y van al índice: son «titulo:» y «apartado:». Si «#» es texto, escriba «\\#».",
            bad="# Método",
            good="\\# es el signo del sostenido.",
            language="markdown",
        ),
        "raya-en-texto": Code(
            "hay una raya de separación dentro de un texto",
            "El informe separa sus partes con «apartado:». Borre la raya.",
            bad="Fin del primer tramo.\n\n***",
            good="Fin del primer tramo.",
            language="markdown",
        ),
        "listas-muy-hondas": Code(
            "hay demasiados niveles de listas",
            "LaTeX compone cuatro niveles, y quien lee se pierde antes. Aplane la lista o pártala en apartados.",
            bad="- a\n  - b\n    - c\n      - d\n        - e",
            good="- a\n  - b\n    - c\n      - d",
            language="markdown",
        ),
        "codigo-sin-cerrar": Code(
            "un bloque de código no se cierra",
            "Todo lo que sigue saldría como código. Ciérrelo con los mismos acentos graves en una línea aparte.",
            bad="```\nmedir --caudal",
            good="```\nmedir --caudal\n```",
            language="text",
        ),
        "nota-sin-texto": Code(
            "se llama a una nota al pie que no tiene texto",
            "La llamada saldría sin nota. Escriba el texto en el mismo bloque: «[^1]: texto».",
            bad="Llovió menos[^1].",
            good="Llovió menos[^1].\n\n[^1]: Desde 2019.",
            language="markdown",
        ),
        "nota-sin-llamada": Code(
            "nadie llama a una nota al pie",
            "La nota no se imprimiría. Ponga la llamada «[^1]» en el texto o borre la nota.",
            bad="Llovió menos.\n\n[^1]: Desde 2019.",
            good="Llovió menos[^1].\n\n[^1]: Desde 2019.",
            language="markdown",
        ),
        "nota-repetida": Code(
            "una nota al pie tiene dos textos",
            "Solo se imprimiría el primero. Dé otro nombre a la segunda nota y a su llamada, o bórrela.",
            bad="Llovió menos[^1].\n\n[^1]: Desde 2019.\n\n[^1]: Desde 2020.",
            good="Llovió menos[^1].\n\n[^1]: Desde 2019.",
            language="markdown",
        ),
        "nota-dentro-de-nota": Code(
            "una nota al pie llama a otra",
            "Las notas no se anidan. Junte los dos textos en una nota.",
            bad="Llovió menos[^1].\n\n[^1]: Desde 2019[^2].\n\n[^2]: En la sierra.",
            good="Llovió menos[^1].\n\n[^1]: Desde 2019, en la sierra.",
            language="markdown",
        ),
        "nota-fuera-de-lugar": Code(
            "un título, un pie, un rótulo o una celda llama a una nota al pie",
            "Ahí no cabe una nota: se repetiría en el índice o caería fuera de la tabla. "
            "La explicación va en el texto, o en «nota:» de la tabla.",
            bad="titulo: El caudal[^1]",
            good="titulo: El caudal desde 2019",
        ),
        "bloque-fuera-de-lugar": Code(
            "un título, un pie, un rótulo o una celda lleva un bloque que ahí no cabe",
            "Los títulos, pies y rótulos son un solo párrafo; las celdas admiten listas y código, pero no citas "
            "en bloque. Lleve el bloque al texto.",
            bad="titulo: |\n  - El caudal\n  - El nivel",
            good="titulo: El caudal y el nivel",
        ),
        "marca-fuera-de-lugar": Code(
            "un rótulo, un nombre o un texto alternativo lleva una cita o un número calculado",
            "Lo que se dibuja, lo que se oye en lugar de un dibujo y el nombre de quien firma son palabras sin más: "
            "una cita o un número calculado no llegarían al papel. Las fuentes van en «citas», y lo demás en el pie.",
            bad="titulo: Arcos [@ruiz2020]",
            good="titulo: Arcos",
        ),
    },
)
