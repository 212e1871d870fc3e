r"""Milestones: where one part of the body ends and another may begin, and what LaTeX notes down there.

`typeset` can set a stretch of pages alone if it knows in what state LaTeX was where the stretch begins, and can stop as
soon as LaTeX is in the state in which it was before. At each \hito LaTeX writes a line to `informe.hitos` at once, so
that nothing of it enters the page: «H|line of the .tex|sum of the state|state», where the state is
«counters|form of the page number|running head|page|floats|flags»; after each page that it has shipped out
«P|line that it had read up to|number|form of the number»; and \hitopagina into the .aux, which parts what the pages
wrote there. All that LaTeX's page builder goes by is in the state: how full the page is, how it stretches, what is left
for floats. On a page that has just begun the depth and the glue before it say nothing, so they are left out.
A job over a part of the rows also writes «L|line|name» for each file that it reads, and the milestones into its log.
"""

MILESTONE = "\n\n\\hito\n"
"""What stands between two blocks of the body."""

FIRST_MILESTONE = "\\hitoprimero\n\\hito\n"
"""What stands where the document begins."""

DEFINITIONS = r"""\makeatletter
\newwrite\hitos
\def\hito@abre{\immediate\openout\hitos=\jobname.hitos\relax}
\AtBeginDocument{\hito@abre}
\newif\ifhito@nueva
\newcount\hito@paginas
\newcount\hito@meta
\hito@meta=-1
\def\hito@lista#1#2{\ifx#1\@empty-\else#2\fi}
\def\hito@estado{%
  \cl@@ckpt\ifdefined\Hy@linkcounter*Hy@linkcounter=\number\Hy@linkcounter,\fi|\unexpanded\expandafter{\thepage}|\unexpanded\expandafter{\@themark}|%
  \ifhito@nueva nueva\else\the\pagetotal,\the\pagestretch,\the\pagefilstretch,\the\pagefillstretch,%
    \the\pagefilllstretch,\the\pageshrink,\the\pagedepth,\the\pagegoal,\the\prevdepth,\the\lastskip,%
    \the\lastpenalty\fi|%
  \the\@colroom,\the\textheight,\the\@toproom,\the\@botroom,\the\@topnum,\the\@botnum,\the\@colnum,%
  \hito@lista\@toplist t\hito@lista\@botlist b\hito@lista\@midlist m\hito@lista\@deferlist d|%
  \if@nobreak n\fi\if@noskipsec s\fi\if@endpe e\fi\the\currentgrouplevel,%
  \f@encoding/\f@family/\f@series/\f@shape/\f@size,\the\baselineskip,\the\parskip,\the\parindent,\the\leftskip,%
  \the\rightskip,\the\hsize,\the\language,\current@color}
\let\hito@comprueba\relax
\newcommand*{\hito}{\par\begingroup
  \hito@nuevafalse\ifdim\pagetotal=\z@\ifdim\pagegoal=\maxdimen\hito@nuevatrue\fi\fi
  \def\@elt##1{##1=\number\csname c@##1\endcsname,}%
  \xdef\hito@ahora{\hito@estado}\xdef\hito@suma{\pdfmdfivesum{\detokenize\expandafter{\hito@ahora}}}\endgroup
  \immediate\write\hitos{H|\the\inputlineno|\hito@suma|\unexpanded\expandafter{\hito@ahora}}\hito@comprueba}
\providecommand*{\hitopagina}{}
\def\hito@pagina{\global\advance\hito@paginas\@ne
  \immediate\write\hitos{P|\the\inputlineno|\the\c@page|\unexpanded\expandafter{\thepage}}\immediate\write\@mainaux{\string\hitopagina}}
\AddToHook{shipout/after}{\hito@pagina}
% Con un formato guardado TeX empieza con otro hondo de línea y otro alto de página: aquí, siempre los mismos.
\newcommand*{\hitoprimero}{\immediate\write\@mainaux{\string\hitopagina}\prevdepth=\z@\global\vsize\@colroom}
% Lo que sigue es para componer un tramo: las etiquetas que ya se conocen, y dejarlo en cuanto todo está como estaba.
% Los pasos están en un archivo que se lee en el último hito antes de lo que cambió: hasta ahí se compone de antemano.
\newcommand*{\hitopaso}[2]{\expandafter\gdef\csname paso@#1\endcsname{#2}}
\newcommand*{\hitopasos}{\csname @@input\endcsname\jobname.pasos }
\def\hito@etiqueta#1#2{\expandafter\gdef\csname r@#1\endcsname{#2}}
\def\hito@mira{\wlog{hito \the\inputlineno}%
  \ifnum\hito@meta<\z@\ifnum\pdfstrcmp{\csname paso@\the\inputlineno\endcsname}{\hito@suma}=\z@
    \global\hito@meta\hito@paginas
    \ifdim\pagegoal=\maxdimen\else\global\advance\hito@meta\@ne\fi
    \immediate\write\hitos{M|\the\inputlineno}\fi\fi
  \ifnum\hito@meta<\z@\else\ifnum\hito@paginas<\hito@meta\else\hito@acaba\fi\fi}
% Figuras y tablas seguidas, cuantas sean: LaTeX solo guarda sitio para unas cuantas que aún no tienen página.
\let\hito@flota\@xfloat
\def\@xfloat{\ifx\@freelist\@empty\extrafloats{20}\fi\hito@flota}
\maxdeadcycles=10000
% Las letras de costumbre, preparadas de antemano.
\def\hito@calienta{\begingroup\hbadness\@M\setbox\z@\vbox{%
  \@for\hito@cuerpo:=\normalsize,\small,\footnotesize,\scriptsize,\large\do{\hito@cuerpo
    \@for\hito@familia:=\rmfamily,\sffamily,\ttfamily\do{\hito@familia
      \hbox{x\textbf{x}\textit{x}$x$}}}}\endgroup}
% Un vistazo: tras lo que cambió la página sale como va, y se dice dónde empieza su texto.
\def\hito@vistazo{\ifcsname paso@\the\inputlineno\endcsname
  \immediate\write\hitos{G|\the\dimexpr1in+\voffset+\topmargin+\headheight+\headsep}\newpage\fi}
\def\hito@acaba{\immediate\write\hitos{F|\the\inputlineno}%
  \global\output{\setbox\z@\box\@cclv\global\deadcycles\z@}\@@end}
% La página que ya estaba empezada no se usa: cuenta, pero no se imprime.
\def\hito@desecha{\AddToHookNext{shipout/before}{\hito@pagina\DiscardShipoutBox}}
\def\hito@reanuda{\hito@abre\immediate\openout\@mainaux=\jobname.aux\relax\hitoprimero
  \AddToHook{file/before}{\immediate\write\hitos{L|\the\inputlineno|\CurrentFile}}%
  \let\hito@lee\@input\def\@input##1{\immediate\write\hitos{L|\the\inputlineno|##1}\hito@lee{##1}}%
  \let\hito@comprueba\hito@mira\let\newlabel\hito@etiqueta\let\nocite\@gobble
  % Un formato no guarda el estiramiento de las letras ni lo que sobresalen: se vuelven a preparar.
  \global\let\MT@font@list\@empty\selectfont}
% #1 marcas del titulillo, #2 alto y #3 hondo de lo que ya llena la página, #4 su elasticidad, #5 el último blanco
\def\hito@llena#1#2#3#4#5{\gdef\@themark{#1}\global\vsize\@colroom
  \begingroup\output{\setbox\z@\box\@cclv\global\deadcycles\z@}\@temptokena\expandafter{\@themark}\mark{\the\@temptokena}\hbox{}\penalty-\@M\endgroup
  \ifdim#2=\z@\else
    \setbox\z@\vbox{}\ht\z@\topskip\box\z@\nobreak\vskip#4\relax
    \setbox\z@\vbox{}\ht\z@\dimexpr#2-\topskip\relax\dp\z@#3\nointerlineskip\box\z@
    \ifdim#5=\z@\else\vskip#5\relax\fi\fi}
\makeatother
"""
"""What goes before \begin{document}, whatever the templates are."""
