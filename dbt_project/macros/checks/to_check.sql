{#- What a quality check examines: the rows of keys that were built and not yet published, or everything. -#}

{% macro checks_all(model_name) %}
    {#- True on demand (var check_all), and for a table that was made anew. -#}
    {%- if not execute or var('check_all') -%}
        {{- return(true) -}}
    {%- endif -%}
    {{- return(was_made_anew(model_name)) -}}
{% endmacro %}


{% macro was_made_anew(model_name) %}
    {%- set schema = node_of(model_name).schema -%}
    {%- if adapter.get_relation(none, schema, '_tidemark_models') is none -%}  {#- nothing of this star was built yet -#}
        {{- return(true) -}}
    {%- endif -%}
    {%- set rows = run_query(
        "select rebuilt from " ~ models_table(schema) ~ " where model = '" ~ model_name ~ "'"
    ).rows -%}
    {{- return(rows | length == 0 or rows[0][0] | int == 1) -}}
{% endmacro %}


{% macro to_check(model_name, relation, columns=none) %}
    {#- Stands in a from clause in place of the relation. The call of ref makes the test follow the model. -#}
    {%- do ref(model_name) -%}
    {{- return(rows_of_changed_keys(model_name, relation, columns)) -}}
{% endmacro %}


{% macro rows_of_changed_keys(model_name, relation, columns=none) %}
    {%- if checks_all(model_name) -%}
        {{- return(relation) -}}
    {%- endif -%}
    {{- return(
        '(\n    select examined.*\n    from ' ~ unpublished_table(model_name) ~ ' as unpublished_keys\n    inner join '
        ~ relation ~ ' as examined using (' ~ (columns or unique_key_of(model_name)) | join(', ') ~ ')\n) as rows_of_changed_keys'
    ) -}}
{% endmacro %}


{% macro keys_to_check(model_name) %}
    {#- The unpublished keys, those of deleted rows too; the model itself where all of it is checked. -#}
    {%- set built = ref(model_name) -%}
    {{- return(built if checks_all(model_name) else unpublished_table(model_name)) -}}
{% endmacro %}


{% macro to_check_against(fact, dimensions) %}
    {#- Stands in a from clause: the rows of a fact whose own keys changed or that refer to a row which its dimension
        lost; all of them where it or a dimension was made anew, for then nothing tells which rows that lost. -#}
    {%- set built = ref(fact) -%}
    {%- set selects = ['select * from ' ~ to_check(fact, built)] -%}
    {%- set made_anew = [fact] if checks_all(fact) else [] -%}
    {%- for dimension, key in dimensions.items() -%}
        {%- set kept = ref(dimension) -%}
        {%- if checks_all(dimension) -%}
            {%- do made_anew.append(dimension) -%}
        {%- else -%}
            {%- set name = unique_key_of(dimension)[0] -%}
            {%- do selects.append(
                'select referring.*\n    from ' ~ unpublished_table(dimension) ~ ' as unpublished_keys\n    left join '
                ~ kept ~ ' as kept on unpublished_keys.' ~ name ~ ' = kept.' ~ name ~ '\n    inner join ' ~ built
                ~ ' as referring on referring.' ~ key ~ ' = ' ~ surrogate_key('unpublished_keys.' ~ name)
                ~ '\n    where kept.' ~ name ~ ' is null'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return(built if made_anew else '(\n    ' ~ selects | join('\n    union distinct\n    ') ~ '\n) as rows_to_check') -}}
{% endmacro %}


{% macro unique_key_of(model_name) %}
    {{- return(node_of(model_name).config.unique_key) -}}
{% endmacro %}


{% macro changed_by_last_load(source_name, table_name) %}
    {#- The keys of the source table that the newest load inserted, updated or deleted. -#}
    {%- set relation = source(source_name, table_name) -%}
    {%- set changes = adapter.quote(relation.schema) ~ '.' ~ adapter.quote('_tidemark_changes_' ~ relation.identifier) -%}
    {{- return(
        '(\n    select changes.*\n    from ' ~ changes ~ ' as changes\n    where changes.load_seq = (select changed_seq from '
        ~ adapter.quote(relation.schema) ~ "._tidemark_tables where table_name = '" ~ relation.identifier ~ "')\n)"
    ) -}}
{% endmacro %}
