int oculta;
int uno;
int dos;
int oculta2;
