"""Words: the table of all that the engine prints by itself, one field a word -> the same field in each language.

Its fields have Spanish names, since templates read them: `\\VALOR{ palabras.curso }`. Braces stand for what a sentence
is about. A word that is missing in a language is an argument that is missing, which mypy names.
"""

from __future__ import annotations

from dataclasses import dataclass


# Compared by identity: there is one of each language, and it is part of many keys.
@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Words:
    """The words of one language."""

    # Parts of the document
    contenido: str
    lista_figuras: str
    lista_tablas: str
    lista_codigos: str
    lista_algoritmos: str
    resumen: str
    palabras_clave: str
    referencias: str
    abreviaturas: str
    glosario: str
    consultadas_el: str
    """What is said over the list of references when all pages were read on one day: a day, braces."""
    consultadas_en: str
    """The same for a month or a year."""
    salvo_otra_fecha: str
    """What ends either if some pages were read on another day."""

    # What texts refer to, inside a sentence, and what captions begin with
    figura: str
    tabla: str
    seccion: str
    anexo: str
    ecuacion: str
    punto: str
    titulo_mencionado: str
    """How the title of a section without a number, braces, stands in a sentence."""
    la_pagina: str
    """The word before the number of a page that a text refers to."""
    codigo: str
    teorema: str
    lema: str
    proposicion: str
    corolario: str
    definicion: str
    ejemplo: str
    algoritmo: str
    figuras: str
    """Several of what texts refer to, as are those that follow."""
    tablas: str
    secciones: str
    anexos: str
    ecuaciones: str
    codigos: str
    puntos: str
    algoritmos: str
    teoremas: str
    lemas: str
    proposiciones: str
    corolarios: str
    definiciones: str
    ejemplos: str
    hasta_numero: str
    """What stands between the first and the last of several numbers in a row: figures 1 to 3."""
    demostracion: str
    rotulo_figura: str
    rotulo_tabla: str
    rotulo_anexo: str
    rotulo_codigo: str
    referencia: str
    """What a link leads to, for who does not see it: a source, an address, or any other place."""
    sitio_externo: str
    otro_lugar: str
    formula: dict[str, str]
    """How the signs of formulas are said; braces stand for what is said of their parts."""
    limite_inferior: str
    limite_superior: str
    sumando: str
    """What leads from the limits of a sum to what is summed."""
    fraccion_simple: str
    fraccion: str
    raiz_simple: str
    raiz: str
    subindice_simple: str
    subindice: str
    al_cuadrado: str
    al_cubo: str
    exponente_simple: str
    exponente: str
    rotulo_enunciado: str
    """What the statement of the assignment begins with, over the section that answers it."""

    # What notices begin with, and the words of algorithms: braces stand for a condition or a value
    rotulo_nota: str
    rotulo_aviso: str
    rotulo_advertencia: str
    rotulo_consejo: str
    paso_si: str
    paso_sino: str
    paso_mientras: str
    paso_para: str
    paso_repetir: str
    paso_hasta: str
    paso_devolver: str
    donde: str
    """What stands before the symbols of a formula that are explained under it."""
    entrada: str
    salida: str
    continuacion: str
    borrador: str

    # The cover
    curso: str
    tema: str
    periodo: str
    docente: str

    # Sources and notes
    nota: str
    fuente: str
    fuentes: str
    pagina: str
    paginas: str
    """The short words before the page, or the pages, of a source: [1, p. 4]."""
    y: str
    y_ante_i: str
    """The same before the sound of i, where a language minds it."""
    y_otros: str
    """The first of several authors, braces, who stands for all."""
    medicion_propia: str
    """What a measurement of the author's own is called in the list of references."""
    una_medida: str
    repeticiones: str
    """How often it was made, braces, if more than once."""
    metodo_medicion: str
    """What stands before how it was made, before with what, and before the files of its data and its script."""
    equipo_medicion: str
    datos_medicion: str
    guion_medicion: str

    # Generated tables: the communications of a graph, and the values of a data file
    comunicaciones_de: str
    numero: str
    de: str
    a: str
    para_que: str
    protocolo: str
    puerto: str
    cifrado: str
    concepto: str
    valor: str
    unidad: str
    fecha: str
    fuente_o_supuesto: str
    calculo_propio: str
    supuesto: str

    # What heads the rows of totals of a table
    total: str
    media: str
    minimo: str
    maximo: str

    # What is told of a graph to who does not see it
    tiene: str
    elementos: tuple[str, str]
    """One, and many; so are the next two."""
    grupos: tuple[str, str]
    comunicaciones: tuple[str, str]
    uniones: tuple[str, str]
    el_grupo: str
    grupo: str
    fuera_de_grupos: str
    veces: str
    de_a: str
    entre: str
    entre_ambos: str
    numero_de_comunicacion: str
    """What the numbers in the drawing of a graph are."""
    ramas_de_linea: str
    """What the dots in it are."""
    frecuencia: str
    """What the y axis of a histogram counts."""

    # Dates
    meses: tuple[str, ...]
    meses_cortos: tuple[str, ...]
    dias: tuple[str, ...]
    """From Monday on."""
    dias_cortos: tuple[str, ...]
    fecha_dia: str
    """A date with its day: {dia}, {mes} (its name) and {anio}."""
    fecha_mes: str

    # What biblatex does not say, or not so
    presentado_en: str
    patente_japonesa: str
    consultado_el: str
    consultado_en: str
    serie: str
    publicado_originalmente: str
    obra_original: str
    sin_fecha: str
    hasta: str
    citado: str
    """What stands before the day on which a page was read, in the style of Vancouver."""
    en_internet: str
    disponible_en: str
    editado_por: str
