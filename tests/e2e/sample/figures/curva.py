def dibujar(ejes, datos):
    ejes.plot([2019, 2026], [datos["aforo"]["antes"], datos["aforo"]["ahora"]], marker="o")
    ejes.set_xlabel("Año")
    ejes.set_ylabel("Caudal (m³/s)")
