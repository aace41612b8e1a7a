{#- Month partitions by a yyyymmdd column: those of the data, three ahead, and one that catches everything later. -#}

{% macro month_after(month, count=1) %}
    {%- set months = month.year * 12 + month.month - 1 + count -%}
    {{- return(modules.datetime.date(months // 12, months % 12 + 1, 1)) -}}
{% endmacro %}


{% macro as_date(value) %}
    {#- A yyyymmdd number or a date, as a date; none for NULL. -#}
    {%- if value is none -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set digits = (value | string).replace('-', '')[:8] -%}
    {{- return(modules.datetime.date(digits[:4] | int, digits[4:6] | int, digits[6:8] | int)) -}}
{% endmacro %}


{% macro month_partitions(first_day, last_day) %}
    {#- Partition clauses from the month of first_day to three months after that of last_day.
        Dates 20 years back or a year ahead are taken for errors and get no partitions of their own. -#}
    {%- set today = modules.datetime.date.today() -%}
    {%- set earliest = [as_date(first_day) or today, month_after(today, -240)] | max -%}
    {%- set latest = [as_date(last_day) or today, month_after(today, 12)] | min -%}
    {%- set months = (latest.year - earliest.year) * 12 + latest.month - earliest.month + 4 -%}
    {%- set partitions = [] -%}
    {%- for count in range([months, 1] | max) -%}
        {%- set month = month_after(earliest, count) -%}
        {%- do partitions.append(
            month.strftime('partition p%Y%m values less than (') ~ month_after(month).strftime('%Y%m%d') ~ ')'
        ) -%}
    {%- endfor -%}
    {%- do partitions.append('partition p_later values less than maxvalue') -%}
    {{- return(partitions) -}}
{% endmacro %}


{% macro partitions_of_data(sql) %}
    {%- if not config.get('partition_by_month') -%}
        {{- return(none) -}}
    {%- endif -%}
    {%- set column = config.get('partition_by_month') -%}
    {%- set span = render(config.get('partition_span') or
        'select min(' ~ column ~ '), max(' ~ column ~ ') from (' ~ sql ~ ') as model_rows') -%}
    {%- set row = run_query(span).rows[0] -%}
    {{- return(month_partitions(row[0], row[1])) -}}
{% endmacro %}


{% macro split_later_partition(relation, rows) %}
    {#- Gives new months partitions of their own before the rows come in. -#}
    {%- set column = config.get('partition_by_month') -%}
    {%- set found = run_query(
        'select max(' ~ adapter.quote(column) ~ '), ('
        ~ 'select max(cast(partition_description as signed)) from information_schema.partitions'
        ~ " where table_schema = '" ~ relation.schema ~ "' and table_name = '" ~ relation.identifier ~ "'"
        ~ " and partition_description <> 'MAXVALUE') from " ~ rows
    ).rows[0] -%}
    {%- if found[0] is not none and found[1] is not none and found[0] >= found[1] -%}
        {%- set partitions = month_partitions(found[1], found[0]) -%}
        {%- if as_date(found[1]) < month_after(modules.datetime.date.today(), 12) -%}
            {%- do check_fence() -%}
            {%- call statement('split_partition') -%}
                alter table {{ relation }} reorganize partition p_later into (
                    {{ partitions | join(',\n                    ') }}
                )
            {%- endcall -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
