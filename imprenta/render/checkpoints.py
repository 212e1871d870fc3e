r"""Checkpoints: where one part of the body ends and another may begin, and what LaTeX notes down there.

`typeset` can set a range of pages alone if it knows in what state LaTeX was where the range begins, and can stop as
soon as LaTeX is in the state in which it was before. At each \checkpoint LaTeX writes a line to
`informe.checkpoints` at once, so that nothing of it enters the page:
«H|line of the .tex|sum of the state|state», where the state is
«counters|form of the page number|running head|page|floats|flags»; after each page that it has shipped out
«P|line that it had read up to|number|form of the number»; and \checkpointpage into the .aux, which parts what the
pages wrote there. All that LaTeX's page builder goes by is in the state: how full the page is, how it stretches, what
is left for floats. On a page that has just begun the depth and the glue before it say nothing, so they are left out.
A job over a part of the rows also writes «L|line|name» for each file that it reads, and the checkpoints into its log.
"""

CHECKPOINT = "\n\n\\checkpoint\n"
"""What stands between two blocks of the body."""

FIRST_CHECKPOINT = "\\checkpointfirst\n\\checkpoint\n"
"""What stands where the document begins."""

DEFINITIONS = r"""\makeatletter
\newwrite\checkpoints
\def\checkpoint@open{\immediate\openout\checkpoints=\jobname.checkpoints\relax}
\AtBeginDocument{\checkpoint@open}
\newif\ifcheckpoint@fresh
\newcount\checkpoint@pages
\newcount\checkpoint@goal
\checkpoint@goal=-1
\def\checkpoint@list#1#2{\ifx#1\@empty-\else#2\fi}
\def\checkpoint@state{%
  \cl@@ckpt\ifdefined\Hy@linkcounter*Hy@linkcounter=\number\Hy@linkcounter,\fi|\unexpanded\expandafter{\thepage}|\unexpanded\expandafter{\@themark}|%
  \ifcheckpoint@fresh nueva\else\the\pagetotal,\the\pagestretch,\the\pagefilstretch,\the\pagefillstretch,%
    \the\pagefilllstretch,\the\pageshrink,\the\pagedepth,\the\pagegoal,\the\prevdepth,\the\lastskip,%
    \the\lastpenalty\fi|%
  \the\@colroom,\the\textheight,\the\@toproom,\the\@botroom,\the\@topnum,\the\@botnum,\the\@colnum,%
  \checkpoint@list\@toplist t\checkpoint@list\@botlist b\checkpoint@list\@midlist m\checkpoint@list\@deferlist d|%
  \if@nobreak n\fi\if@noskipsec s\fi\if@endpe e\fi\the\currentgrouplevel,%
  \f@encoding/\f@family/\f@series/\f@shape/\f@size,\the\baselineskip,\the\parskip,\the\parindent,\the\leftskip,%
  \the\rightskip,\the\hsize,\the\language,\current@color}
\let\checkpoint@check\relax
\newcommand*{\checkpoint}{\par\begingroup
  \checkpoint@freshfalse\ifdim\pagetotal=\z@\ifdim\pagegoal=\maxdimen\checkpoint@freshtrue\fi\fi
  \def\@elt##1{##1=\number\csname c@##1\endcsname,}%
  \xdef\checkpoint@now{\checkpoint@state}\xdef\checkpoint@sum{\pdfmdfivesum{\detokenize\expandafter{\checkpoint@now}}}\endgroup
  \immediate\write\checkpoints{H|\the\inputlineno|\checkpoint@sum|\unexpanded\expandafter{\checkpoint@now}}\checkpoint@check}
\providecommand*{\checkpointpage}{}
\def\checkpoint@page{\global\advance\checkpoint@pages\@ne
  \immediate\write\checkpoints{P|\the\inputlineno|\the\c@page|\unexpanded\expandafter{\thepage}}\immediate\write\@mainaux{\string\checkpointpage}}
\AddToHook{shipout/after}{\checkpoint@page}
% Con un formato guardado TeX empieza con otro hondo de línea y otro alto de página: aquí, siempre los mismos.
\newcommand*{\checkpointfirst}{\immediate\write\@mainaux{\string\checkpointpage}\prevdepth=\z@\global\vsize\@colroom}
% Para componer unas páginas: las etiquetas que ya se conocen, y dejarlo en cuanto todo está como estaba.
% Los pasos están en un archivo que se lee en el último punto de control antes de lo que cambió: hasta ahí se
% compone de antemano.
\newcommand*{\checkpointstep}[2]{\expandafter\gdef\csname step@#1\endcsname{#2}}
\newcommand*{\checkpointsteps}{\csname @@input\endcsname\jobname.steps }
\def\checkpoint@label#1#2{\expandafter\gdef\csname r@#1\endcsname{#2}}
\def\checkpoint@watch{\wlog{checkpoint \the\inputlineno}%
  \ifnum\checkpoint@goal<\z@\ifnum\pdfstrcmp{\csname step@\the\inputlineno\endcsname}{\checkpoint@sum}=\z@
    \global\checkpoint@goal\checkpoint@pages
    \ifdim\pagegoal=\maxdimen\else\global\advance\checkpoint@goal\@ne\fi
    \immediate\write\checkpoints{M|\the\inputlineno}\fi\fi
  \ifnum\checkpoint@goal<\z@\else\ifnum\checkpoint@pages<\checkpoint@goal\else\checkpoint@end\fi\fi}
% Figuras y tablas seguidas, cuantas sean: LaTeX solo guarda sitio para unas cuantas que aún no tienen página.
\let\checkpoint@float\@xfloat
\def\@xfloat{\ifx\@freelist\@empty\extrafloats{20}\fi\checkpoint@float}
\maxdeadcycles=10000
% Las letras de costumbre, preparadas de antemano.
\def\checkpoint@warm{\begingroup\hbadness\@M\setbox\z@\vbox{%
  \@for\checkpoint@size:=\normalsize,\small,\footnotesize,\scriptsize,\large\do{\checkpoint@size
    \@for\checkpoint@family:=\rmfamily,\sffamily,\ttfamily\do{\checkpoint@family
      \hbox{x\textbf{x}\textit{x}$x$}}}}\endgroup}
% Un vistazo: tras lo que cambió la página sale como va, y se dice dónde empieza su texto.
\def\checkpoint@firstpaint{\ifcsname step@\the\inputlineno\endcsname
  \immediate\write\checkpoints{G|\the\dimexpr1in+\voffset+\topmargin+\headheight+\headsep}\newpage\fi}
\def\checkpoint@end{\immediate\write\checkpoints{F|\the\inputlineno}%
  \global\output{\setbox\z@\box\@cclv\global\deadcycles\z@}\@@end}
% La página que ya estaba empezada no se usa: cuenta, pero no se imprime.
\def\checkpoint@discard{\AddToHookNext{shipout/before}{\checkpoint@page\DiscardShipoutBox}}
\def\checkpoint@resume{\checkpoint@open\immediate\openout\@mainaux=\jobname.aux\relax\checkpointfirst
  \AddToHook{file/before}{\immediate\write\checkpoints{L|\the\inputlineno|\CurrentFile}}%
  \let\checkpoint@read\@input\def\@input##1{\immediate\write\checkpoints{L|\the\inputlineno|##1}\checkpoint@read{##1}}%
  \let\checkpoint@check\checkpoint@watch\let\newlabel\checkpoint@label\let\nocite\@gobble
  % Un formato no guarda el estiramiento de las letras ni lo que sobresalen: se vuelven a preparar.
  \global\let\MT@font@list\@empty\selectfont}
% #1 marcas del titulillo, #2 alto y #3 hondo de lo que ya llena la página, #4 su elasticidad, #5 el último blanco
\def\checkpoint@fill#1#2#3#4#5{\gdef\@themark{#1}\global\vsize\@colroom
  \begingroup\output{\setbox\z@\box\@cclv\global\deadcycles\z@}\@temptokena\expandafter{\@themark}\mark{\the\@temptokena}\hbox{}\penalty-\@M\endgroup
  \ifdim#2=\z@\else
    \setbox\z@\vbox{}\ht\z@\topskip\box\z@\nobreak\vskip#4\relax
    \setbox\z@\vbox{}\ht\z@\dimexpr#2-\topskip\relax\dp\z@#3\nointerlineskip\box\z@
    \ifdim#5=\z@\else\vskip#5\relax\fi\fi}
\makeatother
"""
"""What goes before \begin{document}, whatever the templates are."""
