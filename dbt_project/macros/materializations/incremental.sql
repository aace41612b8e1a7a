{#- The adapters' `incremental` deletes by a subquery, duplicates NULL keys, and forgets new columns in silence.
    This one replaces the rows of the changed keys in one transaction:
        delta  →  rows of the delta as they are now  →  delete what is gone or moved, update what
        stays, insert what is new. -#}

{% materialization incremental, adapter='mariadb' %}
    {{ return(build_incremental(sql)) }}
{% endmaterialization %}


{% materialization incremental, adapter='mysql' %}
    {{ return(build_incremental(sql)) }}
{% endmaterialization %}


{% macro build_incremental(sql) %}
    {%- do strict_session() -%}
    {%- do require_contract_with_keys() -%}
    {%- set state = build_state() -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if state.input_replaced or not is_incremental() -%}
        {%- do replace_table(sql, state.last_seq) -%}
        {%- do check_fence() -%}
        {%- do run_query('drop table if exists ' ~ unpublished_table(this.identifier)) -%}
        {%- do ensure_unpublished_table(model.columns) -%}
    {%- else -%}
        {%- do create_delta_table(config.get('unique_key')) -%}
        {%- do follow_contract(sql) -%}
        {%- do apply_delta(sql, state) -%}
    {%- endif -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do run_query('commit') -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{- return({'relations': [this.incorporate(type='table')]}) -}}
{% endmacro %}


{% macro follow_contract(sql) %}
    {#- Refuses a table whose columns are not those of the contract; adds columns where the model says so. -#}
    {%- do refuse_other_columns(sql) -%}
    {%- set present = adapter.get_columns_in_relation(this) | map(attribute='name') | list -%}
    {%- set declared = model.columns.keys() | list -%}
    {%- set missing = declared | reject('in', present) | list -%}
    {%- set surplus = present | reject('in', declared) | list -%}
    {%- if missing and not surplus and config.get('on_schema_change') == 'append_new_columns' -%}
        {%- do append_columns(missing) -%}
    {%- elif missing or surplus -%}
        {%- do exceptions.raise_compiler_error(
            this.identifier ~ ': its columns changed; new: ' ~ (missing | join(', ') or 'none')
            ~ '; gone: ' ~ (surplus | join(', ') or 'none') ~ '. Build it with --full-refresh, or set'
            ~ " on_schema_change='append_new_columns' to add new columns to the rows that are there"
        ) -%}
    {%- endif -%}
{% endmacro %}


{% macro append_columns(names) %}
    {%- set definitions = [] -%}
    {%- for name in names -%}
        {%- if model.columns[name].constraints | selectattr('type', 'equalto', 'not_null') | list -%}
            {%- do exceptions.raise_compiler_error(
                this.identifier ~ '.' ~ name ~ ' is declared not_null, so the rows that are there need its value:'
                ~ ' build the model with --full-refresh'
            ) -%}
        {%- endif -%}
        {%- do definitions.append('add column ' ~ adapter.quote(name) ~ ' ' ~ model.columns[name].data_type) -%}
    {%- endfor -%}
    {%- do check_fence() -%}
    {%- do mark_rebuilt() -%}
    {%- do run_query('alter table ' ~ this ~ ' ' ~ definitions | join(', ')) -%}
{% endmacro %}


{% macro apply_delta(sql, state) %}
    {%- if state.last_seq <= state.built_seq -%}
        {%- call noop_statement('main', 'nothing changed', 'SUCCESS', 0) -%} {%- endcall -%}
    {%- else -%}
        {%- set key = config.get('unique_key') -%}
        {%- set changed_rows = this.incorporate(path={'identifier': this.identifier ~ '__rows'}) -%}
        {%- do run_query('use ' ~ adapter.quote(this.schema)) -%}  {#- a delete by alias needs a default database -#}
        {%- do run_query('set session transaction isolation level read committed') -%}
        {%- do run_query(
            'set @tidemark_built_seq = ' ~ state.built_seq ~ ', @tidemark_last_seq = ' ~ state.last_seq
        ) -%}
        {%- do fill_delta_table(key) -%}
        {%- do collect_rows(changed_rows, sql, key) -%}
        {%- if config.get('partition_by_month') -%}
            {%- do split_later_partition(this, changed_rows) -%}
        {%- endif -%}
        {%- do ensure_unpublished_table(model.columns) -%}

        {%- do run_query('start transaction') -%}
        {%- do check_fence() -%}
        {%- do note_unpublished(changed_rows, key) -%}
        {%- do find_settled(changed_rows, key) -%}
        {%- do delete_gone_and_moved(key) -%}
        {%- do update_settled(changed_rows, key) -%}
        {%- do insert_new(changed_rows, key) -%}
        {%- do set_built_seq(state.last_seq) -%}
    {%- endif -%}
{% endmacro %}


{% macro key_definitions(key) %}
    {%- set definitions = [] -%}
    {%- for name in key -%}
        {%- do definitions.append(adapter.quote(name) ~ ' ' ~ model.columns[name].data_type ~ ' not null') -%}
    {%- endfor -%}
    {{- return(definitions | join(', ')) -}}
{% endmacro %}


{% macro create_delta_table(key) %}
    {%- do run_query(
        'create temporary table ' ~ delta_table() ~ ' (' ~ key_definitions(key)
        ~ ', primary key (' ~ quoted_list(key) ~ '))'
    ) -%}
{% endmacro %}


{% macro fill_delta_table(key) %}
    {%- call statement('delta') -%}
        insert into {{ delta_table() }} ({{ quoted_list(key) }})
        select distinct {{ quoted_list(key) }}
        from (
            {{ render(config.get('delta')) }}
        ) as changed_keys
    {%- endcall -%}
{% endmacro %}


{% macro collect_rows(relation, sql, key) %}
    {#- Typed as the contract says; the unique key refuses a join that fans out. -#}
    {%- set definitions = adapter.render_raw_columns_constraints(raw_columns=model.columns) -%}
    {%- do run_query(
        'create temporary table ' ~ relation ~ ' (' ~ definitions | join(', ')
        ~ ', unique index (' ~ quoted_list(key) ~ '))'
    ) -%}
    {%- do insert_model_rows(relation, sql) -%}
{% endmacro %}


{% macro note_unpublished(changed_rows, key) %}
    {#- The changed keys, and where their rows will be: NULL for a row that is gone. -#}
    {%- set rest = primary_key() | reject('in', key) | list -%}
    {%- set hints = [] -%}
    {%- set updates = [adapter.quote(key[0]) ~ ' = values(' ~ adapter.quote(key[0]) ~ ')'] -%}
    {%- for name in rest -%}
        {%- set hint = adapter.quote('at_' ~ name) -%}
        {%- do hints.append(', ' ~ hint) -%}
        {%- do updates.append(hint ~ ' = values(' ~ hint ~ ')') -%}
    {%- endfor -%}
    {%- call statement('note_unpublished') -%}
        insert into {{ unpublished_table(this.identifier) }} ({{ quoted_list(key) }}{{ hints | join }})
        select {{ quoted_list(key, 'changed_keys.') }}
            {%- for name in rest %}, changed_rows.{{ adapter.quote(name) }}{% endfor %}
        from {{ delta_table() }} as changed_keys
        left join {{ changed_rows }} as changed_rows on {{ equal_keys('changed_rows', 'changed_keys', key) }}
        on duplicate key update {{ updates | join(', ') }}
    {%- endcall -%}
{% endmacro %}


{% macro settled_table() %}
    {{- return(this.incorporate(path={'identifier': this.identifier ~ '__settled'})) -}}
{% endmacro %}


{% macro find_settled(changed_rows, key) %}
    {#- The changed keys whose row stays where it is, under the same primary key. Finding them by the whole primary key
        reads one partition a row; only for the others, deleted, new or moved, each partition has to be searched. -#}
    {%- do run_query(
        'create temporary table ' ~ settled_table() ~ ' (' ~ key_definitions(key)
        ~ ', primary key (' ~ quoted_list(key) ~ '))'
    ) -%}
    {%- call statement('find_settled') -%}
        insert into {{ settled_table() }}
        select {{ quoted_list(key, 'changed_rows.') }}
        from {{ changed_rows }} as changed_rows
        inner join {{ this }} as kept
            on {{ equal_keys('kept', 'changed_rows', (primary_key() + key) | unique | list) }}
    {%- endcall -%}
{% endmacro %}


{% macro delete_gone_and_moved(key) %}
    {%- call statement('leave_out_settled') -%}
        delete changed_keys
        from {{ delta_table() }} as changed_keys
        inner join {{ settled_table() }} as settled on {{ equal_keys('settled', 'changed_keys', key) }}
    {%- endcall -%}
    {%- call statement('delete') -%}
        delete gone
        from {{ delta_table() }} as changed_keys
        inner join {{ this }} as gone on {{ equal_keys('gone', 'changed_keys', key) }}
    {%- endcall -%}
{% endmacro %}


{% macro update_settled(changed_rows, key) %}
    {%- set match = (primary_key() + key) | unique | list -%}
    {%- set assignments = [] -%}
    {%- for name in model.columns.keys() | reject('in', match) -%}
        {%- do assignments.append('kept.' ~ adapter.quote(name) ~ ' = changed_rows.' ~ adapter.quote(name)) -%}
    {%- endfor -%}
    {%- if assignments -%}
        {%- call statement('update') -%}
            update {{ changed_rows }} as changed_rows
            inner join {{ this }} as kept on {{ equal_keys('kept', 'changed_rows', match) }}
            set {{ assignments | join(', ') }}
        {%- endcall -%}
    {%- endif -%}
{% endmacro %}


{% macro insert_new(changed_rows, key) %}
    {#- A plain insert: two natural keys with one surrogate key are refused, where an upsert would merge them. -#}
    {%- set names = model.columns.keys() | list -%}
    {%- call statement('insert') -%}
        insert into {{ this }} ({{ quoted_list(names) }})
        select {{ quoted_list(names, 'changed_rows.') }}
        from {{ changed_rows }} as changed_rows
        left join {{ settled_table() }} as settled on {{ equal_keys('settled', 'changed_rows', key) }}
        where settled.{{ adapter.quote(key[0]) }} is null
    {%- endcall -%}
{% endmacro %}
