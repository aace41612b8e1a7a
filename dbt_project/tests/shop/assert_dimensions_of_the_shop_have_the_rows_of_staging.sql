{{ config(meta={
    'description': 'Each dimension of the shop has the rows of its staging table, no more and no fewer.',
}) }}

{%- set pairs = [
    ('dim_customers', 'stg_shop__customers', 'customer_id'),
    ('dim_products', 'stg_shop__products', 'product_id'),
] -%}
{%- for dimension, staging, key in pairs %}
{#- Keys of the mart, or those that changed, and then keys of staging: each must be in both or in neither. #}
select
    '{{ dimension }}' as mart,
    examined.{{ key }} as natural_key
from {{ keys_to_check(dimension) }} as examined
left join {{ ref(dimension) }} as mart on examined.{{ key }} = mart.{{ key }}
left join {{ ref(staging) }} as staging on examined.{{ key }} = staging.{{ key }}
where not mart.{{ key }} <=> staging.{{ key }}
{%- if checks_all(dimension) %}
union all
select
    '{{ dimension }}' as mart,
    staging.{{ key }} as natural_key
from {{ ref(staging) }} as staging
left join {{ ref(dimension) }} as mart on staging.{{ key }} = mart.{{ key }}
where mart.{{ key }} is null
{%- endif %}
{{- '\nunion all' if not loop.last }}
{%- endfor %}
