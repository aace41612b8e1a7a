{{ config(meta={
    'description': 'return_fact and payment_fact have the rows of staging, with their money.',
}) }}

-- Keys of the mart, or those that changed, and then keys of staging: each must be in both or in neither.
with return_fact as (
    select * from {{ ref('return_fact') }}
),

payment_fact as (
    select * from {{ ref('payment_fact') }}
),

returns as (
    select * from {{ ref('stg_shop__returns') }}
),

payments as (
    select * from {{ ref('stg_shop__payments') }}
)

select
    'return_fact' as mart,
    examined.return_id as natural_key
from {{ keys_to_check('return_fact') }} as examined
left join return_fact on examined.return_id = return_fact.return_id
left join returns on examined.return_id = returns.return_id
where
    not return_fact.return_id <=> returns.return_id
    or not return_fact.order_id <=> returns.order_id
    or not return_fact.refund_amount <=> returns.refund_amount
union all
select
    'payment_fact' as mart,
    examined.payment_id as natural_key
from {{ keys_to_check('payment_fact') }} as examined
left join payment_fact on examined.payment_id = payment_fact.payment_id
left join payments on examined.payment_id = payments.payment_id
where
    not payment_fact.payment_id <=> payments.payment_id
    or not payment_fact.order_id <=> payments.order_id
    or not payment_fact.amount <=> payments.amount
{%- if checks_all('return_fact') %}
union all
select
    'return_fact' as mart,
    returns.return_id as natural_key
from returns
left join return_fact on returns.return_id = return_fact.return_id
where return_fact.return_id is null
{%- endif %}
{%- if checks_all('payment_fact') %}
union all
select
    'payment_fact' as mart,
    payments.payment_id as natural_key
from payments
left join payment_fact on payments.payment_id = payment_fact.payment_id
where payment_fact.payment_id is null
{%- endif %}
