"""The engine's own templates, by what is in them: of these it is known what every line of theirs writes.

A template with another content, here or in a project, may write anything, so what it wrote is read.
`tests/test_house.py` compares the hashes with the files, and writes them anew with `IMPRENTA_REESCRIBE=1`: once it is
sure that the headings, captions, labels and pictures that the template writes are those that its values state.
"""

KNOWN_TEMPLATES: dict[str, str] = {
    "templates/apartado.tex.j2": "3d1b83f00f2cb8a0199f8db20c8e7ab126d2ebc1ededf72dd990d131710ecca1",
    "templates/bibliografia.tex.j2": "33784a721d4d37132a283b8acbb9f0b3fe86d31798e5b6a4432151545000b629",
    "templates/documento.tex.j2": "b4daf89754c37562f45b2249808bfc8064924aa46fe30d134bbb9ccd5fdd7de4",
    "templates/figura.tex.j2": "88cda63ddf71433564cdc5fd83e1c3219b966de94bb9da31c220210084ec0e95",
    "templates/marcado.tex.j2": "9e27a5265c65379384eab0acc97517847582bf47a2b5525e6ad8063f31007cf6",
    "templates/portada.tex.j2": "adb92ac10843c075efc76a530f1b3c8d44fe3c4f2dcfa32c98f5ffaf492b3f69",
    "templates/preambulo.tex.j2": "ddf86840608e2c508fced78c415e86a07497fe01b5ad11accb43cfccce362b39",
    "templates/resumen.tex.j2": "64bc50e6beda0d0402b87f9a39ad31d6a8f2a47b15a58e2241ba62cfc0b601e5",
    "templates/seccion.tex.j2": "3db9347926d530a2c8104f21924685d81efd1787725473e8c94bf90e9c1673e1",
    "templates/tabla.tex.j2": "6930edd3ad8e54abae8394d3f6b19fd7ff350e1600a28e505caeb2b04b430480",
}
