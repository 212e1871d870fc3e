def dibujar(ejes, datos):
    ejes.plot(datos["rio"]["caudal"])
    ejes.set_xlim(1, 1)
