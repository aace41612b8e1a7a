{#- What the YAML of a model promises, and how the database is made to keep it. -#}

{% macro quoted_list(names, prefix='') %}
    {%- set quoted = [] -%}
    {%- for name in names -%}
        {%- do quoted.append(prefix ~ adapter.quote(name)) -%}
    {%- endfor -%}
    {{- return(quoted | join(', ')) -}}
{% endmacro %}


{% macro equal_keys(left, right, names) %}
    {%- set conditions = [] -%}
    {%- for name in names -%}
        {%- do conditions.append(left ~ '.' ~ adapter.quote(name) ~ ' = ' ~ right ~ '.' ~ adapter.quote(name)) -%}
    {%- endfor -%}
    {{- return(conditions | join(' and ')) -}}
{% endmacro %}


{% macro primary_key() %}
    {#- The columns of the contract's primary key. -#}
    {%- for constraint in model.constraints -%}
        {%- if constraint.type == 'primary_key' -%}
            {{- return(constraint.columns) -}}
        {%- endif -%}
    {%- endfor -%}
    {%- for column in model.columns.values() -%}
        {%- if column.constraints | selectattr('type', 'equalto', 'primary_key') | list -%}
            {{- return([column.name]) -}}
        {%- endif -%}
    {%- endfor -%}
    {{- return([]) -}}
{% endmacro %}


{% macro require_contract_with_keys() %}
    {#- An incremental model matches rows by key, so the database must hold the keys unique and never NULL. -#}
    {%- set key = primary_key() -%}
    {%- set problems = [] -%}
    {%- if not config.get('contract').enforced or not key -%}
        {%- do problems.append('an enforced contract with a primary key') -%}
    {%- endif -%}
    {%- if not config.get('delta') -%}
        {%- do problems.append('a delta') -%}
    {%- endif -%}
    {%- if config.get('unique_key') is string or not config.get('unique_key') -%}
        {%- do problems.append('a unique_key, given as a list of columns') -%}
    {%- else -%}
        {%- for name in config.get('unique_key') -%}
            {%- set constraints = model.columns.get(name, {}).get('constraints', []) -%}
            {%- if name not in key and not constraints | selectattr('type', 'equalto', 'not_null') | list -%}
                {%- do problems.append('a not_null constraint on ' ~ name ~ ', a column of its unique_key') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set partition_column = config.get('partition_by_month') -%}
    {%- if partition_column and partition_column not in key -%}
        {%- do problems.append('its partition column ' ~ partition_column ~ ' in the primary key') -%}
    {%- endif -%}
    {%- if problems -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ' is incremental, and so needs ' ~ problems | join(' and ')
        ) -%}
    {%- endif -%}
{% endmacro %}


{% macro refuse_other_columns(sql) %}
    {#- The columns that the SQL gives must be those of the contract; their types are enforced as rows go in. -#}
    {%- set given = [] -%}
    {%- for column in get_column_schema_from_query(sql) -%}
        {%- do given.append(column.name) -%}
    {%- endfor -%}
    {%- set declared = model.columns.keys() | list -%}
    {%- if given | sort != declared | sort -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ': the SQL and the contract name different columns; only in the SQL: '
            ~ (given | reject('in', declared) | join(', ') or 'none') ~ '; only in the contract: '
            ~ (declared | reject('in', given) | join(', ') or 'none')
        ) -%}
    {%- endif -%}
{% endmacro %}


{% macro create_table_by_contract(relation, partitions=none) %}
    {#- An explicit definition: a strict server then refuses a value that does not fit, where a cast would cut it. -#}
    {%- set parts = adapter.render_raw_columns_constraints(raw_columns=model.columns)
        + adapter.render_raw_model_constraints(raw_constraints=model.constraints) -%}
    {%- for index in config.get('indexes') or [] -%}
        {%- do parts.append(('unique ' if index.get('unique') else '') ~ 'index (' ~ quoted_list(index.columns) ~ ')') -%}
    {%- endfor -%}
    {%- call statement('create_table') -%}
        create table {{ relation }} (
            {{ parts | join(',\n            ') }}
        )
        {%- if partitions %}
        partition by range ({{ adapter.quote(config.get('partition_by_month')) }}) (
            {{ partitions | join(',\n            ') }}
        )
        {%- endif -%}
    {%- endcall -%}
{% endmacro %}


{% macro insert_model_rows(relation, sql) %}
    {%- set names = quoted_list(model.columns.keys()) -%}
    {%- call statement('main') -%}
        insert into {{ relation }} ({{ names }})
        select {{ names }}
        from (
            {{ sql }}
        ) as model_rows
    {%- endcall -%}
{% endmacro %}


{% macro strict_session() %}
    {#- Without strict mode the server cuts what is too long and turns what it cannot read into zero, in silence. -#}
    {%- do run_query(
        "set session sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
        ~ "ONLY_FULL_GROUP_BY,NO_ENGINE_SUBSTITUTION'"
    ) -%}
{% endmacro %}
