#!/usr/bin/python3
"""Messages that stations and server really sent are as docs/protocol/*.schema.json say, word for word.

usage: conform.py SCHEMA_FOLDER MESSAGES    (a line each: topic, tab, JSON)

A field that no schema names is a fault as well: whoever writes a device from the schemas would not know it.
And the schemas are tried: a message that lacks any one field it must have is refused.
"""
import copy
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

KINDS = ["hello", "ev", "presence", "ack", "snapshot", "doc", "cmd"]


def closed(schema):
    """No object may hold a field that is not named; the body of an event is closed by its kind."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {word: closed(value) for word, value in schema.items()}
    if made.get("type") == "object" and "properties" in made:
        made.setdefault("additionalProperties", False)
    return made


def required_places(message, schema, root, path=()):
    """Where the message holds a field that it must have."""
    schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema
    if isinstance(message, dict):
        for name in schema.get("required", []):
            yield path + (name,)
        for name, part in schema.get("properties", {}).items():
            if name in message:
                yield from required_places(message[name], part, root, path + (name,))
    if isinstance(message, list) and message and "items" in schema:
        yield from required_places(message[0], schema["items"], root, path + (0,))


def without(message, path):
    less = copy.deepcopy(message)
    place = less
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return less


def main():
    folder, messages = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    schemas = {kind: closed(json.loads((folder / f"{kind}.schema.json").read_text())) for kind in KINDS}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    validators = {kind: Draft202012Validator(schema) for kind, schema in schemas.items()}
    seen, events, tried, faults = dict.fromkeys(KINDS, 0), set(), set(), []
    for line in messages.read_text().splitlines():
        topic, payload = line.split("\t", 1)
        kind = topic.rsplit("/", 1)[1]
        message = json.loads(payload)
        seen[kind] += 1
        if kind == "ev":
            events.update(event["kind"] for event in message["events"])
        for error in validators[kind].iter_errors(message):
            place = "/".join(map(str, error.absolute_path))
            faults.append(f"{kind}: {place}: {error.message[:200]}")
        for path in required_places(message, schemas[kind], schemas[kind]):
            if (kind, path) not in tried and not validators[kind].is_valid(message):
                continue
            if (kind, path) not in tried:
                tried.add((kind, path))
                if validators[kind].is_valid(without(message, path)):
                    faults.append(f"{kind}: the schema does not miss {'/'.join(map(str, path))}")
        if len(faults) > 20:
            break
    for fault in sorted(set(faults)):
        print(fault)
    missing = [kind for kind in KINDS if seen[kind] == 0]
    print(f"{sum(seen.values())} messages: {seen}; {len(events)} kinds of event: {' '.join(sorted(events))};"
          f" {len(tried)} fields that must be there")
    if missing:
        print("never sent:", " ".join(missing))
    return 1 if faults or missing else 0


sys.exit(main())
