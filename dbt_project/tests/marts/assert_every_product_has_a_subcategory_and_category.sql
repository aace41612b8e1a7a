{{ config(meta={
    'description': 'Every product has its subcategory in staging, and that its category.',
}) }}

with products as (
    select * from {{ to_check('dim_product', ref('stg_superstore__products')) }}
),

subcategories as (
    select * from {{ ref('stg_superstore__subcategories') }}
),

categories as (
    select * from {{ ref('stg_superstore__categories') }}
)

select products.product_id
from products
left join subcategories on products.subcategory_id = subcategories.subcategory_id
left join categories on subcategories.category_id = categories.category_id
where categories.category_id is null
