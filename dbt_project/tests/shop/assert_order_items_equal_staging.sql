{{ config(meta={
    'description': 'order_fact has the items of staging, no more and no fewer, and each is worth quantity times price.',
}) }}

-- Keys of the mart, or those that changed, and then keys of staging: each must be in both or in neither.
with changed_keys as (
    select * from {{ keys_to_check('order_fact') }}
),

items as (
    select * from {{ ref('stg_shop__order_items') }}
),

order_items as (
    select * from {{ ref('order_fact') }}
)

select changed_keys.order_item_id
from changed_keys
left join items on changed_keys.order_item_id = items.order_item_id
left join order_items on changed_keys.order_item_id = order_items.order_item_id
where
    not items.order_item_id <=> order_items.order_item_id
    or not items.order_id <=> order_items.order_id
    or not items.product_id <=> order_items.product_id
    or not items.quantity * items.unit_price <=> order_items.order_value
{%- if checks_all('order_fact') %}
union all
select items.order_item_id
from items
left join order_items on items.order_item_id = order_items.order_item_id
where order_items.order_item_id is null
{%- endif %}
