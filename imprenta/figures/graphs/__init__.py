"""A graph as data -> its drawing, laid out here and drawn by Graphviz; its checks, its alternative text."""
