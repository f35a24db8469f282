"""test_validate.py -- the validator refuses what it must, by keyword."""

import sys
import tempfile
import os

sys.dont_write_bytecode = True
import validate

ROWS = (
    # schema, a value that conforms, one that does not
    ({"type": "integer"}, 3, "3"),
    ({"type": "integer"}, -1, True),
    ({"type": "integer"}, 0, 1.5),
    ({"type": ["string", "null"]}, None, 0),
    ({"type": "boolean"}, False, 0),
    ({"enum": ["a", None]}, None, "b"),
    ({"enum": [1]}, 1, True),
    ({"const": True}, True, 1),
    ({"pattern": "^a+$"}, "aa", "aa\n"),
    ({"pattern": "^(a|b)$"}, "b", "ab"),
    ({"minLength": 1}, "é", ""),
    ({"maxLength": 1}, "é", "ab"),
    ({"minimum": 3}, 3, 2),
    ({"maximum": 3}, 3, 4),
    ({"minItems": 1}, [0], []),
    ({"maxItems": 1}, [0], [0, 1]),
    ({"items": {"type": "null"}}, [None], [None, 1]),
    ({"required": ["a"]}, {"a": 1}, {}),
    ({"properties": {"a": {"type": "null"}}}, {"b": 1}, {"a": 1}),
    ({"patternProperties": {"^x": {"type": "null"}}}, {"y": 1}, {"x": 1}),
    ({"properties": {"a": {}}, "additionalProperties": False}, {"a": 1},
     {"b": 1}),
    ({"additionalProperties": {"type": "string"}}, {"a": "b"}, {"a": 1}),
    ({"anyOf": [{"type": "null"}, {"minimum": 2, "type": "integer"}]}, 2, 1),
    ({"$ref": "#/$defs/x", "$defs": {"x": {"type": "null"}}}, None, 1),
)


def main():
    status = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "row.json")
        for schema, good, bad in ROWS:
            with open(path, "w", encoding="utf-8") as f:
                f.write(validate.json.dumps(schema))
            for value, wanted in ((good, False), (bad, True)):
                found = validate.validate(path, validate.json.dumps(value))
                if bool(found) != wanted:
                    print("%s over %r: %s" % (schema, value, found))
                    status = 1
        with open(path, "w", encoding="utf-8") as f:
            f.write('{"type": "object", "oneOf": []}')
        try:
            validate.main(["--keywords", path])
            print("an unknown keyword is passed over")
            status = 1
        except ValueError:
            pass
        if not validate.validate(path, '{"a":1,"a":2}'):
            print("a key given twice is passed over")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
