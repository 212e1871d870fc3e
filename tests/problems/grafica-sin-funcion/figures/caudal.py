def pintar(ejes, datos):
    ejes.plot(datos["rio"]["caudal"])
