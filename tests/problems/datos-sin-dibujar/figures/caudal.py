def dibujar(ejes, datos):
    ejes.plot([*datos["rio"]["caudal"], 0])
    ejes.set_yscale("log")
