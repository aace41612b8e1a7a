{#- Which state of the sources a model has taken in: the table _tidemark_models of the schema that it is built in. -#}

{% macro models_table(schema) %}
    {{- return(api.Relation.create(schema=schema, identifier='_tidemark_models', type='table')) -}}
{% endmacro %}


{% macro node_of(model_name) %}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.name == model_name -%}
        {{- return(node) -}}
    {%- endfor -%}
{% endmacro %}


{% macro unpublished_table(model_name) %}
    {{- return(api.Relation.create(
        schema=node_of(model_name).schema, identifier='_tidemark_unpublished_' ~ model_name, type='table'
    )) -}}
{% endmacro %}


{% macro ensure_models_table() %}
    {%- if adapter.get_relation(none, this.schema, '_tidemark_models') is none -%}
        {%- do run_query(
            'create table if not exists ' ~ models_table(this.schema) ~ ' ('
            'model varchar(64) not null, built_seq bigint not null, rebuilt boolean not null, primary key (model))'
        ) -%}
    {%- endif -%}
{% endmacro %}


{% macro ensure_unpublished_table(columns) %}
    {#- Beside each key: the rest of the primary key, by which publishing finds the row in its partition. -#}
    {%- set keys = config.require('unique_key') -%}
    {%- set definitions = [] -%}
    {%- for key in keys -%}
        {%- do definitions.append(adapter.quote(key) ~ ' ' ~ columns[key].data_type ~ ' not null') -%}
    {%- endfor -%}
    {%- for name in primary_key() | reject('in', keys) -%}
        {%- do definitions.append(adapter.quote('at_' ~ name) ~ ' ' ~ columns[name].data_type) -%}
    {%- endfor -%}
    {%- do run_query(
        'create table if not exists ' ~ unpublished_table(this.identifier) ~ ' ('
        ~ definitions | join(', ') ~ ', primary key (' ~ quoted_list(keys) ~ '))'
    ) -%}
{% endmacro %}


{% macro upstream_of(unique_ids) %}
    {#- The sources and the tables that a model reads, also through views: {'sources': [...], 'models': [...]}. -#}
    {%- set found = {'sources': [], 'models': []} -%}
    {%- for unique_id in unique_ids -%}
        {%- if unique_id.startswith('source.') -%}
            {%- do found.sources.append(unique_id) -%}
        {%- elif unique_id.startswith('model.') -%}
            {%- set node = graph.nodes[unique_id] -%}
            {%- if node.config.materialized in ('incremental', 'table') -%}
                {%- do found.models.append(unique_id) -%}
            {%- endif -%}
            {%- set further = upstream_of(node.depends_on.nodes) -%}
            {%- do found.sources.extend(further.sources) -%}
            {%- do found.models.extend(further.models) -%}
        {%- endif -%}
    {%- endfor -%}
    {{- return({'sources': found.sources | unique | list, 'models': found.models | unique | list}) -}}
{% endmacro %}


{% macro build_state() %}
    {#- What this model has taken in and what is there to take in: last_seq, built_seq and input_replaced. -#}
    {%- do ensure_models_table() -%}
    {%- set upstream = upstream_of(model.depends_on.nodes) -%}
    {%- set loads = source_sequences(upstream.sources) -%}
    {%- set built = built_sequences([model.unique_id] + upstream.models) -%}
    {%- set seqs = namespace(last=0, replaced=0) -%}
    {%- for unique_id in upstream.sources -%}
        {%- set seqs.last = [seqs.last, loads[unique_id].changed, loads[unique_id].replaced] | max -%}
        {%- set seqs.replaced = [seqs.replaced, loads[unique_id].replaced] | max -%}
    {%- endfor -%}
    {#- A table read by this model that itself lags behind its sources holds this model back with it. -#}
    {%- for unique_id in upstream.models -%}
        {%- for source_id in upstream_of(graph.nodes[unique_id].depends_on.nodes).sources -%}
            {%- if [loads[source_id].changed, loads[source_id].replaced] | max > built.get(unique_id, 0) -%}
                {%- set seqs.last = [seqs.last, built.get(unique_id, 0)] | min -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set built_seq = built.get(model.unique_id) -%}
    {{- return({
        'last_seq': seqs.last,
        'built_seq': built_seq,
        'input_replaced': built_seq is none or seqs.replaced > built_seq,
    }) -}}
{% endmacro %}


{% macro source_sequences(source_ids) %}
    {#- For each source table: the load that last replaced it and the load that last changed it. -#}
    {%- set selects = [] -%}
    {%- for source_id in source_ids -%}
        {%- set source_table = graph.sources[source_id] -%}
        {%- do selects.append(
            "select '" ~ source_id ~ "', replaced_seq, changed_seq from "
            ~ adapter.quote(source_table.schema) ~ "._tidemark_tables"
            ~ " where table_name = '" ~ source_table.identifier ~ "'"
        ) -%}
    {%- endfor -%}
    {%- set sequences = {} -%}
    {%- for source_id in source_ids -%}
        {%- do sequences.update({source_id: {'replaced': 0, 'changed': 0}}) -%}
    {%- endfor -%}
    {%- if selects -%}
        {%- for row in run_query(selects | join('\nunion all\n')).rows -%}
            {%- do sequences.update({row[0]: {
                'replaced': (row[1] or 0) | int, 'changed': (row[2] or 0) | int
            }}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{- return(sequences) -}}
{% endmacro %}


{% macro built_sequences(model_ids) %}
    {#- For each model that has a table: the load up to which it is built. They share the schema of this model. -#}
    {%- set ids = {} -%}
    {%- for model_id in model_ids -%}
        {%- do ids.update({graph.nodes[model_id].alias: model_id}) -%}
    {%- endfor -%}
    {%- set built = {} -%}
    {%- for row in run_query(
        "select model, built_seq from " ~ models_table(this.schema)
        ~ " where model in ('" ~ ids.keys() | join("', '") ~ "')"
    ).rows -%}
        {%- do built.update({ids[row[0]]: row[1] | int}) -%}
    {%- endfor -%}
    {{- return(built) -}}
{% endmacro %}


{% macro check_fence() %}
    {#- Stops a run that lost its lock to another, and keeps the other from starting until this transaction ends. -#}
    {%- set run_id = env_var('TIDEMARK_RUN_ID', '') -%}
    {%- if run_id and execute -%}
        {%- set holders = run_query(
            "select run_id from tidemark_control.fence where name = 'run' lock in share mode"
        ).columns[0].values() | list -%}
        {%- if holders != [run_id] -%}
            {%- do exceptions.raise_compiler_error(
                'run ' ~ run_id ~ ' lost its lock to run ' ~ holders | join
                ~ ' and wrote nothing more; the newer run does the work'
            ) -%}
        {%- endif -%}
    {%- endif -%}
{% endmacro %}
