{#- Text and money as the models compare and divide them. -#}

{% macro plain_words(column) %}
    {#- Lower case, one blank between words and none around them. -#}
    {{- "lower(trim(regexp_replace(" ~ column ~ ", '[[:space:]]+', ' ')))" -}}
{% endmacro %}


{% macro in_cents(amount) %}
    {#- An amount of money as a whole number of cents, of a type in which products of two of them stay exact. -#}
    {{- "cast(" ~ amount ~ " * 100 as decimal(24, 0))" -}}
{% endmacro %}
