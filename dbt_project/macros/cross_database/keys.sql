{#- Keys and literals that the models are written with. -#}

{% macro surrogate_key(column) %}
    {#- 60 bits of the natural key's md5, a bigint: the same in every rebuild, and half the size of a char(32). -#}
    {{- "cast(conv(left(md5(" ~ column ~ "), 15), 16, 10) as signed)" -}}
{% endmacro %}


{% macro date_key(column) %}
    {#- A date as the number yyyymmdd. -#}
    {{- "(year(" ~ column ~ ") * 10000 + month(" ~ column ~ ") * 100 + dayofmonth(" ~ column ~ "))" -}}
{% endmacro %}


{% macro date_literal(iso_date) %}
    {{- "date '" ~ iso_date ~ "'" -}}
{% endmacro %}
