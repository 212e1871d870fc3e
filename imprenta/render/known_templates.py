"""The engine's own templates, by what is in them: of these it is known what every line of theirs writes.

A template with another content, here or in a project, may write anything, so what it wrote is read.
`tests/test_house.py` compares the hashes with the files, and writes them anew with `IMPRENTA_REESCRIBE=1`: once it is
sure that the headings, captions, labels and pictures that the template writes are those that its values state.
"""

KNOWN_TEMPLATES: dict[str, str] = {
    "templates/algoritmo.tex.j2": "73e2977730dddc081c4ff2da8f40ab21f8b555f1afada6acc953189b173243ef",
    "templates/apartado.tex.j2": "3d1b83f00f2cb8a0199f8db20c8e7ab126d2ebc1ededf72dd990d131710ecca1",
    "templates/aviso.tex.j2": "7c10276ad4893021676e54343ee442bd2fe19a4cb850b64e807c88ca55172ee4",
    "templates/bibliografia-apa.tex.j2": "71f0982c998e5266b6bb933972b0b25e8ec1fdb2118e1a544a976054c090dadd",
    "templates/bibliografia-chicago.tex.j2": "e45de2f9e758d8d10f6c55e956af7452092dede52a059ee9aff276132ebb1f85",
    "templates/bibliografia-ieee.tex.j2": "445a0b33b78447b213c8e708781eab727d7011bac0732e0d89132406a028cb1d",
    "templates/bibliografia-sin-fecha.tex.j2": "c1587df1ccce1ffc1ce405751a1bcd4e1cae74553dfca8daffcde8db81c252ab",
    "templates/bibliografia-vancouver.tex.j2": "759e6beb5cc432d46a1410c5820c4d690963b674a0dbc4c96a5e69c507559265",
    "templates/bibliografia.tex.j2": "58195e7b5809ffbf9da06755d4f9a701c3a0ce06b20997eb19c2675bee5e2c49",
    "templates/codigo.tex.j2": "bcbc8358bcce9c211b0a765369815e335a8f0012037b81b92e10a321aad99f4f",
    "templates/columnas.tex.j2": "e0afebd5a55789d793efc251d8cc1d53a6720ee34c279e09e9032818a2241aeb",
    "templates/documento.tex.j2": "d2648bf7e0569acfb5d3edf5263c0c143df850249881765d40e54b915bed8011",
    "templates/ecuacion.tex.j2": "9af1bd2dfae0dde03a6edb79f8eef23007f63f1c324181c3f14c2b25bd142ac2",
    "templates/ecuaciones.tex.j2": "bde0b6897a6022fcb78cfe17b5a12b453eb96b787c6ffda1df1b0582e5720d15",
    "templates/figura.tex.j2": "8cdf8da02ee9d653b9705f077de64e6ec8d0881b9cf648f6311b503ee194fc35",
    "templates/letras.tex.j2": "a6e1525540017933ae0a5197c912c7fda290f5ee89aa126c32b34c8c22a57c39",
    "templates/lista.tex.j2": "142b7f4b4ee284bf16654e4d3e51842a21f3127a9372a586411d385730bb7461",
    "templates/logos.tex.j2": "91d3d6c00bd392ac2be31e12f72de61e4a81b65dbb96442df55f5fa4400faf71",
    "templates/marcado.tex.j2": "06f4bb5118a366904705b931b3cd87fd13657ddac1a67096c505f8959f2b4739",
    "templates/portada-apa.tex.j2": "239db34e95cf0f2e8b494ece133a20b89b113210e87e14fde420f3c0f6ddf5d7",
    "templates/portada-breve.tex.j2": "0909ef4d154132fb838ae17f6cf96b5869e74821582507553197f3282182840e",
    "templates/portada-icontec.tex.j2": "4a40edd945796b012a29cc0b49072a3ea98fd19d852b54992d9ed4315c1a837c",
    "templates/portada.tex.j2": "0191e27a6234cc1806df272e93220aedced065e831834c4e8763509e5de6e7be",
    "templates/preambulo.tex.j2": "4e111c1f78a7234a35c25ac0fccac9fcaeeb342dbf8cac095dc891d7257d10ee",
    "templates/resumen.tex.j2": "180daa20c1ba954e8da432f9ad92f7761a2334210135ed766e3e9d5388be80e4",
    "templates/seccion.tex.j2": "a340a982c2710b03d0581e13e9d0c25455abdfae83a49da4bbd1b7aacc3782f2",
    "templates/simbolos.tex.j2": "7f0d58957c57e91bf14fb51aafa6caf3cdd7caae2587c00ccfc564ccb9063eb0",
    "templates/tabla.tex.j2": "b6e50a29f887e35d9e71ff1983ec5c63e9c2213415be41461e65c497936d67a9",
    "templates/teorema.tex.j2": "8cb8375dd55113e30378342937d4df943228016e4a75eb4a988ed2ce34de2fc0",
    "templates/terminos.tex.j2": "7a331403a5c8f129263f965c7a58df7872c554b679e7c096aa75db9a01cf1c76",
}
