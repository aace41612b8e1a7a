{#- Rules about values, declared in YAML beside the columns they are about; one query for all rules of a table. -#}

{% test keeps_value_rules(model, rules, key) %}
    {%- set relation = rows_of_test(model) -%}
    {%- for name, rule in rules.items() %}
    select
        '{{ name }}' as broken_rule,
        {{ key | join(', ') }}
    from {{ relation }} as examined
    where not ({{ rule }})
    {{- '\n    union all' if not loop.last }}
    {%- endfor %}
{% endtest %}


{% macro rows_of_test(relation) %}
    {%- if target.type == 'postgres' -%}
        {{- return(
            '(select * from ' ~ relation ~ " where tbl_last_dt >= cast('" ~ var('since') ~ "' as timestamptz))"
            if var('since') else relation
        ) -}}
    {%- endif -%}
    {{- return(rows_of_changed_keys(relation.identifier, relation)) -}}
{% endmacro %}
