def dibujar(ejes, datos):
    ejes.plot(datos["rio"]["caudal"]
