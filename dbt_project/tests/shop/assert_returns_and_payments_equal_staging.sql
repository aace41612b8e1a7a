{{ config(meta={
    'description': 'return_fact and payment_fact have the rows of staging, with their money.',
}) }}

{%- set pairs = [
    ('return_fact', 'stg_shop__returns', 'return_id', 'refund_amount'),
    ('payment_fact', 'stg_shop__payments', 'payment_id', 'amount'),
] -%}
{%- for fact, staging, key, measure in pairs %}
{#- Keys of the mart, or those that changed, and then keys of staging: each must be in both or in neither. #}
select
    '{{ fact }}' as mart,
    examined.{{ key }} as natural_key
from {{ keys_to_check(fact) }} as examined
left join {{ ref(fact) }} as mart on examined.{{ key }} = mart.{{ key }}
left join {{ ref(staging) }} as staging on examined.{{ key }} = staging.{{ key }}
where not (mart.{{ key }}, mart.{{ measure }}) <=> (staging.{{ key }}, staging.{{ measure }})
{%- if checks_all(fact) %}
union all
select
    '{{ fact }}' as mart,
    staging.{{ key }} as natural_key
from {{ ref(staging) }} as staging
left join {{ ref(fact) }} as mart on staging.{{ key }} = mart.{{ key }}
where mart.{{ key }} is null
{%- endif %}
{{- '\nunion all' if not loop.last }}
{%- endfor %}
