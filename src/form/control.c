/*
 * Control: each, if, choose, let, include.
 *
 * An include is expanded here: the fragment's content is compiled anew for every
 * place that includes it, in the look and with the places of that one.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "form/near.h"
#include "xml/xml.h"

/* What stands directly in a section or fragment, and not below a control. */
#define DIRECT (GS_PLACE_OWN_PAGE | GS_PLACE_FRAGMENT)

static struct gs_site below(const struct gs_site *site)
{
    struct gs_site inner = *site;
    inner.place &= ~(unsigned)DIRECT;
    return inner;
}

/* --- each, if, let --------------------------------------------------------- */

struct gs_each gs_each_read(struct gs_compiler *compiler,
        const struct gs_node *node, const char *select,
        const struct gs_site *site)
{
    return (struct gs_each){
            .select = gs_xpath_attribute(compiler, node, select, site),
            .by = gs_xpath_attribute(compiler, node, "by", site),
            .least = (size_t)gs_attr_integer(node, "least", 0, 10000, 0),
            .select_loc = gs_node_attribute_loc(node, select, 0),
            .by_loc = gs_node_attribute_loc(node, "by", 0),
    };
}

const struct gs_name *gs_each_names(
        struct gs_compiler *compiler, const struct gs_name *outer)
{
    return gs_name_add(
            compiler, gs_name_add(compiler, outer, "position"), "count");
}

static void compile_each(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    struct gs_item *item = gs_item_add(
            compiler, GS_ITEM_EACH, gs_node_loc(node), site, out);
    struct gs_site inner = below(site);
    item->u.each = gs_each_read(compiler, node, "select", site);
    inner.names = gs_each_names(compiler, site->names);
    item->content = gs_compile_content(compiler, node, &inner);
}

struct gs_item *gs_condition_add(struct gs_compiler *compiler,
        const struct gs_node *node, const char *attribute,
        const struct gs_site *site, GPtrArray *out)
{
    struct gs_item *item = gs_item_add(
            compiler, GS_ITEM_IF, gs_node_loc(node), site, out);
    item->u.condition.test =
            gs_xpath_attribute(compiler, node, attribute, site);
    item->u.condition.loc = gs_node_attribute_loc(node, attribute, 0);
    return item;
}

static void compile_if(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    struct gs_item *item = gs_condition_add(compiler, node, "test", site, out);
    struct gs_site inner = below(site);
    item->content = gs_compile_content(compiler, node, &inner);
}

static struct gs_binding read_binding(struct gs_compiler *compiler,
        const struct gs_node *node, const char *select,
        const struct gs_site *site)
{
    return (struct gs_binding){
            .name = gs_node_find_attribute(node, "name"),
            .select = gs_xpath_attribute(compiler, node, select, site),
            .loc = gs_node_attribute_loc(node, select, 0),
    };
}

static void compile_let(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    struct gs_item *item = gs_item_add(
            compiler, GS_ITEM_LET, gs_node_loc(node), site, out);
    item->u.let = read_binding(compiler, node, "select", site);
}

const struct gs_name *gs_let_names(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_name *names)
{
    const char *name = gs_node_find_attribute(node, "name");
    if (strcmp(gs_node_name(node), "let") != 0 || name == NULL) {
        return names;
    }
    if (names != NULL && names->count >= GS_FORM_NAMES_MAX) {
        gs_stop(compiler, gs_node_loc(node), G_STRINGIFY(GS_FORM_NAMES_MAX),
                GS_WORD(N_("variables")));
    }
    return gs_name_add(compiler, names, name);
}

/* --- choose ---------------------------------------------------------------- */

static struct gs_branch compile_branch(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site)
{
    struct gs_site inner = below(site);
    return (struct gs_branch){
            .test = gs_xpath_attribute(compiler, node, "test", site),
            .loc = gs_node_attribute_loc(node, "test", 0),
            .content = gs_compile_content(compiler, node, &inner),
    };
}

/* Nothing comes after <otherwise>. */
static void check_order(struct gs_compiler *compiler,
        const struct gs_node *node, bool has_otherwise)
{
    if (!has_otherwise) {
        return;
    }
    if (strcmp(gs_node_name(node), "otherwise") == 0) {
        gs_report(compiler, GS_DIAG_REPEATED_ELEMENT, gs_node_loc(node),
                GS_ARGS("otherwise", "choose"));
    } else {
        gs_report(compiler, GS_DIAG_MISPLACED_ELEMENT, gs_node_loc(node),
                GS_ARGS(gs_node_name(node), "choose",
                        "when …, otherwise"));
    }
}

static void compile_choose(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    struct gs_item *item = gs_item_add(
            compiler, GS_ITEM_CHOOSE, gs_node_loc(node), site, out);
    struct gs_site inside = gs_site_inside(site, node, GS_PLACE_CHOOSE);
    GArray *branches = g_array_new(FALSE, TRUE, sizeof(struct gs_branch));
    bool has_otherwise = false;

    const struct gs_node *child = gs_node_first_child(node);
    for (; child != NULL && gs_spend(compiler, 1, gs_node_loc(child));
            child = gs_node_next(child)) {
        if (gs_node_kind(child) == GS_NODE_TEXT) {
            gs_text_check(compiler, child, &inside);
            continue;
        }
        const struct gs_element_rule *rule =
                gs_element_check(compiler, child, &inside);
        if (rule == NULL || (rule->places & GS_PLACE_CHOOSE) == 0) {
            continue;
        }
        gs_attr_check(compiler, child, rule);
        check_order(compiler, child, has_otherwise);
        has_otherwise |= rule->element == GS_ELEMENT_OTHERWISE;
        struct gs_branch branch = compile_branch(compiler, child, site);
        g_array_append_val(branches, branch);
    }
    if (branches->len == 0) {
        gs_report(compiler, GS_DIAG_MISSING_ELEMENT, gs_node_loc(node),
                GS_ARGS("choose", "when"));
    }
    struct gs_branch *copy =
            GS_MAKE_ARRAY(compiler->arena, struct gs_branch, branches->len);
    for (guint i = 0; i < branches->len; i++) {
        copy[i] = g_array_index(branches, struct gs_branch, i);
    }
    item->u.choose.branches = copy;
    item->u.choose.count = branches->len;
    g_array_free(branches, TRUE);
}

/* --- include --------------------------------------------------------------- */

static bool is_element(const struct gs_node *node, const char *name)
{
    return gs_node_kind(node) == GS_NODE_ELEMENT
            && strcmp(gs_node_name(node), name) == 0
            && strcmp(gs_node_namespace(node), GS_LAYOUT_NAMESPACE) == 0
            && gs_node_find_attribute(node, "name") != NULL;
}

/* The <with> or <param> of a name, or NULL. */
static const struct gs_node *find_named(const struct gs_node *parent,
        const char *element, const char *name)
{
    const struct gs_node *child = gs_node_first_child(parent);
    for (; child != NULL; child = gs_node_next(child)) {
        if (is_element(child, element)
                && strcmp(gs_node_find_attribute(child, "name"), name) == 0) {
            return child;
        }
    }
    return NULL;
}

static void report_parameter(struct gs_compiler *compiler,
        const struct gs_node *with, const struct gs_fragment_def *fragment)
{
    GArray *names = g_array_new(FALSE, FALSE, sizeof(const char *));
    const struct gs_node *child = gs_node_first_child(fragment->node);
    for (; child != NULL; child = gs_node_next(child)) {
        if (is_element(child, "param")) {
            const char *name = gs_node_find_attribute(child, "name");
            g_array_append_val(names, name);
        }
    }
    gs_report_value(compiler, GS_DIAG_UNKNOWN_PARAMETER, with, "name",
            GS_ARGS(fragment->name, gs_node_find_attribute(with, "name"),
                    gs_join(compiler->arena, gs_name_list(names), names->len,
                            ", ")));
    g_array_free(names, TRUE);
}

/* One <with>: checked, and added to the parameters. */
static void read_param(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_node *include,
        const struct gs_fragment_def *fragment, const struct gs_site *site,
        GArray *params)
{
    const char *name = gs_node_find_attribute(node, "name");
    if (name == NULL) {
        return;
    }
    if (find_named(fragment->node, "param", name) == NULL) {
        report_parameter(compiler, node, fragment);
    }
    if (find_named(include, "with", name) != node) {
        gs_report_value(compiler, GS_DIAG_DUPLICATE_NAME, node, "name",
                GS_ARGS("with", name));
    }
    if (params->len == GS_FORM_PARAMS_MAX) {
        gs_stop(compiler, gs_node_loc(node), G_STRINGIFY(GS_FORM_PARAMS_MAX),
                GS_WORD(N_("parameters")));
    }
    struct gs_binding binding = read_binding(compiler, node, "select", site);
    g_array_append_val(params, binding);
}

/* Checks what stands in an include, and reads its parameters. */
static void read_params(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_fragment_def *fragment,
        const struct gs_site *site, GArray *params)
{
    struct gs_site inside = gs_site_inside(site, node, GS_PLACE_INCLUDE);
    const struct gs_node *child = gs_node_first_child(node);
    for (; child != NULL && gs_spend(compiler, 1, gs_node_loc(child));
            child = gs_node_next(child)) {
        if (gs_node_kind(child) == GS_NODE_TEXT) {
            gs_text_check(compiler, child, &inside);
            continue;
        }
        const struct gs_element_rule *rule =
                gs_element_check(compiler, child, &inside);
        if (rule == NULL) {
            continue;
        }
        gs_attr_check(compiler, child, rule);
        gs_check_empty(compiler, child);
        if (rule->element == GS_ELEMENT_WITH) {
            read_param(compiler, child, node, fragment, site, params);
        }
    }
}

/* position and count go on where they were; other names stay outside. */
static const struct gs_name *names_inside(struct gs_compiler *compiler,
        const struct gs_site *site, const GArray *params)
{
    const struct gs_name *names = NULL;
    for (const struct gs_name *n = site->names; n != NULL; n = n->outer) {
        if (strcmp(n->name, "count") == 0) {
            names = gs_each_names(compiler, NULL);
            break;
        }
    }
    for (guint i = 0; i < params->len; i++) {
        names = gs_name_add(compiler, names,
                g_array_index(params, struct gs_binding, i).name);
    }
    return names;
}

/* A <param>: its name comes into scope, with its default where there is one. */
static void add_param(struct gs_compiler *compiler,
        const struct gs_node *param, const struct gs_node *include,
        const struct gs_fragment_def *fragment, struct gs_site *site,
        GPtrArray *out)
{
    const char *name = gs_node_find_attribute(param, "name");
    if (include == NULL) { /* a check of the fragment by itself */
        site->names = gs_name_add(compiler, site->names, name);
    } else if (find_named(include, "with", name) == NULL) {
        if (gs_node_find_attribute(param, "default") == NULL) {
            gs_report(compiler, GS_DIAG_MISSING_PARAMETER,
                    gs_node_loc(include), GS_ARGS(fragment->name, name));
        }
        struct gs_item *item = gs_item_add(
                compiler, GS_ITEM_LET, gs_node_loc(param), site, out);
        item->u.let = read_binding(compiler, param, "default", site);
        site->names = gs_name_add(compiler, site->names, name);
    }
}

/* The fragment's own parameters, of which the include gives some. */
static void add_params(struct gs_compiler *compiler,
        const struct gs_node *include, const struct gs_fragment_def *fragment,
        struct gs_site *site, GPtrArray *out)
{
    unsigned count = 0;
    const struct gs_node *child = gs_node_first_child(fragment->node);
    for (; child != NULL && !compiler->stopped; child = gs_node_next(child)) {
        if (gs_node_kind(child) != GS_NODE_ELEMENT
                || strcmp(gs_node_name(child), "param") != 0) {
            continue;
        }
        gs_attr_check(compiler, child, &gs_grammar[GS_ELEMENT_PARAM]);
        gs_check_empty(compiler, child);
        if (!is_element(child, "param")) {
            continue;
        }
        if (++count > GS_FORM_PARAMS_MAX) {
            gs_stop(compiler, gs_node_loc(child),
                    G_STRINGIFY(GS_FORM_PARAMS_MAX),
                    GS_WORD(N_("parameters")));
        }
        const char *name = gs_node_find_attribute(child, "name");
        if (find_named(fragment->node, "param", name) != child) {
            gs_report_value(compiler, GS_DIAG_DUPLICATE_NAME, child, "name",
                    GS_ARGS("param", name));
        } else {
            add_param(compiler, child, include, fragment, site, out);
        }
    }
}

static void expand(struct gs_compiler *compiler, const struct gs_node *node,
        struct gs_fragment_def *fragment, struct gs_site *site, GPtrArray *out)
{
    fragment->open = true;
    fragment->used = true;
    compiler->includes++;
    compiler->expanded += gs_node_loc(fragment->node).source->size;
    if (compiler->expanded > GS_FORM_EXPANDED_MAX) {
        gs_stop(compiler, gs_node_loc(fragment->node),
                gs_arena_printf(
                        compiler->arena, "%zu", GS_FORM_EXPANDED_MAX),
                GS_WORD(N_("bytes")));
    }
    site->place |= GS_PLACE_FRAGMENT;
    add_params(compiler, node, fragment, site, out);
    gs_compile_children(compiler, fragment->node, site, out);
    compiler->includes--;
    fragment->open = false;
}

/* The fragment that may be expanded here, or NULL after a diagnostic. */
static struct gs_fragment_def *find_fragment(
        struct gs_compiler *compiler, const struct gs_node *node)
{
    const char *name = gs_node_find_attribute(node, "fragment");
    if (name == NULL) {
        return NULL;
    }
    struct gs_fragment_def *fragment =
            g_hash_table_lookup(compiler->fragments, name);
    if (fragment == NULL) {
        gs_report_name(compiler, GS_DIAG_UNKNOWN_FRAGMENT, node, "fragment",
                compiler->fragments, NULL);
        return NULL;
    }
    if (fragment->open) {
        gs_report_value(compiler, GS_DIAG_CYCLE, node, "fragment",
                GS_ARGS("fragment", name));
        return NULL;
    }
    if (compiler->includes == GS_FORM_INCLUDES_MAX) {
        gs_report_value(compiler, GS_DIAG_LAYOUT_TOO_LARGE, node, "fragment",
                GS_ARGS(G_STRINGIFY(GS_FORM_INCLUDES_MAX), "includes"));
        return NULL;
    }
    return fragment;
}

static void compile_include(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    struct gs_fragment_def *fragment = find_fragment(compiler, node);
    if (fragment == NULL) {
        return;
    }
    struct gs_item *item = gs_item_add(
            compiler, GS_ITEM_SCOPE, gs_node_loc(node), site, out);
    item->u.scope.select = gs_xpath_attribute(compiler, node, "select", site);
    item->u.scope.select_loc = gs_node_attribute_loc(node, "select", 0);
    item->u.scope.optional = gs_attr_is_yes(node, "optional", false);

    GArray *params = g_array_new(FALSE, TRUE, sizeof(struct gs_binding));
    read_params(compiler, node, fragment, site, params);
    struct gs_binding *copy =
            GS_MAKE_ARRAY(compiler->arena, struct gs_binding, params->len);
    for (guint i = 0; i < params->len; i++) {
        copy[i] = g_array_index(params, struct gs_binding, i);
    }
    item->u.scope.params = copy;
    item->u.scope.count = params->len;

    struct gs_site inner = below(site);
    inner.names = names_inside(compiler, site, params);
    g_array_free(params, TRUE);
    GPtrArray *content = g_ptr_array_new();
    expand(compiler, node, fragment, &inner, content);
    item->content = gs_items_take(compiler, content);
}

void gs_check_unused(struct gs_compiler *compiler, const struct gs_site *site)
{
    for (guint i = 0; i < compiler->fragment_list->len; i++) {
        struct gs_fragment_def *fragment =
                g_ptr_array_index(compiler->fragment_list, i);
        unsigned place = gs_fragment_place(compiler, fragment);
        if (fragment->used || fragment->imported || place == 0) {
            continue;
        }
        GPtrArray *nothing = g_ptr_array_new();
        struct gs_site inner = gs_site_inside(site, fragment->node, place);
        inner.names = gs_each_names(compiler, NULL);
        inner.unused = true;
        expand(compiler, NULL, fragment, &inner, nothing);
        g_ptr_array_free(nothing, TRUE);
    }
}

void gs_compile_control(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, GPtrArray *out)
{
    if (element == GS_ELEMENT_EACH) {
        compile_each(compiler, node, site, out);
    } else if (element == GS_ELEMENT_IF) {
        compile_if(compiler, node, site, out);
    } else if (element == GS_ELEMENT_CHOOSE) {
        compile_choose(compiler, node, site, out);
    } else if (element == GS_ELEMENT_LET) {
        compile_let(compiler, node, site, out);
    } else if (element == GS_ELEMENT_INCLUDE) {
        compile_include(compiler, node, site, out);
    }
}
