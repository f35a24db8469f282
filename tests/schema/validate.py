"""
validate.py -- JSON Schema, draft 2020-12: the keywords that our schemas use.

A keyword that is not known here is an error of the schema, never passed over:
a check that checks nothing would look like one that passes.  Python's own
library only.

	validate.py SCHEMA.json FILE...		prints what is wrong; status 1
	validate.py --keywords SCHEMA.json...	only reads the schemas
"""

import json
import os
import re
import sys

NOTES = {"$schema", "$id", "$defs", "title", "description", "format"}
TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
}


def no_key_twice(pairs):
    out = {}
    for key, value in pairs:
        if key in out:
            raise ValueError("key given twice: %s" % key)
        out[key] = value
    return out


def read(text):
    return json.loads(text, object_pairs_hook=no_key_twice)


def pattern(text):
    """As in ECMA-262, $ is the end, never before a last newline."""
    return re.compile(re.sub(r"\$(?=$|\|)", r"\\Z", text))


class Schemas:
    """The schemas of one folder, which name each other by file name."""

    def __init__(self, folder):
        self.folder = folder
        self.files = {}

    def file(self, name):
        if name not in self.files:
            path = os.path.join(self.folder, name)
            with open(path, encoding="utf-8") as f:
                self.files[name] = read(f.read())
        return self.files[name]

    def follow(self, ref, name):
        """The schema that $ref means, and the file it stands in."""
        other, _, pointer = ref.partition("#")
        name = other or name
        at = self.file(name)
        for part in pointer.split("/")[1:]:
            at = at[part]
        return at, name

    def errors(self, value, schema, name, path=""):
        """What is wrong with a value: a list of (path, reason)."""
        out = []
        if "$ref" in schema:
            target, where = self.follow(schema["$ref"], name)
            out += self.errors(value, target, where, path)
        for word, wanted in schema.items():
            if word == "$ref" or word in NOTES:
                continue
            check = getattr(self, "check_" + word, None)
            if check is None:
                raise ValueError("%s: unknown keyword %s" % (name, word))
            out += check(value, wanted, schema, name, path)
        return out

    def check_type(self, value, wanted, schema, name, path):
        names = wanted if isinstance(wanted, list) else [wanted]
        if any(TYPES[one](value) for one in names):
            return []
        return [(path, "is not of type %s" % " or ".join(names))]

    def check_enum(self, value, wanted, schema, name, path):
        if any(one == value and type(one) is type(value) for one in wanted):
            return []
        return [(path, "is none of %s" % json.dumps(wanted))]

    def check_const(self, value, wanted, schema, name, path):
        return self.check_enum(value, [wanted], schema, name, path)

    def check_pattern(self, value, wanted, schema, name, path):
        if not isinstance(value, str) or pattern(wanted).search(value):
            return []
        return [(path, "%s does not match %s" % (json.dumps(value), wanted))]

    def check_minLength(self, value, wanted, schema, name, path):
        short = isinstance(value, str) and len(value) < wanted
        return [(path, "is too short")] if short else []

    def check_maxLength(self, value, wanted, schema, name, path):
        long = isinstance(value, str) and len(value) > wanted
        return [(path, "is too long")] if long else []

    def check_minimum(self, value, wanted, schema, name, path):
        low = TYPES["integer"](value) and value < wanted
        return [(path, "%s is under %s" % (value, wanted))] if low else []

    def check_maximum(self, value, wanted, schema, name, path):
        high = TYPES["integer"](value) and value > wanted
        return [(path, "%s is over %s" % (value, wanted))] if high else []

    def check_minItems(self, value, wanted, schema, name, path):
        few = isinstance(value, list) and len(value) < wanted
        return [(path, "has too few elements")] if few else []

    def check_maxItems(self, value, wanted, schema, name, path):
        many = isinstance(value, list) and len(value) > wanted
        return [(path, "has too many elements")] if many else []

    def check_items(self, value, wanted, schema, name, path):
        out = []
        if isinstance(value, list):
            for i, one in enumerate(value):
                out += self.errors(one, wanted, name, "%s.%d" % (path, i))
        return out

    def check_required(self, value, wanted, schema, name, path):
        if not isinstance(value, dict):
            return []
        return [("%s.%s" % (path, key), "is missing")
                for key in wanted if key not in value]

    def check_properties(self, value, wanted, schema, name, path):
        out = []
        if isinstance(value, dict):
            for key in value:
                if key in wanted:
                    out += self.errors(value[key], wanted[key], name,
                                       "%s.%s" % (path, key))
        return out

    def check_patternProperties(self, value, wanted, schema, name, path):
        out = []
        if isinstance(value, dict):
            for key in value:
                for form in wanted:
                    if pattern(form).search(key):
                        out += self.errors(value[key], wanted[form], name,
                                           "%s.%s" % (path, key))
        return out

    def check_additionalProperties(self, value, wanted, schema, name, path):
        out = []
        if not isinstance(value, dict):
            return out
        for key in value:
            if key in schema.get("properties", {}) or any(
                    pattern(form).search(key)
                    for form in schema.get("patternProperties", {})):
                continue
            at = "%s.%s" % (path, key)
            if wanted is False:
                out.append((at, "is unknown"))
            else:
                out += self.errors(value[key], wanted, name, at)
        return out

    def check_anyOf(self, value, wanted, schema, name, path):
        """The errors of the alternative that comes nearest."""
        best = None
        for one in wanted:
            found = self.errors(value, one, name, path)
            if not found:
                return []
            # Further in the document is nearer to what was meant.
            depth = max(len(at) for at, _ in found)
            if best is None or depth > best[0]:
                best = depth, found
        return best[1]

    # -- the schemas themselves ---------------------------------------------

    def check_schema(self, name):
        """Every keyword is known, every $ref leads somewhere."""
        self.walk(self.file(name), name)

    def walk(self, schema, name):
        if "$ref" in schema:
            self.follow(schema["$ref"], name)
        for word, wanted in schema.items():
            if word in ("properties", "patternProperties", "$defs"):
                for form, one in wanted.items():
                    if word == "patternProperties":
                        pattern(form)
                    self.walk(one, name)
            elif word == "anyOf":
                for one in wanted:
                    self.walk(one, name)
            elif word == "items" or (word == "additionalProperties" and
                                     isinstance(wanted, dict)):
                self.walk(wanted, name)
            elif word == "pattern":
                pattern(wanted)
            elif word != "$ref" and word not in NOTES and not hasattr(
                    self, "check_" + word):
                raise ValueError("%s: unknown keyword %s" % (name, word))

    def properties(self, name):
        """Every member that the schema names."""
        found = set()

        def look(schema):
            for key, one in schema.get("properties", {}).items():
                found.add(key)
                look(one)
            for one in schema.get("anyOf", ()):
                look(one)
            for word in ("$defs", "patternProperties"):
                for one in schema.get(word, {}).values():
                    look(one)
            if "items" in schema:
                look(schema["items"])

        look(self.file(name))
        return found


def validate(schema_path, text):
    """The errors of one JSON text (or its bytes), as lines."""
    folder, name = os.path.split(schema_path)
    schemas = Schemas(folder)
    try:
        value = read(text if isinstance(text, str) else text.decode())
    except ValueError as e:
        return ["not JSON: %s" % e]
    return ["%s: %s" % (path.lstrip(".") or "the document", reason)
            for path, reason in schemas.errors(value, schemas.file(name),
                                               name)]


def main(args):
    if args[:1] == ["--keywords"]:
        for path in args[1:]:
            folder, name = os.path.split(path)
            Schemas(folder).check_schema(name)
        return 0
    status = 0
    for path in args[1:]:
        with open(path, "rb") as f:
            for line in validate(args[0], f.read()):
                print("%s: %s" % (path, line))
                status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
