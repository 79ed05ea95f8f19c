/*
 * Elements: each is checked by its rule, wrapped where it is repeated, and handed
 * to the file that knows what it becomes.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "xml/xml.h"

/* --- items ----------------------------------------------------------------- */

void gs_stop(struct gs_compiler *compiler, struct gs_loc loc,
        const char *bound, const char *what)
{
    if (!compiler->stopped) {
        gs_report(compiler, GS_DIAG_LAYOUT_TOO_LARGE, loc,
                GS_ARGS(bound, what));
        compiler->stopped = true;
    }
}

bool gs_spend(struct gs_compiler *compiler, size_t count, struct gs_loc loc)
{
    compiler->items += count;
    if (compiler->items > GS_FORM_ITEMS_MAX) {
        gs_stop(compiler, loc, G_STRINGIFY(GS_FORM_ITEMS_MAX),
                GS_WORD(N_("items")));
    }
    return !compiler->stopped;
}

struct gs_item *gs_item_add(struct gs_compiler *compiler,
        enum gs_item_kind kind, struct gs_loc loc, const struct gs_site *site,
        GPtrArray *out)
{
    struct gs_item *item = GS_MAKE(compiler->arena, struct gs_item);
    item->kind = kind;
    item->loc = loc;
    item->style = site->style;
    g_ptr_array_add(out, item);
    return item;
}

struct gs_items gs_items_take(struct gs_compiler *compiler, GPtrArray *items)
{
    struct gs_item **copy =
            GS_MAKE_ARRAY(compiler->arena, struct gs_item *, items->len);
    for (guint i = 0; i < items->len; i++) {
        copy[i] = g_ptr_array_index(items, i);
    }
    struct gs_items result = {copy, items->len};
    g_ptr_array_free(items, TRUE);
    return result;
}

/* --- sites ----------------------------------------------------------------- */

struct gs_site gs_site_inside(const struct gs_site *site,
        const struct gs_node *node, unsigned places)
{
    struct gs_site inner = *site;
    inner.place = places;
    inner.parent = node;
    return inner;
}

const struct gs_name *gs_name_add(struct gs_compiler *compiler,
        const struct gs_name *outer, const char *name)
{
    struct gs_name *added = GS_MAKE(compiler->arena, struct gs_name);
    added->name = name;
    added->outer = outer;
    added->count = outer != NULL ? outer->count + 1 : 1;
    return added;
}

/* --- elements -------------------------------------------------------------- */

static void compile_text(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    struct gs_pattern text = {0};
    if (gs_text_check(compiler, node, site)
            && gs_pattern_text(compiler, node, site, &text)) {
        struct gs_item *item =
                gs_item_add(compiler, GS_ITEM_TEXT, text.loc, site, out);
        item->u.text = text;
    }
}

static void compile_by_kind(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_element_rule *rule,
        const struct gs_site *site, GPtrArray *out)
{
    enum gs_element element = rule->element;
    if (rule->content == 0) {
        gs_check_empty(compiler, node);
    }
    if (element >= GS_ELEMENT_EACH && element <= GS_ELEMENT_INCLUDE) {
        gs_compile_control(compiler, node, element, site, out);
        return;
    }
    struct gs_site own = *site;
    gs_look_enter(compiler, &own, node, rule);
    if (element >= GS_ELEMENT_SECTION && element <= GS_ELEMENT_PLACE) {
        gs_compile_block(compiler, node, element, &own, out);
    } else if (element >= GS_ELEMENT_CONTINUED && element <= GS_ELEMENT_TD) {
        gs_compile_table_part(compiler, node, element, &own, out);
    } else if (element >= GS_ELEMENT_SPAN && element <= GS_ELEMENT_TOTAL) {
        gs_compile_inline(compiler, node, element, &own, out);
    }
    /* Others are compiled by what holds them, or misplaced. */
}

/* An element with if="" is an IF of it, inside its repeat. */
static void compile_tested(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_element_rule *rule,
        const struct gs_site *site, GPtrArray *out)
{
    if ((rule->sets & GS_SET_REPEAT) == 0
            || gs_node_find_attribute(node, "if") == NULL) {
        compile_by_kind(compiler, node, rule, site, out);
        return;
    }
    GPtrArray *content = g_ptr_array_new();
    struct gs_item *item = gs_condition_add(compiler, node, "if", site, out);
    compile_by_kind(compiler, node, rule, site, content);
    item->content = gs_items_take(compiler, content);
}

/* An element with each="" is an EACH of it. */
static void compile_repeated(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_element_rule *rule,
        const struct gs_site *site, GPtrArray *out)
{
    if ((rule->sets & GS_SET_REPEAT) == 0
            || gs_node_find_attribute(node, "each") == NULL) {
        compile_tested(compiler, node, rule, site, out);
        return;
    }
    GPtrArray *content = g_ptr_array_new();
    struct gs_site inner = *site;
    struct gs_item *item = gs_item_add(
            compiler, GS_ITEM_EACH, gs_node_loc(node), site, out);
    item->u.each = gs_each_read(compiler, node, "each", site);
    inner.names = gs_each_names(compiler, site->names);
    compile_tested(compiler, node, rule, &inner, content);
    item->content = gs_items_take(compiler, content);
}

/* by="" and least="" say how to repeat: they need an each="". */
static void check_repeat(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_element_rule *rule)
{
    if ((rule->sets & GS_SET_REPEAT) != 0
            && gs_node_find_attribute(node, "each") == NULL
            && (gs_node_find_attribute(node, "by") != NULL
                    || gs_node_find_attribute(node, "least") != NULL)) {
        gs_report(compiler, GS_DIAG_MISSING_ATTRIBUTE, gs_node_loc(node),
                GS_ARGS(rule->name, "each"));
    }
}

static void compile_element(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    const struct gs_element_rule *rule =
            gs_element_check(compiler, node, site);
    if (rule == NULL) {
        return;
    }
    gs_attr_check(compiler, node, rule);
    check_repeat(compiler, node, rule);
    compile_repeated(compiler, node, rule, site, out);
}

/* Whether an element is compiled by the one that holds it. */
static bool is_taken(const struct gs_node *node, const struct gs_site *site)
{
    const struct gs_element_rule *rule = gs_grammar_find(gs_node_name(node));
    unsigned taken =
            GS_PLACE_PAGE | GS_PLACE_OWN_PAGE | GS_PLACE_FRAGMENT;
    return rule != NULL && (rule->places & site->place & taken) != 0
            && strcmp(gs_node_namespace(node), GS_LAYOUT_NAMESPACE) == 0;
}

void gs_compile_children(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        GPtrArray *out)
{
    struct gs_site here = *site;
    const struct gs_node *child = gs_node_first_child(node);

    if (compiler->depth == GS_FORM_DEPTH_MAX) {
        gs_stop(compiler, gs_node_loc(node), G_STRINGIFY(GS_FORM_DEPTH_MAX),
                GS_WORD(N_("levels")));
        return;
    }
    compiler->depth++;
    for (; child != NULL && gs_spend(compiler, 1, gs_node_loc(child));
            child = gs_node_next(child)) {
        if (gs_node_kind(child) == GS_NODE_TEXT) {
            compile_text(compiler, child, &here, out);
        } else if (!is_taken(child, &here)) {
            compile_element(compiler, child, &here, out);
            here.names = gs_let_names(compiler, child, here.names);
        }
    }
    compiler->depth--;
}

struct gs_items gs_compile_content(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site)
{
    GPtrArray *items = g_ptr_array_new();
    gs_compile_children(compiler, node, site, items);
    return gs_items_take(compiler, items);
}

enum gs_strength gs_strength_read(const struct gs_node *node)
{
    int word = gs_attr_word(node, "keep-strength", gs_strength_words, 1);
    return (enum gs_strength)(word + GS_STRENGTH_WEAK);
}

void gs_check_empty(struct gs_compiler *compiler, const struct gs_node *node)
{
    const struct gs_node *child = gs_node_first_child(node);
    struct gs_site nothing = {.parent = node};
    for (; child != NULL; child = gs_node_next(child)) {
        if (gs_node_kind(child) == GS_NODE_TEXT) {
            gs_text_check(compiler, child, &nothing);
        } else {
            gs_element_check(compiler, child, &nothing);
        }
    }
}
