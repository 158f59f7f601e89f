"""Conditions, evaluated the slow and plain way: a reader and an interpreter of the language of docs/policy.md.

Shares no code with the engine. What has no answer is the value `NO_ANSWER`, which spreads through everything but
`&&`, `||`, and the branches of a conditional that aren't taken.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(r"\s*(\d+\.\d+|\d+|'[^']*'|[A-Za-z_]\w*|&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]])")
LEAST, MOST = -(2**63), 2**63 - 1


class _NoAnswer:
    pass


NO_ANSWER = _NoAnswer()
Tree = tuple[Any, ...]


class Reader:
    """Reads one condition."""

    def __init__(self, source: str) -> None:
        self.words = TOKEN.findall(source)
        self.place = 0
        assert "".join(self.words).replace(" ", "") == re.sub(r"\s", "", source), source

    def read(self) -> Tree:
        tree = self.choice()
        assert self.place == len(self.words), self.words[self.place :]
        return tree

    def next_is(self, *words: str) -> bool:
        return self.place < len(self.words) and self.words[self.place] in words

    def take(self, *expected: str) -> str:
        word: str = self.words[self.place]
        assert not expected or word in expected, (word, expected)
        self.place += 1
        return word

    def choice(self) -> Tree:
        condition = self.joined(0)
        if not self.next_is("?"):
            return condition
        self.take("?")
        one = self.joined(0)
        self.take(":")
        return ("?", condition, one, self.choice())

    LEVELS = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("+", "-"), ("*", "/", "%"))

    def joined(self, level: int) -> Tree:
        if level == len(self.LEVELS):
            return self.single()
        tree = self.joined(level + 1)
        while self.next_is(*self.LEVELS[level]):
            tree = (self.take(), tree, self.joined(level + 1))
        return tree

    def single(self) -> Tree:
        if self.next_is("!", "-"):
            return ("not" if self.take() == "!" else "minus", self.single())
        tree = self.primary()
        while self.next_is("."):
            self.take(".")
            name = self.take()
            tree = ("call", name, [tree, *self.arguments()]) if self.next_is("(") else ("field", tree, name)
        return tree

    def primary(self) -> Tree:
        word = self.take()
        if word == "(":
            tree = self.choice()
            self.take(")")
            return tree
        if word == "[":
            return ("list", self.until("]"))
        if word[0] == "'":
            return ("value", word[1:-1])
        if word[0].isdigit():
            return ("value", float(word) if "." in word else int(word))
        if word in ("true", "false"):
            return ("value", word == "true")
        return ("call", word, self.arguments()) if self.next_is("(") else ("name", word)

    def arguments(self) -> list[Tree]:
        self.take("(")
        return self.until(")")

    def until(self, end: str) -> list[Tree]:
        found: list[Tree] = []
        while not self.next_is(end):
            found.append(self.choice())
            if not self.next_is(end):
                self.take(",")
        self.take(end)
        return found


@dataclass
class Fact:
    """What a condition is asked of: fields by name, None for what is absent, and the zero of each type."""

    fields: Mapping[str, Any]
    zeros: Mapping[str, Any]


class Interpreter:
    """Answers conditions about one fact."""

    def __init__(
        self,
        variable: str,
        fact: Fact,
        lists: Mapping[str, list[str]],
        thresholds: Mapping[str, int | float],
        functions: Mapping[str, Callable[..., bool]],
    ) -> None:
        self.variable = variable
        self.fact = fact
        self.lists = lists
        self.thresholds = thresholds
        self.functions = functions
        self.members: dict[str, str] = {}

    def answer(self, tree: Tree) -> Any:
        match tree:
            case ("value", value):
                return value
            case ("name", name):
                return self.members[name]
            case ("list", parts):
                return [self.answer(part) for part in parts]
            case ("field", ("name", name), field):
                return self.field(name, field)
            case ("call", name, parts):
                return self.call(name, parts)
            case ("minus", part):
                return self.checked(lambda: -self.answer(part), self.answer(part))
            case ("?" | "not" | "&&" | "||", *_):
                return self.chosen(tree)
            case (sign, one, other):
                return self.calculated(sign, self.answer(one), self.answer(other))
        raise AssertionError(tree)

    def chosen(self, tree: Tree) -> Any:
        sign, *parts = tree
        if sign == "?":
            chosen = self.answer(parts[0])
            return chosen if chosen is NO_ANSWER else self.answer(parts[1] if chosen else parts[2])
        answers = [self.answer(part) for part in parts]
        if sign == "not":
            return self.negated(answers[0])
        if sign == "&&":
            return self.both(*answers)
        return self.negated(self.both(*map(self.negated, answers)))

    def field(self, name: str, field: str) -> Any:
        if name == "lists":
            return self.lists[field]
        if name == "thresholds":
            return self.thresholds[field]
        assert name == self.variable, name
        value = self.fact.fields[field]
        return self.fact.zeros[field] if value is None else value

    @staticmethod
    def both(one: Any, other: Any) -> Any:
        if one is False or other is False:
            return False
        return NO_ANSWER if NO_ANSWER in (one, other) else True

    @staticmethod
    def negated(one: Any) -> Any:
        return one if one is NO_ANSWER else not one

    def call(self, name: str, parts: list[Tree]) -> Any:
        if name == "has":
            (_, _, field) = parts[0]
            return self.fact.fields[field] not in (None, [])
        if name in ("exists", "all", "exists_one"):
            return self.looped(name, *parts)
        values = [self.answer(part) for part in parts]
        if any(value is NO_ANSWER for value in values):
            return NO_ANSWER
        match name:
            case "size":
                return len(values[0])
            case "startsWith":
                return values[0].startswith(values[1])
            case "endsWith":
                return values[0].endswith(values[1])
            case "contains":
                return values[1] in values[0]
            case "double":
                return float(values[0])
            case "int":
                return self.checked(lambda: math.trunc(values[0]), values[0])
        return self.functions[name](*values)

    def looped(self, name: str, ranged: Tree, member: Tree, condition: Tree) -> Any:
        answers = []
        for value in self.answer(ranged):
            self.members[member[1]] = value
            answers.append(self.answer(condition))
        if name == "exists_one":
            return NO_ANSWER if NO_ANSWER in answers else answers.count(True) == 1
        wanted = name == "exists"
        if wanted in answers:
            return wanted
        return NO_ANSWER if NO_ANSWER in answers else not wanted

    def calculated(self, sign: str, one: Any, other: Any) -> Any:
        if one is NO_ANSWER or other is NO_ANSWER:
            return NO_ANSWER
        match sign:
            case "==":
                return one == other
            case "!=":
                return one != other
            case "<":
                return one < other
            case "<=":
                return one <= other
            case ">":
                return one > other
            case ">=":
                return one >= other
            case "in":
                return one in other
            case "+" if isinstance(one, list):
                return one + other
        return self.checked(lambda: self.arithmetic(sign, one, other), one)

    @staticmethod
    def arithmetic(sign: str, one: Any, other: Any) -> Any:
        match sign:
            case "+":
                return one + other
            case "-":
                return one - other
            case "*":
                return one * other
            case "/" if isinstance(one, float):
                return (
                    one / other
                    if other
                    else math.nan
                    if not one or math.isnan(one)
                    else math.copysign(math.inf, one)
                )
            case "/":
                return int(abs(one) // abs(other)) * (1 if (one < 0) == (other < 0) else -1)
            case "%":
                return abs(one) % abs(other) * (-1 if one < 0 else 1)
        raise AssertionError(sign)

    @staticmethod
    def checked(calculate: Callable[[], Any], one: Any) -> Any:
        """The number, where it fits into 64 bits and there is one."""
        if one is NO_ANSWER:
            return NO_ANSWER
        try:
            number = calculate()
        except (ZeroDivisionError, OverflowError, ValueError):
            return NO_ANSWER
        return number if isinstance(number, float) or LEAST <= number <= MOST else NO_ANSWER
