def dibujar(ejes, datos):
    ejes.plot(datos["rio"]["caudal"])
    ejes.set_xlabel("río 河")
