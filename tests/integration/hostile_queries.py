"""Queries by which a curious account would get at personal values that it may see only as tokens."""

from collections.abc import Sequence

COLUMNS = ("customer_name", "email", "phone", "postal_code")
EXPRESSIONS = (
    "{c} as x",
    "concat({c}, '')",
    "concat_ws('|', {c}, customer_id)",
    "hex({c})",
    "unhex(hex({c}))",
    "to_base64({c})",
    "reverse(reverse({c}))",
    "left({c}, 4)",
    "right({c}, 4)",
    "substring({c}, 1, 6)",
    "lower({c})",
    "upper({c})",
    "ascii({c})",
    "char_length({c})",
    "cast({c} as binary)",
    "cast({c} as char)",
    "convert({c} using latin1)",
    "{c} collate utf8mb4_unicode_ci",
    "json_object('v', {c})",
    "json_array({c})",
    "json_quote({c})",
    "group_concat({c})",
    "group_concat(distinct {c} order by {c} separator '|')",
    "json_arrayagg({c})",
    "min({c})",
    "max({c})",
    "any_value({c})",
    "coalesce({c}, email)",
    "if({c} is null, 'none', {c})",
    "case when {c} > 'm' then {c} else concat(' ', {c}) end",
    "compress({c})",
    "uncompress(compress({c}))",
    "quote({c})",
    "soundex({c})",
    "elt(1, {c})",
    "trim({c})",
    "replace({c}, 'tk_', '')",
    "regexp_replace({c}, '^tk_', '')",
    "first_value({c}) over (order by {c})",
    "lag({c}) over (order by customer_id)",
)
WHOLE = (
    "select * from (select {c} as a from dim_customer) as t",
    "with t as (select {c} as a from dim_customer) select a from t",
    "select {c} from dim_customer union select {c} from dim_customer",
    "select (select {c} from dim_customer limit 1)",
    "select {c} from dim_customer procedure analyse()",
    "select {c} from warehouse.dim_customer",
    "select {c} from warehouse_build.dim_customer",
    "select {c} from warehouse_executive.dim_customer",
    "select {c} from raw_superstore.customers",
    "select {c}, count(*) from dim_customer group by {c} having count(*) < 5",
    "select extractvalue(1, concat(0x7e, {c})) from dim_customer",
    "select {c} from dim_customer into outfile '/tmp/leak'",
    "select cast({c} as signed), {c} + 0, {c} * 1 from dim_customer",
)
ONCE = (
    "show create view dim_customer",
    "show create table warehouse.dim_customer",
    "explain select * from dim_customer",
    "explain extended select * from dim_customer",
    "analyze select * from dim_customer",
    "show full columns from dim_customer",
    "show index from dim_customer",
    "select * from information_schema.views",
    "select * from information_schema.columns",
    "select * from information_schema.statistics",
    "select * from information_schema.tables",
    "select * from information_schema.routines",
    "select * from information_schema.processlist",
    "select * from information_schema.table_statistics",
    "select * from mysql.column_stats",
    "select * from mysql.innodb_index_stats",
    "select * from performance_schema.events_statements_history",
    "select load_file('/etc/passwd')",
    "select * from tidemark_masking.masking_key",
    "select inner_key from tidemark_masking.masking_key",
    "call tidemark_masking.make_role_view('warehouse_manager', 'warehouse', 'dim_customer', '[]', '')",
    "create view warehouse_manager.mine as select * from warehouse.dim_customer",
    "create temporary table mine as select * from dim_customer",
    "handler dim_customer open",
    "table dim_customer",
    "/*!50000 select customer_name from warehouse.dim_customer */",
    "select /*!99999 1, */ customer_name from dim_customer",
    "set role all",
    "prepare s from 'select customer_name from warehouse.dim_customer'",
    "select @@version, user(), current_user(), database()",
    "show grants",
    "set optimizer_trace = 'enabled=on', optimizer_trace_max_mem_size = 10000000",
    "select * from dim_customer where customer_name = 'x'",
    "select * from information_schema.optimizer_trace",
    "explain format=json select customer_name from dim_customer where email like 'a%'",
    "select customer_name from dim_customer for update",
    "execute immediate 'select customer_name from dim_customer'",
    "execute immediate 'select customer_name from warehouse.dim_customer'",
    "check table dim_customer",
    "checksum table dim_customer",
    "analyze table dim_customer persistent for all",
    "select * from information_schema.innodb_buffer_page",
    "show engine innodb status",
    "show full processlist",
    "load data local infile '/etc/hostname' into table dim_customer",
    "select customer_name from dim_customer into dumpfile '/tmp/leak'",
    "select load_file(customer_name) from dim_customer",
    "select updatexml(1, concat('~', customer_name), 1) from dim_customer",
    "select exp(~(select customer_name from dim_customer limit 1))",
    "select default(customer_name) from dim_customer",
    "select encode(customer_name, 'x'), des_decrypt(customer_name) from dim_customer",
    "show warnings",
    "select f.order_id, c.customer_name from fct_sales as f join dim_customer as c using (customer_key)",
    "select a.customer_name, b.email from (select customer_name from dim_customer limit 20) as a "
    "join dim_customer as b using (customer_name)",  # each row is compared by its token, so few do
    "select c.* from dim_customer as c natural join (select customer_key from fct_returns) as r",
)


def expressions_of(table: str, columns: Sequence[str]) -> list[str]:
    """Each way to turn a value into another text, of each column."""
    return [f"select {e.format(c=column)} from {table}" for e in EXPRESSIONS for column in columns]


def hostile_queries(name: str, mail: str) -> list[str]:
    """All of them; `name` and `mail` are values of one customer, to be guessed at by halves."""
    queries = expressions_of("dim_customer", COLUMNS)
    queries += [template.format(c=column) for template in WHOLE for column in COLUMNS]
    queries += ONCE
    for column, value in (("customer_name", name), ("email", mail)):
        for cut in range(1, 5):
            guess = value[:cut].replace("'", "''")
            queries.append(f"select customer_id, {column} from dim_customer where {column} like '{guess}%'")
        queries.append(f"select customer_id, {column} from dim_customer where {column} between 'A' and 'M'")
        queries.append(f"select {column} from dim_customer where {column} regexp '^[A-Z]'")
        queries.append(f"select {column} from dim_customer order by {column} limit 5")
        queries.append(f"select {column} from dim_customer where {column} = '{value.replace(chr(39), chr(39) * 2)}'")
    return queries
