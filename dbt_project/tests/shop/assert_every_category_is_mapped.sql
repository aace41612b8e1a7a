{{ config(
    severity='warn',
    meta={
        'description': 'Every category that a clerk typed is in the map of categories; others are Uncategorized.',
        'tells': 'category_raw',
    },
) }}

with products as (
    select * from {{ ref('dim_products') }}
),

categories as (
    select * from {{ ref('shop_categories') }}
)

select distinct products.category_raw
from products
left join categories on {{ plain_words('products.category_raw') }} = categories.raw_category
where
    categories.raw_category is null
    and trim(products.category_raw) <> ''
