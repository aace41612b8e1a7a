{#- A table made anew beside the old one and put in its place by one RENAME: no moment without the table. -#}

{% macro replace_table(sql, last_seq) %}
    {%- set new = this.incorporate(path={'identifier': this.identifier ~ '__new'}, type='table') -%}
    {%- set old = this.incorporate(path={'identifier': this.identifier ~ '__old'}, type='table') -%}
    {%- set existing = load_cached_relation(this) -%}

    {%- do check_fence() -%}
    {%- do refuse_other_columns(sql) -%}
    {%- do run_query('drop table if exists ' ~ new ~ ', ' ~ old) -%}
    {%- do create_table_by_contract(new, partitions_of_data(sql)) -%}
    {%- do run_query('set session transaction isolation level read committed') -%}
    {%- do check_fence() -%}
    {%- do insert_model_rows(new, sql) -%}
    {#- First the mark: a run that dies between the two leaves a table that is published whole, never half. -#}
    {%- do mark_rebuilt() -%}

    {%- do check_fence() -%}
    {%- if existing is none -%}
        {%- do run_query('rename table ' ~ new ~ ' to ' ~ this) -%}
    {%- else -%}
        {%- do run_query('rename table ' ~ this ~ ' to ' ~ old ~ ', ' ~ new ~ ' to ' ~ this) -%}
    {%- endif -%}
    {#- The RENAME ended the transaction that held the fence; a run that lost it meanwhile leaves the marks alone. -#}
    {%- do check_fence() -%}
    {%- do set_built_seq(last_seq) -%}
    {%- if existing is not none -%}
        {%- do run_query('drop ' ~ ('view' if existing.is_view else 'table') ~ ' ' ~ old) -%}
    {%- endif -%}
{% endmacro %}


{% macro mark_rebuilt() %}
    {%- do run_query(
        'insert into ' ~ models_table(this.schema) ~ " (model, built_seq, rebuilt) values ('" ~ this.identifier
        ~ "', 0, true) on duplicate key update rebuilt = true"
    ) -%}
    {%- do run_query('commit') -%}
{% endmacro %}


{% macro set_built_seq(last_seq) %}
    {%- do run_query(
        'update ' ~ models_table(this.schema) ~ ' set built_seq = ' ~ last_seq ~ " where model = '" ~ this.identifier ~ "'"
    ) -%}
    {%- do run_query('commit') -%}
{% endmacro %}
