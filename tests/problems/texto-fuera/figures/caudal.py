def dibujar(ejes, datos):
    ejes.plot(datos["rio"]["caudal"])
    ejes.text(1, 3.2, "crecida del año", in_layout=False)
