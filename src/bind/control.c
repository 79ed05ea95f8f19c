/*
 * Control: repeats, conditions, variables and expanded includes.
 *
 * Recursion follows the layout's nesting, which is bounded when it is compiled;
 * data can only make the loops longer.
 */
#include "bind/binder.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "xml/records.h"

/* A record, or a run of equal neighbours. */
struct run {
    size_t first, count;
};

/* Evaluates a path into the data. */
static bool eval_nodes(struct gs_binder *binder, const struct gs_xpath *xpath,
        struct gs_loc loc, const struct gs_scope *scope, struct gs_value *out)
{
    if (!gs_bind_eval(binder, xpath, loc, scope, out)) {
        return false;
    }
    if (out->kind != GS_VALUE_NODES) {
        gs_diag_add(binder->diag, GS_DIAG_NOT_NODES, loc,
                GS_ARGS(gs_xpath_text(xpath)));
        return false;
    }
    return true;
}

static bool eval_test(struct gs_binder *binder, const struct gs_xpath *test,
        struct gs_loc loc, const struct gs_scope *scope)
{
    struct gs_value value;

    return gs_bind_eval(binder, test, loc, scope, &value) &&
            gs_value_is_true(&value);
}

/* The key by which records are neighbours; NULL after a diagnostic. */
static const char *record_key(struct gs_binder *binder,
        const struct gs_each *each, const struct gs_node *record,
        size_t position, size_t size, const struct gs_scope *outer)
{
    struct gs_scope scope = *outer;
    struct gs_value key;

    scope.node = record;
    scope.position = position;
    scope.size = size;
    if (!gs_bind_eval(binder, each->by, each->by_loc, &scope, &key)) {
        return NULL;
    }
    return gs_value_string(binder->scratch, &key);
}

/* Every record alone, or runs of those with one key.  False: reported. */
static bool split_runs(struct gs_binder *binder, const struct gs_each *each,
        const struct gs_value *records, const struct gs_scope *scope,
        GArray *runs)
{
    const char *last = NULL;

    for (size_t i = 0; i < records->count; i++) {
        if (each->by != NULL) {
            const char *key = record_key(binder, each,
                    records->nodes[i], i + 1, records->count, scope);
            if (key == NULL) {
                return false;
            }
            if (last != NULL && strcmp(key, last) == 0) {
                g_array_index(runs, struct run, runs->len - 1).count++;
                continue;
            }
            last = key;
        }
        struct run run = {i, 1};
        g_array_append_val(runs, run);
    }
    return true;
}

static struct gs_variable number_variable(
        const char *name, size_t number, const struct gs_variable *outer)
{
    return (struct gs_variable){
            .name = name,
            .value = {.kind = GS_VALUE_NUMBER, .number = (double)number},
            .outer = outer,
    };
}

/* One turn of a repeat; `run` is NULL for a blank record. */
static void walk_record(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_value *records, const struct run *run,
        const struct gs_scope *turn, gs_visit *visit, void *sink)
{
    struct gs_scope scope = *turn;

    scope.node = run != NULL ? records->nodes[run->first] : NULL;
    if (item->u.each.by != NULL || run == NULL) {
        scope.group = run != NULL ? records->nodes + run->first : NULL;
        scope.group_count = run != NULL ? run->count : 0;
    }
    const struct gs_variable count =
            number_variable("count", scope.size, scope.variables);
    const struct gs_variable position =
            number_variable("position", scope.position, &count);
    scope.variables = &position;
    gs_bind_walk(binder, &item->content, &scope, visit, sink);
}

static void walk_each(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, gs_visit *visit, void *sink)
{
    const struct gs_each *each = &item->u.each;
    struct gs_value records;

    if (each->select == NULL) {
        gs_bind_walk(binder, &item->content, scope, visit, sink);
        return;
    }
    if (!eval_nodes(binder, each->select, each->select_loc, scope, &records)) {
        return;
    }
    if (records.count == 0) {
        gs_bind_suspect(binder, each->select, each->select_loc, scope->node);
    }
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(struct run));
    if (split_runs(binder, each, &records, scope, runs)) {
        struct gs_scope turn = *scope;
        turn.size = MAX(runs->len, each->least);
        for (size_t i = 0; i < turn.size && !binder->stopped; i++) {
            if (!gs_bind_count(binder, &binder->made.repeats, 1, GS_BIND_REPEATS_MAX,
                        GS_WORD(N_("repeats")), item->loc)) {
                break;
            }
            turn.position = i + 1;
            walk_record(binder, item, &records,
                    i < runs->len ? &g_array_index(runs, struct run, i) : NULL,
                    &turn, visit, sink);
        }
    }
    g_array_free(runs, TRUE);
}

/* --- turn by turn ------------------------------------------------------------ */

struct gs_turns {
    const struct gs_item *item;
    struct gs_scope scope; /* the records' */
    struct gs_records *records;
    const struct gs_node *next; /* read ahead, ours: first of the next run */
    char *key; /* its */
    size_t index; /* of `next` among the records, from 0 */
    size_t turn; /* of the next turn, from 0 */
    bool begun;
};

struct gs_turns *gs_turns_new(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope)
{
    struct gs_turns *turns = g_new0(struct gs_turns, 1);

    turns->item = item;
    turns->scope = *scope;
    turns->records = gs_records_new(
            binder->xml, item->u.each.select, binder->diag);
    return turns;
}

void gs_turns_free(struct gs_turns *turns)
{
    if (turns != NULL) {
        gs_records_drop(turns->next);
        gs_records_free(turns->records);
        g_free(turns->key);
        g_free(turns);
    }
}

/* Reads a record and its key; NULL at the end. */
static const struct gs_node *read_record(
        struct gs_binder *binder, struct gs_turns *turns, const char **key)
{
    const struct gs_each *each = &turns->item->u.each;
    const struct gs_node *node = gs_records_next(turns->records);

    *key = "";
    if (node == NULL) {
        return NULL;
    }
    if (each->by != NULL) {
        *key = record_key(
                binder, each, node, turns->index + 1, 0, &turns->scope);
    }
    if (*key == NULL
            || !gs_bind_count(binder, &binder->made.repeats, 1,
                    GS_BIND_REPEATS_MAX, GS_WORD(N_("repeats")),
                    each->select_loc)) {
        gs_records_drop(node);
        return NULL;
    }
    return node;
}

/* The records of the next turn, in `run`. */
static void read_run(
        struct gs_binder *binder, struct gs_turns *turns, GPtrArray *run)
{
    const struct gs_each *each = &turns->item->u.each;
    const char *key = NULL;

    if (!turns->begun) {
        turns->begun = true;
        turns->next = read_record(binder, turns, &key);
        turns->key = g_strdup(key);
    }
    while (turns->next != NULL) {
        g_ptr_array_add(run, (gpointer)(uintptr_t)turns->next);
        gs_records_give(turns->next, binder->arena);
        turns->index++;
        turns->next = read_record(binder, turns, &key);
        if (each->by != NULL && turns->next != NULL
                && strcmp(key, turns->key) == 0) {
            continue;
        }
        g_free(turns->key);
        turns->key = g_strdup(key);
        break;
    }
}

bool gs_turns_next(struct gs_binder *binder, struct gs_turns *turns,
        gs_visit *visit, void *sink)
{
    const struct gs_item *item = turns->item;
    GPtrArray *run = g_ptr_array_new();

    read_run(binder, turns, run);
    bool more = (run->len > 0 || turns->turn < item->u.each.least)
            && gs_bind_count(binder, &binder->made.repeats, 1, GS_BIND_REPEATS_MAX,
                    GS_WORD(N_("repeats")), item->loc);
    if (more) {
        /* The group outlives this turn: cells may speak of it. */
        const struct gs_node **nodes = GS_MAKE_ARRAY(
                binder->scratch, const struct gs_node *, run->len);
        for (guint i = 0; i < run->len; i++) {
            nodes[i] = g_ptr_array_index(run, i);
        }
        const struct gs_value records = {
                .kind = GS_VALUE_NODES, .nodes = nodes, .count = run->len};
        const struct run whole = {0, run->len};
        struct gs_scope turn = turns->scope;
        turn.position = ++turns->turn;
        walk_record(binder, item, &records, run->len > 0 ? &whole : NULL,
                &turn, visit, sink);
    }
    g_ptr_array_free(run, TRUE);
    return more && !binder->stopped;
}

static void walk_choose(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, gs_visit *visit, void *sink)
{
    for (size_t i = 0; i < item->u.choose.count; i++) {
        const struct gs_branch *branch = &item->u.choose.branches[i];
        if (branch->test == NULL ||
                eval_test(binder, branch->test, branch->loc, scope)) {
            gs_bind_walk(binder, &branch->content, scope, visit, sink);
            return;
        }
    }
}

/* Puts a variable in front of those of `scope`; its value is that in `from`. */
static bool bind_variable(struct gs_binder *binder,
        const struct gs_binding *binding, const struct gs_scope *from,
        struct gs_scope *scope)
{
    struct gs_variable *variable = GS_MAKE(binder->scratch, struct gs_variable);

    variable->name = binding->name;
    variable->outer = scope->variables;
    if (!gs_bind_eval(binder, binding->select, binding->loc, from,
                &variable->value)) {
        return false;
    }
    scope->variables = variable;
    return true;
}

/* The one node an include's select="" moves to; false: leave it out. */
static bool move_scope(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *from, struct gs_scope *scope)
{
    const struct gs_xpath *select = item->u.scope.select;
    struct gs_loc loc = item->u.scope.select_loc;
    struct gs_value value;

    if (select == NULL || from->node == NULL) {
        return true;
    }
    if (!eval_nodes(binder, select, loc, from, &value)) {
        return false;
    }
    if (value.count == 1) {
        scope->node = value.nodes[0];
        scope->position = scope->size = 1;
        return true;
    }
    const char *path = gs_bind_path(binder, from->node);
    if (value.count > 1) {
        const char *count =
                gs_arena_printf(binder->scratch, "%zu", value.count);
        gs_diag_add(binder->diag, GS_DIAG_SEVERAL_VALUES, loc,
                GS_ARGS(gs_xpath_text(select), count, path));
    } else if (!item->u.scope.optional) {
        gs_bind_report_missing(binder, select, loc, from->node);
    } else {
        gs_bind_suspect(binder, select, loc, from->node);
    }
    return false;
}

static void walk_scope(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *outer, gs_visit *visit, void *sink)
{
    struct gs_scope scope = *outer;

    if (!move_scope(binder, item, outer, &scope)) {
        return;
    }
    for (size_t i = 0; i < item->u.scope.count; i++) {
        const struct gs_binding *param = &item->u.scope.params[i];
        if (!bind_variable(binder, param, outer, &scope)) {
            return;
        }
    }
    gs_bind_walk(binder, &item->content, &scope, visit, sink);
}

/* One item; a LET puts its variable into `scope`.  False ends the walk. */
static bool walk_item(struct gs_binder *binder, const struct gs_item *item,
        struct gs_scope *scope, gs_visit *visit, void *sink)
{
    /* Not every kind is named: all others are for the visitor. */
    if (item->kind == GS_ITEM_EACH) {
        walk_each(binder, item, scope, visit, sink);
    } else if (item->kind == GS_ITEM_IF) {
        if (eval_test(binder, item->u.condition.test, item->u.condition.loc,
                    scope)) {
            gs_bind_walk(binder, &item->content, scope, visit, sink);
        }
    } else if (item->kind == GS_ITEM_CHOOSE) {
        walk_choose(binder, item, scope, visit, sink);
    } else if (item->kind == GS_ITEM_LET) {
        return bind_variable(binder, &item->u.let, scope, scope);
    } else if (item->kind == GS_ITEM_SCOPE) {
        walk_scope(binder, item, scope, visit, sink);
    } else {
        visit(binder, item, scope, sink);
    }
    return true;
}

void gs_bind_walk(struct gs_binder *binder, const struct gs_items *items,
        const struct gs_scope *scope, gs_visit *visit, void *sink)
{
    struct gs_scope inner = *scope; /* with the variables of <let> */

    for (size_t i = 0; i < items->count && !binder->stopped; i++) {
        if (!walk_item(binder, items->items[i], &inner, visit, sink)) {
            return;
        }
    }
}
