-- Grain: one row per product_id.
{{ config(
    unique_key=['product_id'],
    delta="
        select product_id from {{ changed('superstore', 'products') }} as changed_products
        union distinct
        select products.product_id
        from {{ changed('superstore', 'subcategories') }} as changed_subcategories
        inner join {{ ref('stg_superstore__products') }} as products using (subcategory_id)
        union distinct
        select products.product_id
        from {{ changed('superstore', 'categories') }} as changed_categories
        inner join {{ ref('stg_superstore__subcategories') }} as subcategories using (category_id)
        inner join {{ ref('stg_superstore__products') }} as products using (subcategory_id)
    ",
) }}

with products as (
    select * from {{ ref('stg_superstore__products') }}
    {{ only_changed() }}
),

subcategories as (
    select * from {{ ref('stg_superstore__subcategories') }}
),

categories as (
    select * from {{ ref('stg_superstore__categories') }}
),

joined as (
    select
        -- keys
        {{ surrogate_key('products.product_id') }} as product_key,
        products.product_id,

        -- attributes
        products.product_name,
        subcategories.subcategory_name as subcategory,
        categories.category_name as category
    from products
    -- a test proves that neither is missing
    left join subcategories on products.subcategory_id = subcategories.subcategory_id
    left join categories on subcategories.category_id = categories.category_id
)

select * from joined
