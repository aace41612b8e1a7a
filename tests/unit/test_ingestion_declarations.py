"""The sources YAML is the only declaration of what is loaded; what is wrong with it is said in one sentence."""

from pathlib import Path

import pytest

from ingestion import IngestionError, Table, read_sources

GOOD = """
version: 2
sources:
  - name: superstore
    schema: "{{ 'superstore' if target.type == 'postgres' else 'raw_superstore' }}"
    meta: {connection: EXTRACT_URL, schema: superstore, tombstones: tombstones}
    tables:
      - name: orders
        meta: {primary_key: order_id, cursor: tbl_last_dt, partition: order_date}
      - name: order_products
        meta: {primary_key: [order_id, product_id], cursor: tbl_last_dt}
  - name: elsewhere
    tables: [{name: not_ours}]
"""


def project(tmp_path: Path, text: str) -> Path:
    (tmp_path / "models" / "staging").mkdir(parents=True)
    (tmp_path / "models" / "staging" / "_sources.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_sources_with_a_connection_are_read(tmp_path: Path) -> None:
    sources = read_sources(project(tmp_path, GOOD))
    assert list(sources) == ["superstore"]
    source = sources["superstore"]
    assert (source.schema, source.staging, source.tombstones) == ("superstore", "raw_superstore", "tombstones")
    assert source.tables == (
        Table("orders", ("order_id",), "tbl_last_dt", "order_date"),
        Table("order_products", ("order_id", "product_id"), "tbl_last_dt"),
    )


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("primary_key: order_id, ", "", "source superstore, table orders: meta.primary_key is missing"),
        ("primary_key: order_id", "primary_key: []", "meta.primary_key is missing"),
        ("[order_id, product_id]", "[order_id, order_id]", "meta.primary_key names a column twice"),
        ("cursor: tbl_last_dt, partition", "partition", "table orders: meta.cursor is missing"),
        ("partition:", "partitoin:", "table orders: meta has the unknown key `partitoin`"),
        ("tombstones: tomb", "tombstone: tomb", "source superstore: meta has the unknown key `tombstone`"),
        ("name: order_products", "name: orders", "table superstore.orders is declared twice"),
        ("name: elsewhere", "name: superstore\n    meta: {connection: X}", "source superstore"),
        ("version: 2", "version: [", "not valid YAML"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    assert was in GOOD
    with pytest.raises(IngestionError) as refusal:
        read_sources(project(tmp_path, GOOD.replace(was, becomes, 1)))
    assert said in str(refusal.value)
    assert "_sources.yml" in str(refusal.value)
    assert "\n" not in str(refusal.value)
