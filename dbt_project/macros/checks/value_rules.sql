{#- Rules about values, declared in YAML beside the columns they are about; one look at each row for all of them. -#}

{% test keeps_value_rules(model, rules, key) %}
    select
        {{ key | join(',\n        ') }},
        broken_rules
    from (
        select
            {{ key | join(',\n            ') }},
            concat_ws(
                ', '
                {%- for name, rule in rules.items() %},
                case when not ({{ rule }}) then '{{ name }}' end
                {%- endfor %}
            ) as broken_rules
        from {{ rows_of_test(model) }}
    ) as judged
    where broken_rules <> ''
{% endtest %}


{% macro rows_of_test(relation) %}
    {%- if target.type != 'postgres' -%}
        {{- return(rows_of_changed_keys(relation.identifier, relation)) -}}
    {%- elif var('since') -%}
        {{- return(
            '(select * from ' ~ relation ~ " where tbl_last_dt >= cast('" ~ var('since') ~ "' as timestamptz)) as changed_rows"
        ) -}}
    {%- endif -%}
    {{- return(relation) -}}
{% endmacro %}
