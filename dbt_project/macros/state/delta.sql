{#- What an incremental model is made of: the keys that changed, and the rows of these keys. -#}

{% macro changed(source_name, table_name) %}
    {#- The keys of the source table that were inserted, updated or deleted since this model was last built. -#}
    {%- set tables = graph.sources.values()
        | selectattr('source_name', 'equalto', source_name) | selectattr('name', 'equalto', table_name) | list -%}
    {%- if not tables -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ": changed('" ~ source_name ~ "', '" ~ table_name ~ "') names no declared source table"
        ) -%}
    {%- endif -%}
    {%- if tables[0].unique_id not in upstream_of(model.depends_on.nodes).sources -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ": changed('" ~ source_name ~ "', '" ~ table_name ~ "') names a table that the model"
            ~ " does not read"
        ) -%}
    {%- endif -%}
    (
        select {{ tables[0].meta.primary_key | join(', ') }}
        from {{ adapter.quote(tables[0].schema) }}.{{ adapter.quote('_tidemark_changes_' ~ tables[0].identifier) }}
        where load_seq > @tidemark_built_seq and load_seq <= @tidemark_last_seq
    )
{%- endmacro %}


{% macro delta_table() %}
    {{- return(this.incorporate(path={'identifier': this.identifier ~ '__delta'})) -}}
{% endmacro %}


{% macro builds_incrementally() %}
    {#- False on a first build, a full refresh, and when a source table was loaded anew. -#}
    {{- return(execute and is_incremental() and not build_state().input_replaced) -}}
{% endmacro %}


{% macro only_changed(columns=none) %}
    {#- Follows the from clause of an import CTE: keeps the rows of changed keys in an incremental build. -#}
    {%- if builds_incrementally() -%}
    inner join {{ delta_table() }} using ({{ (columns or config.get('unique_key')) | join(', ') }})
    {%- endif -%}
{% endmacro %}


{% macro touched_keys(model_name) %}
    {#- Stands in a from clause of a delta: the keys of a model built before this one that have changed since the last
        publish, those of deleted rows too. Where that model was made anew nothing tells which of its rows are gone; then
        it is this model's own rows, so that all of them are made again. -#}
    {%- do ref(model_name) -%}
    {{- return(this if not execute or was_made_anew(model_name) else unpublished_table(model_name)) -}}
{% endmacro %}
