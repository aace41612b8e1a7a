{#- dbt's cross-database functions for MySQL and MariaDB, where dbt's defaults are wrong or fail: `||` is a logical OR,
    there is no date_trunc, casts take `char`, not `text`. `type: mariadb` finds no mysql__ macro, so each has both. -#}

{% macro mysql__concat(fields) %}
    {{- return('concat(' ~ fields | join(', ') ~ ')') -}}
{% endmacro %}

{% macro mariadb__concat(fields) %}
    {{- return(mysql__concat(fields)) -}}
{% endmacro %}


{% macro mysql__dateadd(datepart, interval, from_date_or_timestamp) %}
    {{- return('date_add(' ~ from_date_or_timestamp ~ ', interval (' ~ interval ~ ') ' ~ datepart ~ ')') -}}
{% endmacro %}

{% macro mariadb__dateadd(datepart, interval, from_date_or_timestamp) %}
    {{- return(mysql__dateadd(datepart, interval, from_date_or_timestamp)) -}}
{% endmacro %}


{% macro mysql__datediff(first_date, second_date, datepart) %}
    {#- Counts the boundaries between the two, as dbt has it on other databases: 31 December to 1 January is a year. -#}
    {%- if datepart in ('day', 'week') -%}
        {{- return(
            "timestampdiff(" ~ datepart ~ ", " ~ mysql__date_trunc(datepart, first_date) ~ ", "
            ~ mysql__date_trunc(datepart, second_date) ~ ")"
        ) -}}
    {%- elif datepart == 'year' -%}
        {{- return('(year(' ~ second_date ~ ') - year(' ~ first_date ~ '))') -}}
    {%- else -%}
        {{- return(
            "timestampdiff(" ~ datepart ~ ", " ~ mysql__date_trunc(datepart, first_date) ~ ", "
            ~ mysql__date_trunc(datepart, second_date) ~ ")"
        ) -}}
    {%- endif -%}
{% endmacro %}

{% macro mariadb__datediff(first_date, second_date, datepart) %}
    {{- return(mysql__datediff(first_date, second_date, datepart)) -}}
{% endmacro %}


{% macro mysql__date_trunc(datepart, date) %}
    {#- Weeks begin on Monday. -#}
    {%- set formats = {
        'second': '%Y-%m-%d %H:%i:%s', 'minute': '%Y-%m-%d %H:%i:00', 'hour': '%Y-%m-%d %H:00:00',
        'day': '%Y-%m-%d 00:00:00', 'month': '%Y-%m-01 00:00:00', 'year': '%Y-01-01 00:00:00',
    } -%}
    {%- if datepart == 'week' -%}
        {{- return('cast(date(' ~ date ~ ') - interval weekday(' ~ date ~ ') day as datetime)') -}}
    {%- elif datepart == 'quarter' -%}
        {{- return('cast(makedate(year(' ~ date ~ '), 1) + interval quarter(' ~ date ~ ') - 1 quarter as datetime)') -}}
    {%- elif datepart in formats -%}
        {{- return("cast(date_format(" ~ date ~ ", '" ~ formats[datepart] ~ "') as datetime)") -}}
    {%- endif -%}
    {%- do exceptions.raise_compiler_error("date_trunc: MySQL has no datepart '" ~ datepart ~ "'") -%}
{% endmacro %}

{% macro mariadb__date_trunc(datepart, date) %}
    {{- return(mysql__date_trunc(datepart, date)) -}}
{% endmacro %}


{% macro mysql__last_day(date, datepart) %}
    {{- return(
        'date(' ~ mysql__dateadd('day', '-1', mysql__dateadd(datepart, '1', mysql__date_trunc(datepart, date))) ~ ')'
    ) -}}
{% endmacro %}

{% macro mariadb__last_day(date, datepart) %}
    {{- return(mysql__last_day(date, datepart)) -}}
{% endmacro %}


{% macro mysql__hash(field) %}
    {{- return('md5(cast(' ~ field ~ ' as char))') -}}
{% endmacro %}

{% macro mariadb__hash(field) %}
    {{- return(mysql__hash(field)) -}}
{% endmacro %}


{% macro mysql__split_part(string_text, delimiter_text, part_number) %}
    {#- The empty string where there is no such part; a negative number counts from the end. -#}
    {%- set parts = '((char_length(' ~ string_text ~ ') - char_length(replace(' ~ string_text ~ ', ' ~ delimiter_text
        ~ ", ''))) div char_length(" ~ delimiter_text ~ ') + 1)' -%}
    {%- if part_number > 0 -%}
        {%- set part = 'substring_index(substring_index(' ~ string_text ~ ', ' ~ delimiter_text ~ ', ' ~ part_number
            ~ '), ' ~ delimiter_text ~ ', -1)' -%}
    {%- else -%}
        {%- set part = 'substring_index(substring_index(' ~ string_text ~ ', ' ~ delimiter_text ~ ', ' ~ part_number
            ~ '), ' ~ delimiter_text ~ ', 1)' -%}
    {%- endif -%}
    {{- return(
        'case when ' ~ string_text ~ ' is null then null when ' ~ part_number | abs ~ ' > ' ~ parts
        ~ " then '' else " ~ part ~ ' end'
    ) -}}
{% endmacro %}

{% macro mariadb__split_part(string_text, delimiter_text, part_number) %}
    {{- return(mysql__split_part(string_text, delimiter_text, part_number)) -}}
{% endmacro %}


{% macro mysql__type_string() %}
    {{- return('char') -}}
{% endmacro %}

{% macro mariadb__type_string() %}
    {{- return('char') -}}
{% endmacro %}


{% macro mysql__type_timestamp() %}
    {{- return('datetime(6)') -}}
{% endmacro %}

{% macro mariadb__type_timestamp() %}
    {{- return('datetime(6)') -}}
{% endmacro %}


{% macro mysql__type_int() %}
    {{- return('signed') -}}
{% endmacro %}

{% macro mariadb__type_int() %}
    {{- return('signed') -}}
{% endmacro %}


{% macro mysql__type_bigint() %}
    {{- return('signed') -}}
{% endmacro %}

{% macro mariadb__type_bigint() %}
    {{- return('signed') -}}
{% endmacro %}


{% macro mysql__type_numeric() %}
    {{- return('decimal(28, 6)') -}}
{% endmacro %}

{% macro mariadb__type_numeric() %}
    {{- return('decimal(28, 6)') -}}
{% endmacro %}
