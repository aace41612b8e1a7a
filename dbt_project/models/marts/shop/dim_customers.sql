-- Grain: one row per customer_id. Two people of one name are two customers.
{{ config(
    unique_key=['customer_id'],
    delta="select customer_id from {{ changed('shop', 'customers') }} as changed_customers",
) }}

with customers as (
    select * from {{ ref('stg_shop__customers') }}
    {{ only_changed() }}
),

-- the number alone, without an extension after it or a word before it
without_words as (
    select
        *,
        regexp_replace(
            regexp_replace(lower(trim(coalesce(phone, ''))), '(ext[.]?|x|#)[ ]*[0-9]+$', ''),
            '^(tel|phone|mobile|cell)[.:]?[ ]*', ''
        ) as phone_text
    from customers
),

digits as (
    select
        *,
        regexp_replace(phone_text, '[^0-9]', '') as phone_digits
    from without_words
),

-- 1 is the country code of North America, 00 what is dialled before a country code
national as (
    select
        *,
        regexp_replace(phone_digits, '^(001|1)([0-9]{10})$', substring(phone_digits, -10)) as phone_national
    from digits
),

judged as (
    select
        *,
        case
            when phone_text = '' then 'missing'
            when phone_text regexp '[a-z]' then 'letters'
            when phone_text like '+%' and phone_digits not like '1%' then 'foreign'
            when phone_digits like '00%' and phone_digits not like '001%' then 'foreign'
            when char_length(phone_national) < 10 then 'too short'
            when char_length(phone_national) > 10 then 'too long'
        end as phone_problem
    from national
),

cleaned as (
    select
        *,
        case when phone_problem is null then phone_national end as phone_new
    from judged
),

chosen as (
    select
        -- keys
        customer_id,

        -- attributes
        first_name,
        last_name,
        email,
        phone_new,
        phone_problem,
        city,
        state,
        signup_date
    from cleaned
)

select * from chosen
