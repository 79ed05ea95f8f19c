/*
 * Totals: what cells of a table add to by sum="", and <total> that prints it.
 *
 * A total may be asked for before the first cell adds to it (承前页 stands in a
 * head), so names are looked up when the table is compiled.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "form/near.h"
#include "xml/xml.h"

/* A <total>, and what it became. */
struct wanted {
    const struct gs_node *node;
    struct gs_item *item;
};

void gs_totals_begin(struct gs_totals *totals)
{
    *totals = (struct gs_totals){
            .names = g_ptr_array_new(),
            .wanted = g_array_new(FALSE, FALSE, sizeof(struct wanted)),
    };
}

static bool find_name(
        const struct gs_totals *totals, const char *name, size_t *number)
{
    for (guint i = 0; i < totals->names->len; i++) {
        if (strcmp(g_ptr_array_index(totals->names, i), name) == 0) {
            *number = i;
            return true;
        }
    }
    return false;
}

/* The names in the arena, with a NULL after them. */
static const char *const *copy_names(
        struct gs_compiler *compiler, const struct gs_totals *totals)
{
    size_t count = totals->names->len;
    const char **names =
            GS_MAKE_ARRAY(compiler->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        names[i] = g_ptr_array_index(totals->names, (guint)i);
    }
    return names;
}

void gs_totals_end(struct gs_compiler *compiler, struct gs_totals *totals,
        struct gs_item *table)
{
    const char *const *names = copy_names(compiler, totals);
    size_t count = totals->names->len;

    table->u.table.totals = names;
    table->u.table.total_count = count;
    for (guint i = 0; i < totals->wanted->len; i++) {
        const struct wanted *wanted =
                &g_array_index(totals->wanted, struct wanted, i);
        const struct gs_node *node = wanted->node;
        const char *name = gs_node_find_attribute(node, "of");
        if (name != NULL
                && !find_name(totals, name, &wanted->item->u.total.number)) {
            gs_report_value(compiler, GS_DIAG_UNKNOWN_TOTAL, node, "of",
                    GS_ARGS(name,
                            count > 0 ? gs_join(compiler->arena, names, count,
                                                ", ")
                                      : NULL));
        }
    }
    g_ptr_array_free(totals->names, TRUE);
    g_array_free(totals->wanted, TRUE);
}

/* How messages name rows of pages: foot repeat="pages". */
static const char *name_page_rows(
        struct gs_compiler *compiler, const struct gs_node *node)
{
    return gs_arena_printf(compiler->arena, "%s repeat=\"%s\"",
            gs_node_name(node), gs_node_find_attribute(node, "repeat"));
}

void gs_sum_compile(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_item *item)
{
    const char *name = gs_node_find_attribute(node, "sum");

    if (name == NULL || site->totals == NULL) { /* a fragment by itself */
        return;
    }
    if (site->page_rows != NULL) {
        gs_report(compiler, GS_DIAG_UNKNOWN_ATTRIBUTE,
                gs_node_attribute_loc(node, "sum", 0),
                GS_ARGS(gs_arena_printf(compiler->arena, "%s> … <%s",
                                name_page_rows(compiler, site->page_rows),
                                gs_node_name(node)),
                        "sum"));
        return;
    }
    item->u.cell.adds = true;
    if (!find_name(site->totals, name, &item->u.cell.total)) {
        item->u.cell.total = site->totals->names->len;
        g_ptr_array_add(site->totals->names,
                gs_arena_strdup(compiler->arena, name));
    }
}

static void check_format(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_format *format)
{
    if (format != NULL && format->kind != GS_FORMAT_AMOUNT
            && format->kind != GS_FORMAT_CAPITAL) {
        gs_report_value(compiler, GS_DIAG_BAD_VALUE, node,
                gs_node_find_attribute(node, "format") != NULL ? "format"
                                                               : "of",
                GS_ARGS(format->name, "format",
                        "kind=\"amount\" | kind=\"capital\""));
    }
}

void gs_total_compile(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_item *item)
{
    static const char *const words[] = {"page", "so-far", "brought", NULL};
    const char *scope = gs_node_find_attribute(node, "scope");

    item->u.total.scope = (enum gs_total_scope)gs_attr_word(
            node, "scope", words, GS_TOTAL_SO_FAR);
    item->u.total.format = gs_node_find_attribute(node, "format") != NULL
            ? gs_format_find(compiler, node)
            : site->format;
    check_format(compiler, node, item->u.total.format);
    if (site->totals == NULL) {
        if (!site->unused) {
            gs_report(compiler, GS_DIAG_MISPLACED_ELEMENT, gs_node_loc(node),
                    GS_ARGS("total", gs_node_name(site->parent), "<table>"));
        }
        return;
    }
    if (site->page_rows == NULL && item->u.total.scope != GS_TOTAL_SO_FAR
            && !site->unused) {
        gs_report_value(compiler, GS_DIAG_BAD_VALUE, node, "scope",
                GS_ARGS(scope, "scope",
                        "<foot repeat=\"pages|all\">, "
                        "<head repeat=\"later\">"));
    }
    struct wanted wanted = {node, item};
    g_array_append_val(site->totals->wanted, wanted);
}
