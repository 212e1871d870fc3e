#include <stdio.h>

/* Tamaño de la cola de procesos listos. */
enum { LISTOS = 8 };

// Devuelve el índice del proceso que sigue, o -1 si no hay ninguno.
static int siguiente(const int prioridad[], int total)
{
    int mejor = -1;
    for (int i = 0; i < total; i++)
        if (prioridad[i] >= 0 && (mejor < 0 || prioridad[i] > prioridad[mejor]))
            mejor = i;
    return mejor;
}

int main(void)
{
    int prioridad[LISTOS] = { 3, 7, -1, 7 };
    printf("sigue el proceso %d\n", siguiente(prioridad, LISTOS));
    return 0;
}
