def dibujar(ejes, datos):
    ejes.plot([1, 2], [datos["datos"]["uno"], 2])
