{#- A test that passes costs one query. One that fails leaves its rows in a table of the build schema, at most a
    thousand; a test therefore selects keys only, never names or addresses. The result's adapter_response tells where:
    {'code': 'FAILING ROWS', '_message': '<schema>.<table>', 'rows_affected': <number of failing rows>}.
    A test whose meta.tells names a column adds its first values: '<schema>.<table> (<column>: <value>, <value>)'.
    On target `oltp` dbt's own materialization runs, which stores nothing: the extract account may only read. -#}

{% materialization test, adapter='mariadb' %}
    {{ return(run_test(sql)) }}
{% endmaterialization %}


{% materialization test, adapter='mysql' %}
    {{ return(run_test(sql)) }}
{% endmaterialization %}


{% macro failures_table(test_name) %}
    {#- _tidemark_failed_<test without assert_>. MySQL allows 64 characters in a name: a longer one is its first 55,
        an underscore and the first 8 digits of md5(test_name). -#}
    {%- set name = '_tidemark_failed_' ~ (test_name[7:] if test_name.startswith('assert_') else test_name) -%}
    {%- if name | length > 64 -%}
        {%- set name = name[:55] ~ '_' ~ local_md5(test_name)[:8] -%}
    {%- endif -%}
    {{- return(api.Relation.create(schema=target.schema, identifier=name, type='table')) -}}
{% endmacro %}


{% macro told_values(failures) %}
    {#- The first values of the column that the test tells of; never one that holds personal data. -#}
    {%- set column = config.get('meta', {}).get('tells') -%}
    {%- if not column -%}
        {{- return('') -}}
    {%- endif -%}
    {%- set rows = run_query('select distinct ' ~ column ~ ' from ' ~ failures ~ ' order by 1 limit 6').rows -%}
    {%- set values = rows[:5] | map(attribute=0) | join(', ') -%}
    {{- return(' (' ~ column ~ ': ' ~ values ~ (', …' if rows | length > 5 else '') ~ ')') -}}
{% endmacro %}


{% macro run_test(sql) %}
    {%- do strict_session() -%}
    {%- set failures = failures_table(model.name) -%}
    {%- call statement('main', fetch_result=True) -%}
        {{ get_test_sql(sql, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), config.get('limit')) }}
    {%- endcall -%}
    {%- set summary = load_result('main').table -%}
    {%- set failed = summary.rows[0][0] | int > 0 -%}
    {%- if failed or adapter.get_relation(none, failures.schema, failures.identifier) is not none -%}
        {%- do check_fence() -%}
        {%- do run_query('drop table if exists ' ~ failures) -%}
    {%- endif -%}
    {%- if failed -%}
        {%- do check_fence() -%}
        {%- do run_query('create table ' ~ failures ~ ' as select * from (' ~ sql ~ ') as failed_rows limit 1000') -%}
        {%- do store_raw_result(
            name='main',
            message=failures.schema ~ '.' ~ failures.identifier ~ told_values(failures),
            code='FAILING ROWS',
            rows_affected=summary.rows[0][0] | int,
            agate_table=summary
        ) -%}
    {%- endif -%}
    {{- return({'relations': []}) -}}
{% endmacro %}
