"""Templates: Jinja with LaTeX-safe delimiters, where an undefined name is an error at the template's line."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from imprenta.markup import declare_characters
from imprenta.model.document import CHECKPOINT
from imprenta.model.facts import Stated, state
from imprenta.model.source_map import hold, mark
from imprenta.problems import Problem, Span, guess_hint
from imprenta.render.known_templates import KNOWN_TEMPLATES
from imprenta.shared_cache import SharedCache
from imprenta.words import SPANISH
from imprenta.workspace import content_hash, engine_workspace

if TYPE_CHECKING:
    from types import TracebackType

    from jinja2 import BytecodeCache, TemplateSyntaxError

    from imprenta.cache import Cache
    from imprenta.words import Locale
    from imprenta.workspace import Workspace

FOLDER = "templates"
SUFFIX = ".tex.j2"

DELIMITERS = {
    "block_start_string": r"\BLOQUE{",
    "block_end_string": "}",
    "variable_start_string": r"\VALOR{",
    "variable_end_string": "}",
    "comment_start_string": r"\NOTA{",
    "comment_end_string": "}",
    "line_statement_prefix": "%%",
    "line_comment_prefix": "%#",
}
"""What marks Jinja inside LaTeX: TeX itself would read all of it as commands or comments, so editors stay calm."""

COMPILED = SharedCache("compiled", most=300, room=20 << 20)

FORMER_CHECKPOINT = re.compile(r"^\\hito$", re.MULTILINE)
"""A checkpoint in a template that was written for version 0.1."""
COMMAND_BEFORE_VALUE = re.compile(r"(\\[A-Za-z@]+)(?=\\VALOR\{)")
r"""In «\Large\VALOR{ título }» the command would join the value's first word: a space, which TeX eats, parts them."""


BLOCKS_FIRST = re.compile(r"[ \t]*(?:\\BLOQUE\{[^{}]*\}[ \t]*)+")
NEVER_MARKED = re.compile(r"[ \t]*(?:%%|%#|$)")
DELIMITED = re.compile(r"\\(?:BLOQUE|VALOR|NOTA)\{[^}]*\}", re.DOTALL)


class TemplateFailure(Exception):  # noqa: N818 - it carries a problem of the author's, not a fault of the code
    """A template could not be used; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.message)
        self.problem = problem


class Templates:
    """The templates of a project: its own where it has them, the engine's for the rest."""

    def __init__(
        self, workspace: Workspace, cache: Cache | None = None, locale: Locale = SPANISH, *, exported: bool = False
    ) -> None:
        """Prepare Jinja; no template is read yet. What `cache` knows is not compiled anew.

        Every template has the words of `locale`, as `palabras`, and itself, as `idioma`. What is `exported`, as
        `exportado` tells them, is for people to go on with in LaTeX.
        """
        from jinja2 import FunctionLoader, StrictUndefined

        from imprenta.render.sandbox import BoundedEnvironment

        self._workspace = workspace
        self.locale = locale
        self.exported = exported
        self._environment = BoundedEnvironment(
            loader=FunctionLoader(self._find_marked),
            finalize=_hold_marks,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            bytecode_cache=_compiled_in(cache) if cache is not None else None,
            **DELIMITERS,
        )
        signs = cache.on_disk("characters", "", declare_characters) if cache is not None else declare_characters()
        self._environment.globals |= {
            "signos": signs,
            "idioma": locale,
            "palabras": locale.palabras,
            "exportado": exported,
        }

    def _find(self, name: str) -> tuple[str, str, None] | None:
        path = f"{FOLDER}/{name}{SUFFIX}"
        data = self._workspace.read(path)
        if data is None:
            data = engine_workspace().read(path)
        if data is None:
            return None
        try:
            source = FORMER_CHECKPOINT.sub(lambda _: CHECKPOINT, data.decode())
            return COMMAND_BEFORE_VALUE.sub(r"\1 ", source), path, None
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            problem = Problem("no-utf8", "la plantilla no está en UTF-8", Span(path, line))
            raise TemplateFailure(problem) from None

    def _find_marked(self, name: str) -> tuple[str, str, None] | None:
        """Find a template and put the mark of its place into each line that prints something."""
        found = self._find(name)
        return found if found is None else (_mark_lines(found[0], found[1]), found[1], None)

    def source(self, name: str) -> str | None:
        """Return what a template says, without the marks of places; None if there is none."""
        found = self._find(name)
        return None if found is None else found[0]

    def render(self, name: str, **values: Any) -> str:
        """Turn a template and its values, TeX already, into TeX.

        Raises TemplateFailure with a problem at the template's own line, through includes and macros too.
        """
        from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

        self._environment.begin()
        try:
            return self._environment.get_template(name).render(**values)
        except TemplateSyntaxError as error:
            raise TemplateFailure(_explain_syntax(error, f"{FOLDER}/{name}{SUFFIX}")) from None
        except TemplateNotFound as error:
            place = self._place(error.__traceback__, name)
            missing = f"{FOLDER}/{error.name}{SUFFIX}"
            message = f"no existe la plantilla «{missing}»"
            raise TemplateFailure(Problem("plantilla-desconocida", message, place)) from None
        except UndefinedError as error:
            place = self._place(error.__traceback__, name)
            message, hint = _explain_undefined(str(error.message), values)
            raise TemplateFailure(Problem("variable-desconocida", message, place, hint)) from None
        except TemplateFailure:
            raise
        except Exception as error:  # noqa: BLE001 - a template of the author's may raise anything
            place = self._place(error.__traceback__, name)
            message = f"la plantilla falló: «{type(error).__name__}: {error}»"
            raise TemplateFailure(Problem("plantilla-fallida", message, place)) from None

    def parse(self, name: str, asked_at: Span) -> tuple[Any, str, str]:
        """Return a template's syntax tree, source and path; raise TemplateFailure where it cannot be read.

        `asked_at` is the place to blame if there is no such template.
        """
        from jinja2 import TemplateSyntaxError

        found = self._find(name)
        if found is None:
            message = f"no existe la plantilla «{FOLDER}/{name}{SUFFIX}»"
            raise TemplateFailure(Problem("plantilla-desconocida", message, asked_at))
        source, path, _ = found
        try:
            return self._environment.parse(source, name, path), source, path
        except TemplateSyntaxError as error:
            raise TemplateFailure(_explain_syntax(error, path)) from None

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Return the paths of the templates that are not as this engine has them: those may write anything."""
        own = {path: self._workspace.read(path) for path in self._workspace.list_files(FOLDER, SUFFIX)}
        ours = engine_workspace()
        files = {path: ours.read(path) for path in ours.list_files(FOLDER, SUFFIX)} | own
        return frozenset(path for path, data in files.items() if KNOWN_TEMPLATES.get(path) != content_hash(data or b""))

    @property
    def global_names(self) -> tuple[str, ...]:
        """Return the names that every template has without being given them."""
        return (*self._environment.globals, "loop", "caller", "varargs", "kwargs", "self", "super")

    def _place(self, traceback: TracebackType | None, name: str) -> Span:
        """Return the innermost line of a template in a traceback, which Jinja writes in the template's terms."""
        place = Span(f"{FOLDER}/{name}{SUFFIX}")
        while traceback is not None:
            path = traceback.tb_frame.f_code.co_filename
            if path.startswith(f"{FOLDER}/") and path.endswith(SUFFIX):
                place = Span(path, traceback.tb_lineno)
            traceback = traceback.tb_next
        return place


def _compiled_in(cache: Cache) -> BytecodeCache:
    """Return a cache of compiled templates that is kept in the cache of builds, and for all reports.

    What a template is compiled to depends on its text, on our settings, which are code of the engine, and on Jinja.
    """
    from jinja2 import __version__
    from jinja2.bccache import Bucket, BytecodeCache

    def mark(bucket: Bucket) -> str:
        return content_hash(cache.engine, __version__, bucket.key, bucket.checksum)

    class Compiled(BytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            known = bucket.key + bucket.checksum
            code = cache.known("templates", known)
            if code is None and cache.engine and (code := COMPILED.get(mark(bucket))) is not None:
                cache.learn("templates", known, code)
            if code is not None:
                bucket.bytecode_from_string(code)

        def dump_bytecode(self, bucket: Bucket) -> None:
            code = bucket.bytecode_to_string()
            cache.learn("templates", bucket.key + bucket.checksum, code)
            if cache.engine:
                COMPILED.put(mark(bucket), code)

    return Compiled()


def _hold_marks(value: Any) -> Any:
    """Keep the places of a value's TeX inside it: after the value comes the template's own line again.

    What is known of the value is told around it.
    """
    if isinstance(value, Stated):
        return state(value.fact, hold(value))
    return hold(value) if isinstance(value, str) else value


def _mark_lines(source: str, path: str) -> str:
    """Put marks where they touch neither Jinja's lines nor the blanks that it trims."""
    inside = {
        number
        for match in DELIMITED.finditer(source)
        for number in range(source.count("\n", 0, match.start()) + 2, source.count("\n", 0, match.end()) + 2)
    }
    lines = source.split("\n")
    for number, line in enumerate(lines, 1):
        if number in inside or NEVER_MARKED.match(line):
            continue
        blocks = BLOCKS_FIRST.match(line)
        start = blocks.end() if blocks is not None else 0
        if line[start:].strip() and not line[start:].lstrip().startswith(r"\NOTA{"):
            lines[number - 1] = f"{line[:start]}{mark(Span(path, number))}{line[start:]}"
    return "\n".join(lines)


def _explain_syntax(error: TemplateSyntaxError, path: str) -> Problem:
    message = f"la plantilla está mal escrita: «{error.message}»"
    return Problem("plantilla-mal-escrita", message, Span(error.filename or path, error.lineno))


def _explain_undefined(message: str, values: dict[str, Any]) -> tuple[str, str]:
    """Quote Jinja and guess the name that was meant, if the message names one between quotation marks."""
    names = [part for part in message.split("'")[1::2] if part.isidentifier()]
    known = {*values, *(name for value in values.values() for name in _fields(value))}
    hint = next((guess for name in names if (guess := guess_hint(name, known)) and "¿" in guess), "")
    if len(names) == 1:
        return f"la plantilla usa «{names[0]}», que nadie le da", hint
    return f"la plantilla usa un valor que nadie le da: «{message}»", hint


def _fields(value: Any) -> list[str]:
    return list(getattr(type(value), "__dataclass_fields__", {}))
