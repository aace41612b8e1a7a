-- Grain: one row per product_id.
{{ config(
    unique_key=['product_id'],
    delta="select product_id from {{ changed('shop', 'products') }} as changed_products",
) }}

with products as (
    select * from {{ ref('stg_shop__products') }}
    {{ only_changed() }}
),

categories as (
    select * from {{ ref('shop_categories') }}
),

mapped as (
    select
        -- keys
        products.product_id,

        -- attributes
        products.product_name,
        products.category as category_raw,
        products.list_price,
        products.cost_price,
        products.is_active,
        products.created_at,
        coalesce(categories.category, 'Uncategorized') as category_new
    from products
    left join categories on {{ plain_words('products.category') }} = categories.raw_category
)

select * from mapped
