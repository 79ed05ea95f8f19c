/*
 * Paths that find nothing: what may have been meant.
 */
#include "bind/binder.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "form/near.h"
#include "xml/xml.h"

#define SHORT_NAME 3 /* one edit away from too much */

/* Names of child elements, and of attributes with "@" before them. */
static GPtrArray *names_in(struct gs_arena *arena, const struct gs_node *node)
{
    GPtrArray *names = g_ptr_array_new();
    const struct gs_node *at = gs_node_first_attribute(node);

    for (; at != NULL; at = gs_node_next(at)) {
        g_ptr_array_add(names, gs_arena_printf(arena, "@%s", gs_node_name(at)));
    }
    for (at = gs_node_first_child(node); at != NULL; at = gs_node_next(at)) {
        if (gs_node_kind(at) == GS_NODE_ELEMENT) {
            g_ptr_array_add(names, gs_arena_strdup(arena, gs_node_name(at)));
        }
    }
    return names;
}

/*
 * The name that was meant by the one a plain path from `node` misses, and the
 * element that has it; NULL where nothing is near.
 */
static const char *find_meant(struct gs_binder *binder,
        const struct gs_xpath *xpath, const struct gs_node *node,
        const char **step)
{
    const struct gs_node *stop = gs_xpath_find_stop(xpath, node, step);

    if (stop == NULL) {
        return NULL;
    }
    GPtrArray *names = names_in(binder->scratch, stop);
    const char *meant =
            gs_near(*step, (const char *const *)names->pdata, names->len);
    g_ptr_array_free(names, TRUE);
    return meant;
}

void gs_bind_report_missing(struct gs_binder *binder,
        const struct gs_xpath *xpath, struct gs_loc loc,
        const struct gs_node *node)
{
    const char *step = NULL;
    const char *meant = find_meant(binder, xpath, node, &step);

    gs_diag_add(binder->diag, GS_DIAG_MISSING_VALUE, loc,
            GS_ARGS(gs_xpath_text(xpath), gs_bind_place(binder, node), meant));
}

/* level1 and level2 are two names, not one and its misspelling. */
static bool differ_by_number(const char *a, const char *b)
{
    size_t a_size = strcspn(a, "0123456789"), b_size = strcspn(b, "0123456789");

    return a_size == b_size && strncmp(a, b, a_size) == 0;
}

void gs_bind_suspect(struct gs_binder *binder, const struct gs_xpath *xpath,
        struct gs_loc loc, const struct gs_node *node)
{
    const char *step = NULL;

    if (node == NULL || g_hash_table_contains(binder->suspected, xpath)) {
        return;
    }
    const char *meant = find_meant(binder, xpath, node, &step);
    if (meant == NULL || strlen(step) < SHORT_NAME ||
            !gs_is_slip(step, meant) || differ_by_number(step, meant)) {
        return;
    }
    g_hash_table_add(binder->suspected, (gpointer)(gintptr)xpath);
    gs_diag_add(binder->diag, GS_DIAG_PERHAPS_MISSPELT, loc,
            GS_ARGS(gs_xpath_text(xpath), gs_bind_place(binder, node), meant));
}
