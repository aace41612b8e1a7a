{#- A star of its own is built in a database of its own. Anywhere else than in the pipeline's build schema, as when a
    developer builds by hand, all models stay in the schema that the target names. -#}

{% macro generate_schema_name(custom_schema_name, node) %}
    {%- if custom_schema_name is not none and target.schema == var('build_schema', '') -%}
        {{- return(custom_schema_name | trim) -}}
    {%- endif -%}
    {{- return(target.schema) -}}
{% endmacro %}
