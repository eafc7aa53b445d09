"""Small changes of one function, each as a code object that can take the place of the function's own.

Comparisons turn, `and` becomes `or`, a conjunct or a member of a set is dropped, `not` goes, a statement goes, a function answers at once.
"""

from __future__ import annotations
import __future__

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

_TURNED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
_AT_ONCE = {"bool": ("return True", "return False"), "tuple": ("return ()",), "Reason | None": ("return None",), "date | None": ("return None",)}
_DROPPABLE = (ast.If, ast.For, ast.AugAssign, ast.Expr)
Change = Callable[[ast.AST], bool]


@dataclass(frozen=True)
class Mutant:
    """One change: `where` names module and function, `what` the change with the words of the source."""

    where: str
    what: str
    code: CodeType

    @property
    def key(self) -> str:
        """Stable while the line is not rewritten."""
        return f"{self.where}: {self.what}"


def mutants(*, function: ast.FunctionDef, where: str) -> Iterator[Mutant]:
    """Every mutant of one function."""
    at_once = _answers_at_once(function)
    function = _without_types(function)
    seen: set[str] = set()
    nodes = len(list(ast.walk(function)))
    for place in range(nodes):
        for number in range(20):
            changed = copy.deepcopy(function)
            node = list(ast.walk(changed))[place]
            what = _change(node, number)
            if what is None:
                break
            made = _compiled(changed)
            text = ast.unparse(changed)
            if made is not None and text not in seen:
                seen.add(text)
                yield Mutant(where=where, what=what, code=made)
    for line in at_once:
        changed = copy.deepcopy(function)
        changed.body[_after_docstring(changed) : _after_docstring(changed)] = ast.parse(line).body if "yield" not in line else _empty_generator()
        made = _compiled(changed)
        if made is not None:
            yield Mutant(where=where, what=f"begins with {line}", code=made)


def _without_types(function: ast.FunctionDef) -> ast.FunctionDef:
    """What a function says of its types is no decision."""
    bare = copy.deepcopy(function)
    bare.returns = None
    for node in ast.walk(bare):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Name(id="object", ctx=ast.Load())
    return bare


def _change(node: ast.AST, number: int) -> str | None:
    """Make the change with this number in place, and say what it is; None when the node has no such change."""
    found = list(_changes(node))
    if number >= len(found):
        return None
    what, act = found[number]
    act()
    return what


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[], object]]]:
    text = " ".join(ast.unparse(node).split())[:110] if isinstance(node, ast.expr | ast.stmt) else ""
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            for turned in _TURNED[type(op)]:
                yield f"{turned.__name__} in `{text}`", lambda place=place, turned=turned: node.ops.__setitem__(place, turned())
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{other.__name__} in `{text}`", lambda: setattr(node, "op", other())
        for place, value in enumerate(node.values):
            yield f"without `{ast.unparse(value)}` in `{text}`", lambda place=place: _drop(node.values, place)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"without not in `{text}`", lambda: setattr(node, "operand", ast.UnaryOp(op=ast.Not(), operand=node.operand))
    elif isinstance(node, ast.IfExp):
        yield f"branches turned in `{text}`", lambda: _turn(node)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr | ast.BitAnd | ast.Sub | ast.Add):
        yield f"left only of `{text}`", lambda: setattr(node, "right", copy.deepcopy(node.left)) or setattr(node, "op", ast.BitOr())
        if not isinstance(node.op, ast.Sub):
            yield f"right only of `{text}`", lambda: setattr(node, "left", copy.deepcopy(node.right)) or setattr(node, "op", ast.BitOr())
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{not node.value} for {node.value}", lambda: setattr(node, "value", not node.value)
    elif isinstance(node, ast.Set | ast.List | ast.Dict) or (isinstance(node, ast.Call) and node.keywords):
        yield from _members(node, text)
    elif isinstance(node, ast.If) and not isinstance(node.test, ast.Compare):
        yield f"turned `if {ast.unparse(node.test)[:80]}`", lambda: setattr(node, "test", ast.UnaryOp(op=ast.Not(), operand=node.test))
    elif isinstance(node, ast.Name) and node.id in {"any", "all"}:
        yield f"{node.id} turned", lambda: setattr(node, "id", "all" if node.id == "any" else "any")
    if isinstance(node, ast.FunctionDef | ast.If | ast.For) and node.body:
        for place, statement in enumerate(node.body):
            if isinstance(statement, _DROPPABLE) and not _is_docstring(statement):
                short = " ".join(ast.unparse(statement).split())[:110]
                yield f"without statement `{short}`", lambda place=place: node.body.__setitem__(place, ast.Pass())


def _members(node: ast.Set | ast.List | ast.Dict | ast.Call, text: str) -> Iterator[tuple[str, Callable[[], object]]]:
    if isinstance(node, ast.Set | ast.List):
        for place, member in enumerate(node.elts if len(node.elts) > 1 else []):
            yield f"without member `{ast.unparse(member)}` in `{text}`", lambda place=place: node.elts.pop(place)
    elif isinstance(node, ast.Dict):
        for place, value in enumerate(node.values if len(node.values) > 1 else []):
            yield f"without entry `{ast.unparse(value)}`", lambda place=place: (node.keys.pop(place), node.values.pop(place))
    else:
        for place, word in enumerate(node.keywords):
            if word.arg in {"duties", "last_day", "instruments", "dated"}:
                yield f"without {word.arg} in `{text}`", lambda place=place: node.keywords.pop(place)


def _drop(values: list[ast.expr], place: int) -> None:
    """A conjunct goes; the last one that stays stands twice, since a BoolOp needs two."""
    values.pop(place)
    if len(values) == 1:
        values.append(copy.deepcopy(values[0]))


def _turn(node: ast.IfExp) -> None:
    node.body, node.orelse = node.orelse, node.body


def _answers_at_once(function: ast.FunctionDef) -> tuple[str, ...]:
    returns = ast.unparse(function.returns) if function.returns else ""
    if returns.startswith("Iterator"):
        return ("return; yield",)
    return next((lines for kind, lines in _AT_ONCE.items() if returns.startswith(kind)), ())


def _empty_generator() -> list[ast.stmt]:
    return [ast.Return(value=None)]


def _after_docstring(function: ast.FunctionDef) -> int:
    return 1 if function.body and _is_docstring(function.body[0]) else 0


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _compiled(function: ast.FunctionDef) -> CodeType | None:
    function.decorator_list = []
    module = ast.fix_missing_locations(ast.Module(body=[function], type_ignores=[]))
    made = compile(module, "<mutant>", "exec", flags=__future__.annotations.compiler_flag, dont_inherit=True)
    return next((const for const in made.co_consts if isinstance(const, CodeType)), None)
