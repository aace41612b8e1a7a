{{ config(
    enabled=target.type == 'postgres',
    severity='warn',
    tags=['source_check'],
    meta={'description': 'The source reports no orphan, missing reference or missing critical field of its own. '
        'The failing rows are counted and not stored, for the extract account may only read the source.'},
) }}

select
    check_name,
    table_name,
    row_key,
    problem
from {{ source('superstore', 'orders').schema }}.integrity_check(
    {%- if var('since') -%} cast('{{ var("since") }}' as timestamptz) {%- else -%} null {%- endif -%}
)
