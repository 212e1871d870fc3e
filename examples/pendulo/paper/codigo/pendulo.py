"""Las cuatro integraciones del péndulo -> los archivos CSV de paper/datos.

Se ejecuta con `python paper/codigo/pendulo.py`; solo usa la biblioteca estándar de Python y da siempre lo mismo.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from pathlib import Path

GRAVEDAD, LONGITUD = 9.81, 1.0
AMPLITUD = math.pi / 3
FRECUENCIA = math.sqrt(GRAVEDAD / LONGITUD)
DATOS = Path(__file__).parent.parent / "datos"

Estado = tuple[float, float]


def derivada(estado: Estado) -> Estado:
    """La derivada del estado: la velocidad y la aceleración."""
    angulo, velocidad = estado
    return velocidad, -(FRECUENCIA**2) * math.sin(angulo)


def mover(estado: Estado, paso: float, pendiente: Estado) -> Estado:
    """El estado al que lleva una pendiente en un paso."""
    return estado[0] + paso * pendiente[0], estado[1] + paso * pendiente[1]


def euler(estado: Estado, h: float) -> Estado:
    """Un paso del método de Euler."""
    return mover(estado, h, derivada(estado))


def simplectico(estado: Estado, h: float) -> Estado:
    """Un paso del método de Euler simpléctico."""
    velocidad = estado[1] + h * derivada(estado)[1]
    return estado[0] + h * velocidad, velocidad


def heun(estado: Estado, h: float) -> Estado:
    """Un paso del método de Heun."""
    k1 = derivada(estado)
    k2 = derivada(mover(estado, h, k1))
    return mover(estado, h / 2, (k1[0] + k2[0], k1[1] + k2[1]))


def rk4(estado: Estado, h: float) -> Estado:
    """Un paso del método clásico de Runge y Kutta."""
    k1 = derivada(estado)
    k2 = derivada(mover(estado, h / 2, k1))
    k3 = derivada(mover(estado, h / 2, k2))
    k4 = derivada(mover(estado, h, k3))
    suma = [a + 2 * b + 2 * c + d for a, b, c, d in zip(k1, k2, k3, k4, strict=True)]
    return mover(estado, h / 6, (suma[0], suma[1]))


METODOS: dict[str, Callable[[Estado, float], Estado]] = {
    "euler": euler,
    "simplectico": simplectico,
    "heun": heun,
    "rk4": rk4,
}


def media_aritmetico_geometrica(a: float, b: float) -> float:
    """El límite común de las dos medias."""
    while abs(a - b) > 1e-15 * a:
        a, b = (a + b) / 2, math.sqrt(a * b)
    return a


def periodo() -> float:
    """El periodo exacto del péndulo."""
    return 2 * math.pi / (FRECUENCIA * media_aritmetico_geometrica(1, math.cos(AMPLITUD / 2)))


def energia(estado: Estado) -> float:
    """La energía por unidad de masa y de longitud al cuadrado."""
    return estado[1] ** 2 / 2 - FRECUENCIA**2 * math.cos(estado[0])


def distancia(uno: Estado, otro: Estado) -> float:
    """Norma de la diferencia, con la velocidad medida en frecuencias propias."""
    return math.hypot(uno[0] - otro[0], (uno[1] - otro[1]) / FRECUENCIA)


def integrar(metodo: str, pasos: int, periodos: int = 1) -> list[Estado]:
    """Los estados desde el de partida, paso a paso."""
    estados = [(AMPLITUD, 0.0)]
    h = periodo() / pasos
    for _ in range(pasos * periodos):
        estados.append(METODOS[metodo](estados[-1], h))
    return estados


def escribir(nombre: str, titulos: list[str], filas: list[list[object]]) -> None:
    """Un archivo CSV con su fila de títulos."""
    with (DATOS / nombre).open("w", encoding="utf-8", newline="") as archivo:
        escritor = csv.writer(archivo, lineterminator="\n")
        escritor.writerow(titulos)
        escritor.writerows(filas)


def convergencia() -> None:
    """Distancia al estado de partida tras un periodo, y orden observado al partir el paso en dos."""
    titulos = ["pasos"] + [f"{que}_{metodo}" for metodo in METODOS for que in ("error", "orden")]
    filas: list[list[object]] = []
    antes: dict[str, float] = {}
    for pasos in (50, 100, 200, 400, 800, 1600):
        fila: list[object] = [pasos]
        for metodo in METODOS:
            error = distancia(integrar(metodo, pasos)[-1], (AMPLITUD, 0.0))
            orden = f"{math.log2(antes[metodo] / error):.2f}" if metodo in antes else ""
            fila += [f"{error:.4e}", orden]
            antes[metodo] = error
        filas.append(fila)
    escribir("convergencia.csv", titulos, filas)


def deriva() -> None:
    """Energía relativa a la inicial durante diez periodos de doscientos pasos."""
    inicial = energia((AMPLITUD, 0.0)) + FRECUENCIA**2
    corridas = {metodo: integrar(metodo, 200, 10) for metodo in METODOS}
    filas: list[list[object]] = []
    for paso in range(0, 2001, 20):
        fila: list[object] = [f"{paso / 200:.1f}"]
        fila += [f"{(energia(corrida[paso]) + FRECUENCIA**2) / inicial:.6f}" for corrida in corridas.values()]
        filas.append(fila)
    escribir("energia.csv", ["periodos", *METODOS], filas)


def trayectoria() -> None:
    """Ángulo durante un periodo, exacto (RK4 de 20000 pasos) y con cincuenta pasos de dos métodos."""
    fina = integrar("rk4", 20000)
    gruesas = {metodo: integrar(metodo, 50) for metodo in ("euler", "rk4")}
    filas: list[list[object]] = [
        [f"{paso / 50:.2f}", f"{fina[paso * 400][0]:.5f}"] + [f"{corrida[paso][0]:.5f}" for corrida in gruesas.values()]
        for paso in range(51)
    ]
    escribir("trayectoria.csv", ["t_sobre_T", "referencia", *gruesas], filas)


if __name__ == "__main__":
    convergencia()
    deriva()
    trayectoria()
