"""Model classes that are announced to engines and libraries, and repositories whose own code may run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.origins import registrations
from compliance.origins.prose import prose_of, utf8
from compliance.origins.registrations import Registration


def read(text: str | bytes) -> tuple[Registration, ...]:
    content = text.encode() if isinstance(text, str) else text
    return registrations.registrations(prose_of(utf8(content), "python"))[0]


def announced(text: str) -> list[tuple[str, str, str]]:
    """Mechanism, name and class."""
    return [(one.mechanism, one.name, one.target) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ModelRegistry.register_model('HanbitForCausalLM', 'hanbit.model:Hanbit')\n",
            ("register_model", "HanbitForCausalLM", "hanbit.model:Hanbit"),
        ),
        (
            "register_model(\n    'HanbitForCausalLM',\n    Hanbit,\n)\n",
            ("register_model", "HanbitForCausalLM", "Hanbit"),
        ),
        ("AutoConfig.register('hanbit', HanbitConfig)\n", ("auto-class", "hanbit", "HanbitConfig")),
        ("AutoModel.register(HanbitConfig, hanbit.Hanbit)\n", ("auto-class", "HanbitConfig", "hanbit.Hanbit")),
        ("EntryClass = Hanbit\n", ("entry-class", "Hanbit", "Hanbit")),
        ("EntryClass: type = Hanbit\n", ("entry-class", "Hanbit", "Hanbit")),
        (
            "_TEXT_MODELS = {\n    'Hanbit': ('hanbit', 'HanbitForCausalLM'),\n}\n",
            ("model-table", "Hanbit", "hanbit:HanbitForCausalLM"),
        ),
        ("MODELS: dict[str, str] = {'hanbit': 'Hanbit'}\n", ("model-table", "hanbit", "Hanbit")),
        ("_MODELS.update({'hanbit': 'Hanbit'})\n", ("model-table", "hanbit", "Hanbit")),
        ("MODEL_FOR_LM_NAMES = {'hanbit': 'Hanbit'}\n", ("model-table", "hanbit", "Hanbit")),
        (
            "MODULE_MAP.update({'Hanbit': f'{ROOT}.hanbit.Hanbit'})\n",
            ("model-table", "Hanbit", "{ROOT}.hanbit.Hanbit"),
        ),
        ("config.auto_map = {'AutoModel': 'model.Hanbit'}\n", ("auto_map", "AutoModel", "model.Hanbit")),
        ("config = {'auto_map': {'AutoModel': 'model.Hanbit'}}\n", ("auto_map", "AutoModel", "model.Hanbit")),
        ("f('garam/hanbit', trust_remote_code=True)\n", ("trust_remote_code", "", "")),
        (
            "AutoModel.from_pretrained('garam/hanbit', trust_remote_code=True)\n",
            ("trust_remote_code", "garam/hanbit", ""),
        ),
        (
            "LLM(model='garam/hanbit', dtype=f(1), trust_remote_code=True)\n",
            ("trust_remote_code", "garam/hanbit", ""),
        ),
        ("AutoModel.from_pretrained(name, trust_remote_code=True)\n", ("trust_remote_code", "", "")),
        ("options = {'trust_remote_code': True}\n", ("trust_remote_code", "", "")),
    ],
)
def test_a_registration_names_a_class_and_what_it_is_called(text: str, expected: tuple[str, str, str]) -> None:
    assert announced(text) == [expected]


def test_every_entry_of_a_list_or_table_is_a_registration_of_its_own_line() -> None:
    table = read("X_MODELS = {\n    'a': ('m', 'A'),\n    # no\n    'b': 'B',\n}\nEntryClass = [C, D]\n")

    assert [(one.name, one.lines) for one in table] == [("a", (2, 2)), ("b", (4, 4)), ("C", (6, 6)), ("D", (6, 6))]


def test_a_call_that_goes_over_lines_has_all_of_them() -> None:
    (found,) = read("\nmodel = AutoModel.from_pretrained(\n    'garam/hanbit',\n    trust_remote_code=True,\n)\n")

    assert found.lines == (2, 4)


@pytest.mark.parametrize(
    "between", ["')\nother(", "').eval()\nother(", "'), other(", "'))\nother(", "')\nx = (1)\nother(a, "]
)
def test_a_call_that_is_closed_is_not_the_one_that_trusts(between: str) -> None:
    (found,) = read(f"model = AutoModel.from_pretrained('garam/hanbit{between}trust_remote_code=True)\n")

    assert found.name == ""


@pytest.mark.parametrize(
    "text",
    [
        "AutoModel.from_pretrained('garam/hanbit', trust_remote_code=False)\n",
        "AutoModel.from_pretrained('garam/hanbit', trust_remote_code=flag)\n",
        "# AutoModel.from_pretrained('garam/hanbit', trust_remote_code=True)\n",
        "x = '''\nregister_model('Hanbit', 'hanbit:Hanbit')\n'''\n",
        '"""\nEntryClass = Hanbit\n"""\n',
        "register_model(name, Hanbit)\n",
        "ABCMeta.register('hanbit', Hanbit)\n",
        "names = {'hanbit': 'Hanbit'}\n",
        "MODEL = 'x'; names = {'hanbit': 'Hanbit'}\n",
        "MODELS = []\nnames = {'hanbit': 'Hanbit'}\n",
        "MODELS = {'hanbit': Hanbit, 'other': make('Hanbit')}\n",
        "EntryClassOf(Hanbit)\n",
        "auto_map = None\n",
    ],
)
def test_other_code_registers_nothing(text: str) -> None:
    assert read(text) == ()


def test_a_table_ends_where_its_bracket_closes() -> None:
    assert announced("MODELS = {}\nnames = {'hanbit': 'Hanbit'}\n") == []


NEEDLES = ["register_model(", "AutoModel.register(", "EntryClass", "MODELS", "auto_map", "trust_remote_code=True"]
MARKS = ["'", "(", ")", "{", "}", "[", "]", ":", ",", "=", "#", "\n", " ", "A", "LLM('", "{'a': 'b'"]


@given(st.binary(max_size=100) | st.lists(st.sampled_from([*NEEDLES, *MARKS]), max_size=50).map("".join))
def test_any_bytes_are_read(content: bytes | str) -> None:
    content = content if isinstance(content, bytes) else content.encode()
    last = utf8(content).count(b"\n") + 1

    assert all(1 <= one.lines[0] <= one.lines[1] <= last for one in read(content))


@pytest.mark.parametrize(
    "unit",
    [
        *NEEDLES,
        "MODEL",
        "MODEL_",
        "MODEL_A",
        "MODEL:",
        "MODEL" + " " * 300,
        "MODELS={",
        "MODELS={'a':'b',",
        "auto_map={'a':'b',",
        "EntryClass=[ ",
        "EntryClass:x ",
        "LLM('a',trust_remote_code=True,",
        "AutoA.register(a,b)",
        "Auto.register(",
        "register_model('" + "a" * 600,
    ],
)
def test_a_megabyte_of_any_registration_is_read(unit: str) -> None:
    assert len(read(unit * (1_000_000 // len(unit)))) <= registrations.MOST


def test_too_many_registrations_are_told_to_be_more() -> None:
    prose = [
        prose_of(b"EntryClass = A\n" * count, "python") for count in (registrations.MOST, registrations.MOST + 1)
    ]
    enough, many = (registrations.registrations(one) for one in prose)

    assert (len(enough[0]), enough[1]) == (registrations.MOST, False)
    assert (len(many[0]), many[1]) == (registrations.MOST, True)
