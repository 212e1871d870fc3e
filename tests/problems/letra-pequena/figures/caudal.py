def dibujar(ejes, datos):
    ejes.plot(datos["rio"]["caudal"])
    ejes.set_xlabel("mes", fontsize=4)
