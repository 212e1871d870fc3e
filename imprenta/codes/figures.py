"""The codes of graphs and plots."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

FIGURES = Family(
    "Los grafos y las gráficas",
    {
        "icono-desconocido": Code(
            "un nodo pide un icono que no existe",
            "Los iconos son los de la biblioteca diagrams: proveedor.tipo.Nombre, con sus mayúsculas.",
            bad="presa: {titulo: Presa, icono: onprem.container.Doker}",
            good="presa: {titulo: Presa, icono: onprem.container.Docker}",
        ),
        "nodo-desconocido": Code(
            "una arista o una fila nombra un nodo que no existe",
            "Los nodos están en «nodos» de la misma figura. Corrija el identificador o añada el nodo.",
            bad="- {de: presa, a: pueblo, descripcion: Agua, citas: [ruiz2020]}",
            good="- {de: presa, a: vega, descripcion: Agua, citas: [ruiz2020]}",
        ),
        "grupo-desconocido": Code(
            "un nodo o un grupo está en un grupo que no existe",
            "Los grupos están en «grupos» de la misma figura. Corrija el identificador o añada el grupo.",
            bad="presa: {titulo: Presa, grupo: siera}",
            good="presa: {titulo: Presa, grupo: sierra}",
        ),
        "clase-desconocida": Code(
            "una arista es de una clase que no existe",
            "Las clases están en «clases» de la misma figura y dan el trazo y la leyenda.",
            bad="- {de: presa, a: vega, clase: riegos, descripcion: Agua, citas: [ruiz2020]}",
            good="- {de: presa, a: vega, clase: riego, descripcion: Agua, citas: [ruiz2020]}",
        ),
        "grupo-circular": Code(
            "un grupo está dentro de sí mismo",
            "Dos grupos no pueden contenerse el uno al otro. Quite uno de los «dentro_de».",
            bad="sierra: {titulo: Sierra, dentro_de: sierra}",
            good="sierra: {titulo: Sierra}",
        ),
        "parte-sin-dibujar": Code(
            "de una parte de un grafo no se dibuja nada",
            "Un grupo sin nodos no tiene recuadro, una clase sin aristas no sale en la leyenda y un nodo está en una "
            "sola fila. Quite lo que sobra o complete lo que falta.",
            bad="granja: {titulo: Granja, grupo: sierra}",
            good="granja: {titulo: Granja, grupo: valle}",
            severity=Severity.WARNING,
        ),
        "figura-no-cabe": Code(
            "un grafo no cabe en la página con letra legible",
            "Ninguna letra baja de 7 puntos. Reparta el grafo en dos figuras, acorte los rótulos, ponga menos nodos "
            "por fila o gire la página con «apaisada: sí».",
            bad="filas: [[n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11, n12]]",
            good="filas: [[n01, n02, n03, n04], [n05, n06, n07, n08], [n09, n10, n11, n12]]",
        ),
        "imagen-sin-alternativa": Code(
            "una imagen no dice con palabras lo que enseña",
            "Quien no ve la imagen oye su texto alternativo; sin él, solo el pie. Escriba en una frase lo que se ve.",
            bad="- imagen: croquis.png",
            good="- imagen: croquis.png\n  alternativa: El río baja de la sierra.",
            severity=Severity.WARNING,
        ),
        "grafica-sin-funcion": Code(
            "el programa de una gráfica no define «dibujar»",
            "Imprenta llama a «dibujar(ejes, datos)». Dé ese nombre y esos dos argumentos a la función.",
            bad="def pintar(ejes, datos):",
            good="def dibujar(ejes, datos):",
            language="python",
        ),
        "grafica-fallida": Code(
            "el programa de una gráfica falló",
            "Se muestra lo que dijo Python y la línea del programa en que falló. "
            "También se dice si tarda demasiado o pide datos que la figura no nombra.",
            bad='    ejes.plot(datos["rio"]["caudl"])',
            good='    ejes.plot(datos["rio"]["caudal"])',
            language="python",
        ),
        "grafica-aviso": Code(
            "el programa de una gráfica, o Graphviz con un grafo, causa un aviso",
            "matplotlib o Graphviz hicieron el dibujo, pero avisan de algo que suele estropearlo. Corrija la línea "
            "señalada; los avisos de Graphviz señalan el pie del grafo.",
            bad="    ejes.set_xlim(1, 1)",
            good="    ejes.set_xlim(1, 2)",
            severity=Severity.WARNING,
            language="python",
        ),
        "letra-ausente": Code(
            "las letras de una gráfica no tienen un signo",
            "Saldría un recuadro. Escríbalo con palabras o como orden de matemáticas entre $…$.",
            bad='    ejes.set_xlabel("río 河")',
            good='    ejes.set_xlabel("río")',
            language="python",
        ),
        "letra-pequena": Code(
            "una gráfica tiene letra demasiado pequeña",
            "Impresa, no se leería. Dele al menos el tamaño que pide el mensaje.",
            bad='    ejes.set_xlabel("mes", fontsize=4)',
            good='    ejes.set_xlabel("mes", fontsize=8)',
            language="python",
        ),
        "contraste-bajo": Code(
            "un texto o una curva de una gráfica apenas se distingue de su fondo",
            "Quien ve poco, o imprime en gris, no lo lee. Un texto pide un contraste de 4,5 con lo que tiene detrás; "
            "uno de 18 puntos y una curva, de 3 (WCAG 2.2). Dele un color más oscuro.",
            bad='    ejes.set_xlabel("mes", color="0.6")',
            good='    ejes.set_xlabel("mes", color="0.3")',
            severity=Severity.WARNING,
            language="python",
        ),
        "rotulos-encimados": Code(
            "los rótulos de un eje se montan unos sobre otros",
            "No se pueden leer. Gírelos, acórtelos, ponga menos o use barras horizontales (barh).",
            bad='    ejes.set_xticks([1, 1.1, 2], ["la crecida de enero", "la crecida de mayo", "junio"])',
            good='    ejes.set_xticks([1, 1.5, 2], ["enero", "mayo", "junio"])',
            severity=Severity.WARNING,
            language="python",
        ),
        "datos-sin-dibujar": Code(
            "de los datos de una gráfica no se ve una parte, o nada",
            "Una serie sin valores finitos, ceros o negativos en un eje logarítmico, valores infinitos, un punto "
            "suelto sin marca. De un hueco (nan) entre valores no se dice nada.",
            bad='    ejes.set_yscale("log")',
            good='    ejes.set_yscale("symlog")',
            severity=Severity.WARNING,
            language="python",
        ),
        "texto-fuera": Code(
            "un texto se sale de una gráfica",
            "La parte de fuera no se imprime. Cámbielo de lugar, acórtelo o dé más «alto» a la gráfica.",
            bad='    ejes.text(1, 3.2, "crecida del año", in_layout=False)',
            good='    ejes.text(0.2, 3.2, "crecida del año", in_layout=False)',
            severity=Severity.WARNING,
            language="python",
        ),
    },
)
