{#- The adapters' `table` leaves readers without the table for a moment; this one does not. -#}

{% materialization table, adapter='mariadb' %}
    {{ return(build_table(sql)) }}
{% endmaterialization %}


{% materialization table, adapter='mysql' %}
    {{ return(build_table(sql)) }}
{% endmaterialization %}


{% macro build_table(sql) %}
    {%- do strict_session() -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- do replace_table(sql, build_state().last_seq) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do run_query('commit') -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{- return({'relations': [this.incorporate(type='table')]}) -}}
{% endmacro %}
