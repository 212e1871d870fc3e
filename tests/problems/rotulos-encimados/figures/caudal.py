def dibujar(ejes, datos):
    ejes.plot([1, 2], datos["rio"]["caudal"])
    ejes.set_xticks([1, 1.1, 2], ["la crecida de enero", "la crecida de mayo", "junio"])
