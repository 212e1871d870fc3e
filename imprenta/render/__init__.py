"""Parts in TeX and Jinja templates -> the LaTeX source of the whole report."""

from imprenta.render.cover import cover_view
from imprenta.render.document import render_document, render_preamble
from imprenta.render.environment import TemplateFailure, Templates
from imprenta.render.export import write_sources
from imprenta.render.template_check import check_templates
from imprenta.render.view import CoverView, FigureView, LogoView, PictureView, TableView

__all__ = [
    "CoverView",
    "FigureView",
    "LogoView",
    "PictureView",
    "TableView",
    "TemplateFailure",
    "Templates",
    "check_templates",
    "cover_view",
    "render_document",
    "render_preamble",
    "write_sources",
]
