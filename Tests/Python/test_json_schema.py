"""The JSON Schema that the program prints is one, and holds of every directive of the shipped analyses."""

import json
import re

import jsonschema
import pytest
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's core schema: a date is a text, and only true and false are booleans. A key is read as written."""

    def construct_mapping(self, node, deep=False):
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))

FENCE = re.compile(r"^(`{3,})([a-z-]*)[^`\n]*\n(.*?)^\1`*$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def schema(run):
    return json.loads(run("reference", "--json-schema"))


def validator(schema, word):
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{word}", "$defs": schema["$defs"]})


def test_schema_is_valid(schema):
    jsonschema.Draft202012Validator.check_schema(schema)


def test_shipped_directives_conform(schema, analyses):
    words = {}
    for path in analyses:
        for _, word, body in FENCE.findall(path.read_text()):
            if word not in schema["$defs"]:
                continue
            words[word] = words.get(word, 0) + 1
            faults = list(validator(schema, word).iter_errors(yaml.load(body, Loader) or {}))
            assert not faults, f"{path}: {word}: {faults[0].message}"
    # The texts above were found at all.
    assert {"data", "effects", "proxy", "meta-analysis", "figure"} <= words.keys()


@pytest.mark.parametrize(
    "word, body",
    [
        ("data", {"id": "a"}),
        ("data", {"id": "a", "source": "a.csv", "colour": "red"}),
        ("meta-analysis", {"id": "a", "data": "b", "method": "guess"}),
        ("proxy", {"id": "a", "effects": "b", "outcome": "c", "proxies": "d", "alpha": "e"}),
    ],
)
def test_faults_are_found(schema, word, body):
    assert not validator(schema, word).is_valid(body)
