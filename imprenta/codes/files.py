"""The codes of the YAML files: how they are stored, their syntax, their keys and values."""

from __future__ import annotations

from imprenta.codes.code import Code, Family
from imprenta.problems import Severity

FILES = Family(
    "Los archivos de datos",
    {
        "archivo-ilegible": Code(
            "no hay un archivo que hace falta, o no se puede leer",
            "Los datos nombran un archivo que no está en su carpeta. Corrija el nombre o ponga el archivo.",
            bad="imagen: croqis.png",
            good="imagen: croquis.png",
        ),
        "archivo-vacio": Code(
            "un archivo de datos está vacío",
            "Un archivo sin datos no es una sección, ni una tabla, ni una figura. Escriba su contenido o bórrelo.",
            bad="# paper/secciones/caudal.yaml, sin nada más",
            good="titulo: El caudal\ncontenido:\n  - texto: El caudal bajó [@ruiz2020].",
        ),
        "archivo-sin-usar": Code(
            "un archivo no se imprime",
            "Nada coloca esta sección, figura o tabla, y no llega al PDF. Colóquela o borre el archivo.",
            bad="secciones: [caudal]          # y existe paper/secciones/metodo.yaml",
            good="secciones: [caudal, metodo]",
            severity=Severity.WARNING,
        ),
        "nombre-de-archivo": Code(
            "el nombre de un archivo no sirve de identificador",
            "El nombre del archivo es el identificador con que se menciona: minúsculas sin tilde, cifras y guiones, "
            "con la terminación «.yaml».",
            bad="paper/tablas/Caudal_medio.yaml",
            good="paper/tablas/caudal-medio.yaml",
            language="text",
        ),
        "csv-mal-escrito": Code(
            "un archivo CSV no se entiende",
            "La primera fila lleva un título por columna, y todas las demás tienen tantas celdas como títulos. Se "
            "separan con punto y coma, tabulador, barra o coma; una celda que lleva el separador va entre comillas.",
            bad="enero;12;7",
            good="enero;12",
            language="text",
        ),
        "columna-sin-numeros": Code(
            "una columna de números tiene una celda que no es un número",
            "Los números van sin unidades ni separador de millares, con coma o con punto decimal, pero siempre con la "
            "misma marca en una columna. La celda sin dato se deja vacía.",
            bad="febrero;9 mm",
            good="febrero;9",
            language="text",
        ),
        "columna-con-huecos": Code(
            "en una columna de números faltan valores",
            "En la gráfica queda un hueco. Complete el dato o, si no lo hay, deje el aviso en «nada».",
            bad="febrero;",
            good="febrero;9",
            severity=Severity.WARNING,
            language="text",
        ),
        "columna-desconocida": Code(
            "se nombra una columna que no existe",
            "Las columnas se llaman como su título en la tabla o en la primera fila del archivo CSV.",
            bad="series: [luvia]",
            good="series: [lluvia]",
        ),
        "columnas-desiguales": Code(
            "dos columnas que van juntas no tienen tantos valores una como otra",
            "A cada posición del eje x le toca un valor, y a cada valor, una barra de error. Complete la más corta.",
            bad="lluvia: [12, 9, 4]",
            good="lluvia: [12, 9]",
        ),
        "no-confiable": Code(
            "algo se dejó fuera de un informe en cuyo autor no se confía",
            "Con --untrusted, y en un lote, no se usan las plantillas del informe, no se ejecutan sus programas "
            "(figures/*.py), no se sigue ningún enlace y no se lee lo que no sea un archivo corriente. Lo demás se "
            "construye igual, en una copia. No cuenta como aviso para --strict.",
            bad="python3 build.py --untrusted",
            good="python3 build.py",
            severity=Severity.WARNING,
            language="text",
        ),
        "no-utf8": Code(
            "un archivo no está en UTF-8",
            "Guardado en otra codificación, las tildes y las eñes se leerían mal. "
            "Vuelva a guardarlo eligiendo UTF-8 en el editor.",
            bad="titulo: El r�o",
            good="titulo: El río",
        ),
        "caracter-prohibido": Code(
            "hay un carácter de control",
            "YAML no admite caracteres invisibles de control, que suelen llegar al pegar de otro programa. "
            "Borre el carácter y escriba la palabra de nuevo.",
            bad="titulo: El ␇caudal",
            good="titulo: El caudal",
        ),
        "yaml-mal-escrito": Code(
            "el archivo no se entiende como YAML",
            "Lo más frecuente es un texto con dos puntos, corchetes o comillas sin entrecomillar, o una sangría "
            "desigual. Ponga el texto entre comillas o iguale la sangría.",
            bad="tema: Hidrología: caudales",
            good='tema: "Hidrología: caudales"',
        ),
        "yaml-alias": Code(
            "hay un alias o un ancla de YAML",
            "Los alias («*nombre») y sus anclas («&nombre») obligan a buscar en otra parte lo que se lee. Escriba el "
            "valor donde se necesita; un texto que empieza por * o & va entre comillas.",
            bad="periodo: &p 2024-1\ntema: *p",
            good="periodo: 2024-1\ntema: Caudales",
        ),
        "yaml-etiqueta": Code(
            "hay una etiqueta de YAML",
            "El tipo de cada dato lo decide su clave; las etiquetas («!nombre») no se admiten. "
            "Un texto que empieza por ! va entre comillas.",
            bad="tema: !importante Caudales",
            good='tema: "!importante Caudales"',
        ),
        "comentario-en-texto": Code(
            "un comentario puede ser parte de un texto",
            "En un texto sin comillas, « #» empieza un comentario, y lo que sigue en la línea no se imprime. Si es "
            "parte del texto, ponga el texto entre comillas; si es un comentario, sepárelo con dos espacios o más.",
            bad="titulo: El caudal del tramo C # y del tramo D",
            good='titulo: "El caudal del tramo C # y del tramo D"',
            severity=Severity.WARNING,
        ),
        "lineas-unidas": Code(
            "las líneas de una lista se unen en una sola",
            "Tras «>», entre comillas o sin ellas, YAML une en una sola las líneas seguidas de un texto; una lista, "
            "una cita en bloque o un bloque de código se perderían. Con «|» cada línea queda como está.",
            bad="  - texto: >\n      Midieron:\n      - el caudal\n      - la velocidad",
            good="  - texto: |\n      Midieron:\n      - el caudal\n      - la velocidad",
            severity=Severity.WARNING,
        ),
        "barra-en-comillas": Code(
            "una barra entre comillas dobles se lee como una orden de YAML",
            "Entre comillas dobles, «\\n» es un salto de línea, «\\t» un tabulador y «\\_» un espacio: la barra y la "
            "letra no se imprimen. Entre comillas simples la barra es una barra.",
            bad='tema: "La carpeta C:\\nuevo"',
            good="tema: 'La carpeta C:\\nuevo'",
            severity=Severity.WARNING,
        ),
        "clave-desconocida": Code(
            "una clave no existe en este lugar",
            "Una clave mal escrita se perdería sin aviso; por eso se rechaza. "
            "Corrija la clave; docs/guia/datos.md las reúne.",
            bad="subtítulo: Cuenca alta",
            good="subtitulo: Cuenca alta",
        ),
        "clave-repetida": Code(
            "una clave está dos veces",
            "De dos valores para la misma clave solo uno puede valer. Deje el que corresponde.",
            bad="tema: Caudales\ntema: Crecidas",
            good="tema: Crecidas",
        ),
        "clave-no-admitida": Code(
            "una clave es una lista o un mapa",
            "Las claves son palabras. Suele ser un corchete o una llave al principio de la línea.",
            bad="[tema]: Caudales",
            good="tema: Caudales",
        ),
        "clave-sobrante": Code(
            "una sección tiene «respuesta» y «contenido»",
            "Una sección responde a un encargo («respuesta») o no («contenido»). Junte los bloques en una de las dos.",
            bad="respuesta:\n  - texto: El río nace en la sierra [@ruiz2020].",
            good="  - texto: El río nace en la sierra [@ruiz2020].",
        ),
        "falta-clave": Code(
            "falta una clave obligatoria",
            "Sin ella no se puede imprimir la parte que la pide. Añada la clave en el lugar señalado.",
            bad="autores:\n  - {apellidos: Ruiz}",
            good="autores:\n  - {nombre: Ana, apellidos: Ruiz}",
        ),
        "valor-vacio": Code(
            "una clave no tiene valor",
            "No se sabe si el valor se olvidó o si falta a propósito. Escríbalo o borre la clave; "
            'un texto vacío se escribe "".',
            bad="tema:",
            good="tema: Caudales",
        ),
        "valor-no-admitido": Code(
            "un valor no es uno de los que se admiten",
            "La clave solo conoce ciertas palabras, o números y cantidades dentro de ciertos límites. "
            "El mensaje dice cuáles.",
            bad="estilo_citas: harvard",
            good="estilo_citas: apa",
        ),
        "tipo-equivocado": Code(
            "un valor no es de la clase que se espera",
            "Se esperaba un texto, un número, una fecha, una lista o un mapa, y hay otra cosa. "
            "Suele faltar una comilla, un corchete o un guion.",
            bad="fecha: mayo de 2024",
            good="fecha: 2024-05",
        ),
        "seccion-desconocida": Code(
            "«secciones» nombra una sección que no existe",
            "Cada nombre de la lista es un archivo de paper/secciones. Corrija el nombre o escriba la sección.",
            bad="secciones: [caudales]",
            good="secciones: [caudal]",
        ),
        "incluye-ajeno": Code(
            "se incluye un archivo de una carpeta que no se comparte",
            "De fuera de su carpeta, un informe solo lee lo que se le ofrece: lo que está en una carpeta que tiene un "
            "archivo «compartida.txt», aunque esté vacío, o más adentro. Póngalo en ella, si es suya, o copie lo que "
            "se incluye.",
            bad="- incluye: ../../../comun/aviso.yaml",
            good="- incluye: ../comun/aviso.yaml",
        ),
        "incluye-circular": Code(
            "un archivo se incluye a sí mismo",
            "También a través de otro: no acabaría nunca. Quite una de las inclusiones.",
            bad="- incluye: aviso.yaml",
            good="- texto: El río baja.",
        ),
        "seccion-repetida": Code(
            "una sección está dos veces en «secciones»",
            "Se imprimiría dos veces. Borre una de las dos.",
            bad="secciones: [caudal, caudal]",
            good="secciones: [caudal]",
        ),
    },
)
