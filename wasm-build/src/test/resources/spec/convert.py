"""Makes core.zip from the testsuite's .wast files; README.md says how to call it."""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

SCRIPTS = """address align block br br_if br_table bulk-memory call call_indirect const conversions
data endianness f32 f32_bitwise f32_cmp f64 f64_bitwise f64_cmp fac float_exprs float_literals
float_memory float_misc forward func func_ptrs globals i32 i64 if int_exprs int_literals labels
left-to-right linking load local_get local_set local_tee loop memory memory_grow memory_redundancy
memory_size memory_trap nop ref_is_null ref_null resizing return select skip-stack-guard-page stack
start store switch table_get table_grow table_set table_size traps unreachable unwind""".split()

# About modules that a parser or validator refuses, which is not the generator's work.
REFUSED = {"assert_invalid", "assert_malformed", "assert_unlinkable"}

COMMANDS = {
    "assert_return": "return",
    "assert_trap": "trap",
    "assert_exhaustion": "exhaustion",
    "action": "call",
}
OLD_NAN = re.compile(r"\(assert_return_(canonical|arithmetic)_nan\s*(\(.*\))\s*\)$", re.S)


def forms(text):
    """Cuts a text into its forms and what stands between them."""
    i = 0
    while i < len(text):
        start = i
        depth = 0
        while True:
            if text.startswith(";;", i):
                i = text.find("\n", i) % (len(text) + 1)
            elif text.startswith("(;", i):
                i = text.index(";)", i) + 2
            else:
                if text[i] == '"':
                    i += 1
                    while text[i] != '"':
                        i += 2 if text[i] == "\\" else 1
                depth += {"(": 1, ")": -1}.get(text[i], 0)
                i += 1
            if depth == 0:
                break
        yield text[start:i]


def blank(form):
    """Line numbers must stay."""
    return "\n" * form.count("\n")


def cleaned(name, form):
    """Rewrites one form for wast2json, which knows neither old spellings nor missing messages."""
    word = re.match(r"\((\w+)|", form).group(1)
    if word in REFUSED:
        return blank(form)
    if name == "br_table" and "large" in form:
        # A function that no JVM method holds; the pipeline would split it first.
        if word != "module":
            return blank(form)
        inner = (blank(f) if f.startswith('(func (export "large")') else f for f in forms(form[1:-1]))
        return "(" + "".join(inner) + ")"
    old = OLD_NAN.match(form)
    if old:
        return old.group(2)
    if word == "assert_trap" and form.rstrip(") \n").count('"') % 2 == 0 and form.endswith("))"):
        return form[:-1] + ' "")'
    return form


def values(listed):
    return " ".join(f"{v['type']}:{v['value']}" for v in listed)


def line(command, lines, directory):
    """Converts one command of wast2json, or returns nothing."""
    kind = command["type"]
    if kind in ("module", "assert_uninstantiable"):
        with open(os.path.join(directory, command["filename"]), "rb") as wasm:
            binary = base64.b64encode(wasm.read()).decode()
        return [kind.replace("assert_", ""), command.get("name", "-"), binary]
    if kind == "register":
        return [kind, command.get("name", "-"), command["as"]]
    if kind not in COMMANDS:
        return None
    action = command["action"]
    result = COMMANDS[kind]
    expected = command["expected"]
    old = re.match(r"\(assert_return_(\w+)_nan", lines[command["line"] - 1])
    if old:
        result = "return"
        expected = [{"type": e["type"], "value": "nan:" + old.group(1)} for e in expected]
    if action["type"] == "get":
        result = "get"
    text = values(expected) if result in ("return", "get") else command.get("text", "")
    who = action.get("module", "-")
    return [result, who, action["field"], values(action.get("args", [])), text]


def convert(source, wast2json, name, directory):
    with open(os.path.join(source, name + ".wast"), encoding="utf-8") as wast:
        text = wast.read()
    clean = os.path.join(directory, name + ".wast")
    with open(clean, "w", encoding="utf-8") as out:
        out.write("".join(cleaned(name, form) for form in forms(text)))
    output = os.path.join(directory, name + ".json")
    subprocess.run([*wast2json, clean, "-o", output], check=True)
    with open(output, encoding="utf-8") as commands:
        listed = json.load(commands)["commands"]
    converted = ""
    for command in listed:
        fields = line(command, text.split("\n"), directory)
        if fields:
            converted += "\t".join([str(command["line"]), *fields]) + "\n"
    return converted


def main():
    source, target, *wast2json = sys.argv[1:]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in SCRIPTS:
            with tempfile.TemporaryDirectory() as directory:
                text = convert(source, wast2json, name, directory)
            out.writestr(zipfile.ZipInfo(name + ".txt"), text, zipfile.ZIP_DEFLATED, 9)


main()
