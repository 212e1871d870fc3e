def dibujar(ejes, datos):
    ejes.plot(datos["rio"]["caudal"])
    ejes.set_xlabel("mes", color="0.6")
