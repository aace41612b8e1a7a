-- Every change of the eight tables is recorded in the schema `audit`, with who made it; see oltp/audit/audit.sql.
select audit.watch('superstore.segments', 'segments', '{segment_id}', '{tbl_last_dt}');
select audit.watch('superstore.categories', 'categories', '{category_id}', '{tbl_last_dt}');
select audit.watch('superstore.subcategories', 'subcategories', '{subcategory_id}', '{tbl_last_dt}');
select audit.watch('superstore.products', 'products', '{product_id}', '{tbl_last_dt}');
select audit.watch('superstore.customers', 'customers', '{customer_id}', '{tbl_last_dt}');
select audit.watch('superstore.orders', 'orders', '{order_id}', '{tbl_last_dt}');
select audit.watch('superstore.order_products', 'order_products', '{order_id,product_id}', '{tbl_last_dt}');
select audit.watch('superstore.returns', 'returns', '{return_id}', '{tbl_last_dt}');
