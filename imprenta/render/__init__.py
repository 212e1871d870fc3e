"""Parts in TeX and Jinja templates -> the LaTeX source of the whole report."""

from imprenta.render.document import render_document
from imprenta.render.environment import TemplateFailure, Templates
from imprenta.render.view import CoverView, FigureView

__all__ = ["CoverView", "FigureView", "TemplateFailure", "Templates", "render_document"]
