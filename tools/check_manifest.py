"""Hold the dbt project to its rules: names, layers, descriptions, keys, PII classes and the number of tests.

    python tools/check_manifest.py [--manifest target/manifest.json] [--sample WAREHOUSE_URL]

Without --manifest the project is parsed here, as the warehouse and as the source see it; no database is needed.
With --sample, values of the published marts are looked at too: do columns that are said to hold nothing personal?
Prints each breach in a line; exits 1 if any.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
PROJECT = REPOSITORY / "dbt_project"
# dbt ignores test keys that it does not know, so tests can vanish in silence: a change of this number is deliberate.
EXPECTED_TESTS = {"mariadb": 23, "mysql": 23, "postgres": 27}
TARGETS = ("mariadb", "oltp")
PII_CLASSES = {"name", "contact", "precise_location", "none"}
PERSONAL_NAME = re.compile(
    r"(^|_)(e?mail|phone|mobile|fax|address|street|zip|postcode|postal|birth(day|date)?|ssn|passport|iban|latitude"
    r"|longitude|surname|((first|last|middle|maiden|full|customer|person|contact|employee|user)_?name))(_|$)"
)
FORMATS = {"money", "percent", "count", "days", "number"}
SIGNATURE = re.compile(r"{%-?\s*(?:macro|test)\s+(\w+)\s*\((.*?)\)\s*-?%}", re.DOTALL)
# Implementations of dbt's own functions, which dbt documents, and the tags that register a materialization.
UNDOCUMENTED_MACROS = re.compile(r"^(mysql__|mariadb__|materialization_)")

Manifest = Mapping[str, Any]


def breaches(manifest: Manifest, project: Path = PROJECT) -> list[str]:
    """Every rule of the project that the manifest or a file of the project breaks, one sentence each."""
    checks = (
        _names_and_layers,
        _model_descriptions,
        _keys,
        _pii_classes,
        _owners,
        _source_descriptions,
        _unpublished,
        _stars,
        _seeds,
        _exposures,
        _metrics,
        _macros,
        _tests,
    )
    return [breach for check in checks for breach in check(manifest)] + list(_files(project))


def parse(target: str, project: Path = PROJECT) -> Manifest:
    """Parse the project as the target would see it and return the manifest. Raises SystemExit if it fails."""
    from dbt.cli.main import dbtRunner

    with tempfile.TemporaryDirectory() as folder:
        profile = (REPOSITORY / "profiles.example.yml").read_text(encoding="utf-8")
        (Path(folder) / "profiles.yml").write_text(profile, encoding="utf-8")
        places = ["--project-dir", str(project), "--profiles-dir", folder, "--target-path", folder]
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        quiet = ["--quiet", "--log-level-file", "none"]
        result = dbtRunner().invoke([*quiet, "parse", "--target", target, *places])
        if not result.success:
            raise SystemExit(f"error: the dbt project does not parse: {result.exception}")
        manifest: Manifest = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))
        return manifest


def _models(manifest: Manifest) -> Iterator[Mapping[str, Any]]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def _layer(node: Mapping[str, Any]) -> str:
    return str(node["path"]).split("/", 1)[0]


def _names_and_layers(manifest: Manifest) -> Iterator[str]:
    variables = _variables()
    prefixes: Mapping[str, list[str]] = variables["name_prefixes"]
    for model in _models(manifest):
        name, layer = model["name"], _layer(model)
        if name not in variables["kept_names"] and not name.startswith(tuple(prefixes.get(layer, ()))):
            yield f"{name}: models in {layer}/ begin with one of {prefixes.get(layer, 'no known prefix')}"
        if layer == "staging" and not re.match(rf"^stg_{Path(model['path']).parent.name}__\w+$", name):
            yield f"{name}: a staging model is named stg_<source>__<table> and lies in the folder of its source"
        parents = model["depends_on"]["nodes"]
        if layer == "staging" and any(not parent.startswith("source.") for parent in parents):
            yield f"{name}: a staging model reads its source alone"
        if layer == "staging" and len(parents) != 1:
            yield f"{name}: a staging model reads one source table"
        if layer != "staging" and any(parent.startswith("source.") for parent in parents):
            yield f"{name}: only staging models read sources"
        if layer == "intermediate" and len(_children(manifest, model["unique_id"])) < 2:
            yield f"{name}: an intermediate model is read by two models or more; fold it into the one that reads it"


def _variables() -> Mapping[str, Any]:
    import yaml

    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    variables: Mapping[str, Any] = settings["vars"]
    return variables


def _children(manifest: Manifest, unique_id: str) -> list[str]:
    return [model["name"] for model in _models(manifest) if unique_id in model["depends_on"]["nodes"]]


def _model_descriptions(manifest: Manifest) -> Iterator[str]:
    for model in _models(manifest):
        if not model["description"].strip():
            yield f"{model['name']}: has no description"
        if not model["columns"]:
            yield f"{model['name']}: lists no columns in YAML"
        for column in model["columns"].values():
            if not column["description"].strip():
                yield f"{model['name']}.{column['name']}: has no description"
        grain = re.search(r"^-- Grain: ", model["raw_code"], re.MULTILINE)
        if _layer(model) == "marts" and not grain:
            yield f"{model['name']}: its file does not state the grain (-- Grain: one row per …)"


def _keys(manifest: Manifest) -> Iterator[str]:
    for model in _models(manifest):
        if _layer(model) == "staging":
            # The table beneath is loaded with this primary key; a view has none of its own.
            declared = model["config"]["meta"].get("primary_key")
            source = manifest["sources"].get(model["depends_on"]["nodes"][0], {})
            if not declared or declared != source.get("meta", {}).get("primary_key"):
                yield f"{model['name']}: its meta.primary_key is not that of its source table"
        elif _layer(model) == "semantics":
            continue  # a view on a mart, whose key the mart has
        elif not _has_primary_key(model) or not model["contract"]["enforced"]:
            yield f"{model['name']}: has no enforced contract with a primary key"


def _has_primary_key(model: Mapping[str, Any]) -> bool:
    constraints = [*model["constraints"], *(c for column in model["columns"].values() for c in column["constraints"])]
    return any(constraint["type"] == "primary_key" for constraint in constraints)


def _pii_classes(manifest: Manifest) -> Iterator[str]:
    for model in _models(manifest):
        if _layer(model) == "marts":
            for column in model["columns"].values():
                name, pii = f"{model['name']}.{column['name']}", column["meta"].get("pii")
                if pii not in PII_CLASSES:
                    yield f"{name}: meta.pii is none of {', '.join(sorted(PII_CLASSES))}"
                elif pii == "none" and PERSONAL_NAME.search(column["name"]) and not column["meta"].get("pii_reason"):
                    yield f"{name}: sounds personal and is classed none; class it, or say why not in meta.pii_reason"


def _owners(manifest: Manifest) -> Iterator[str]:
    for model in _models(manifest):
        if not model["config"]["meta"].get("owner"):
            yield f"{model['name']}: has no owner (meta.owner)"
        if not model["group"]:
            yield f"{model['name']}: belongs to no group"


def _source_descriptions(manifest: Manifest) -> Iterator[str]:
    for table in manifest["sources"].values():
        name = f"{table['source_name']}.{table['name']}"
        if not table["description"].strip() or not table["source_description"].strip():
            yield f"source {name}: has no description"
        if not table["meta"].get("primary_key") or not table["meta"].get("cursor"):
            yield f"source {name}: lacks meta.primary_key or meta.cursor, by which it is loaded"
        for column in table["columns"].values():
            if not column["description"].strip():
                yield f"source {name}.{column['name']}: has no description"
        for key in [*table["meta"].get("primary_key", []), table["meta"].get("cursor")]:
            if key and key not in table["columns"]:
                yield f"source {name}: its key or cursor {key} is not among its columns"


def _unpublished(manifest: Manifest) -> Iterator[str]:
    for model in _models(manifest):
        stored = model["config"]["materialized"] not in ("view", "ephemeral")
        if stored and not model["config"]["meta"].get("publish_to"):
            yield (
                f"{model['name']}: is stored and not published (meta.publish_to); runs build the marts and the views"
                " that these read, so make it a view or ephemeral"
            )


def _stars(manifest: Manifest) -> Iterator[str]:
    """Each star is built and published apart, also when the source of another cannot be reached."""
    for unique_id, node in manifest["nodes"].items():
        if node["resource_type"] in ("model", "test"):
            parts = (unique_id, *node.get("depends_on", {}).get("nodes", ()))
            stars = {_star(manifest, part) for part in parts} - {None}
            if len(stars) > 1:
                yield f"{node['name']}: reads models of two stars ({', '.join(sorted(map(str, stars)))})"


def _star(manifest: Manifest, unique_id: str) -> str | None:
    """The database that a mart is published to; None for what is no mart."""
    config = manifest["nodes"].get(unique_id, {}).get("config", {})
    found: str | None = config.get("meta", {}).get("publish_to")
    return found


def _seeds(manifest: Manifest) -> Iterator[str]:
    for seed in manifest["nodes"].values():
        if seed["resource_type"] == "seed":
            if not seed["description"].strip():
                yield f"seed {seed['name']}: has no description"
            for column in seed["columns"].values():
                if not column["description"].strip():
                    yield f"seed {seed['name']}.{column['name']}: has no description"


def _exposures(manifest: Manifest) -> Iterator[str]:
    if not manifest["exposures"]:
        yield "there is no exposure: say who reads the marts"
    for exposure in manifest["exposures"].values():
        if not exposure["description"].strip():
            yield f"exposure {exposure['name']}: has no description"


def _metrics(manifest: Manifest) -> Iterator[str]:
    for metric in manifest["metrics"].values():
        meta = metric["meta"]
        if not metric["description"].strip():
            yield f"metric {metric['name']}: has no description"
        if not meta.get("unit") or meta.get("format") not in FORMATS:
            yield f"metric {metric['name']}: lacks meta.unit, or meta.format is none of {', '.join(sorted(FORMATS))}"
        if meta.get("instead") and f"metric.{metric['package_name']}.{meta['instead']}" not in manifest["metrics"]:
            yield f"metric {metric['name']}: meta.instead names no metric: {meta['instead']}"
    for model in manifest["semantic_models"].values():
        for field in [*model["dimensions"], *model["measures"]]:
            if not (field.get("description") or field.get("label") or "").strip():
                yield f"semantic model {model['name']}: {field['name']} has neither label nor description"


def _macros(manifest: Manifest) -> Iterator[str]:
    for macro in manifest["macros"].values():
        if macro["package_name"] != manifest["metadata"]["project_name"] or UNDOCUMENTED_MACROS.match(macro["name"]):
            continue
        if not macro["description"].strip():
            yield f"macro {macro['name']}: has no description"
        described = {argument["name"]: argument["description"] for argument in macro["arguments"]}
        taken = _arguments(macro["macro_sql"])
        for argument in taken:
            if not described.get(argument, "").strip():
                yield f"macro {macro['name']}: its argument {argument} has no description"
        for argument in described.keys() - set(taken):
            yield f"macro {macro['name']}: describes the argument {argument}, which it does not take"


def _arguments(macro_sql: str) -> list[str]:
    signature = SIGNATURE.search(macro_sql)
    parts = signature.group(2).split(",") if signature else []
    return [part.split("=")[0].strip() for part in parts if part.strip()]


def _tests(manifest: Manifest) -> Iterator[str]:
    tests = [node for node in manifest["nodes"].values() if node["resource_type"] == "test"]
    adapter = manifest["metadata"]["adapter_type"]
    if len(tests) != EXPECTED_TESTS[adapter]:
        yield (
            f"the project has {len(tests)} tests on {adapter}, and {EXPECTED_TESTS[adapter]} were expected:"
            " did dbt ignore one?"
        )
    for test in tests:
        if not test["name"].startswith("assert_"):
            yield f"test {test['name']}: a test's name is the sentence that it proves: assert_…"
        if not str(test["config"]["meta"].get("description", "")).strip():
            yield f"test {test['name']}: has no description (config meta.description)"


def _files(project: Path) -> Iterator[str]:
    for path in sorted([*project.rglob("*.yml"), *project.rglob("*.yaml")]):
        if "target" not in path.parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if re.match(r"^\s*-?\s*(data_tests|unit_tests)\s*:", line):
                    yield f"{path.relative_to(project)}:{number}: dbt 1.7 ignores this key; write tests:"
    for path in sorted(project.rglob("*.sql")):
        if "target" not in path.parts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if "---" in line:
                    yield f"{path.relative_to(project)}:{number}: --- is no comment but minus signs to MySQL"


def main() -> int:
    """Check the project and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--manifest", type=Path, help="a manifest.json written by dbt, instead of parsing the project")
    parser.add_argument("--sample", metavar="URL", help="an account that reads the published marts: look at values too")
    arguments = parser.parse_args()
    if arguments.manifest:
        manifests = [json.loads(arguments.manifest.read_text(encoding="utf-8"))]
    else:
        manifests = [parse(target) for target in TARGETS]
    found = dict.fromkeys(breach for manifest in manifests for breach in breaches(manifest))
    if arguments.sample:
        from warehouse.personal_data import suspects

        found |= dict.fromkeys(suspects(arguments.sample, manifests[0]))
    for breach in found:
        print(breach, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
