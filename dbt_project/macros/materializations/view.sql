{#- The adapters' `view` drops and renames; one `create or replace` leaves no moment without the view. -#}

{% materialization view, adapter='mariadb' %}
    {{ return(build_view(sql)) }}
{% endmaterialization %}


{% materialization view, adapter='mysql' %}
    {{ return(build_view(sql)) }}
{% endmaterialization %}


{% macro build_view(sql) %}
    {%- do strict_session() -%}
    {%- set existing = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- do check_fence() -%}
    {%- if existing is not none and existing.is_table -%}
        {%- do run_query('drop table ' ~ existing) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ get_create_view_as_sql(this.incorporate(type='view'), sql) }}
    {%- endcall -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do run_query('commit') -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{- return({'relations': [this.incorporate(type='view')]}) -}}
{% endmacro %}


{% macro mariadb__create_view_as(relation, sql) %}
    {#- Without brackets: MariaDB's parser refuses `as (with …)`. -#}
    create or replace view {{ relation }} as
    {{ sql }}
{% endmacro %}


{% macro mysql__create_view_as(relation, sql) %}
    {{ return(mariadb__create_view_as(relation, sql)) }}
{% endmacro %}
