/*
 * Anchors by id: a set of anchors, equal if their ids are.
 */
#include "page/anchors.h"

#include <string.h>

static guint hash_anchor(gconstpointer key)
{
    const struct gs_anchor *anchor = key;
    return g_str_hash(anchor->id);
}

static gboolean is_same_id(gconstpointer a, gconstpointer b)
{
    const struct gs_anchor *one = a, *other = b;
    return strcmp(one->id, other->id) == 0;
}

GHashTable *gs_anchors_new(
        const struct gs_pages *pages, size_t first, size_t last)
{
    GHashTable *anchors = g_hash_table_new(hash_anchor, is_same_id);

    for (size_t i = 0; i < pages->anchor_count; i++) {
        struct gs_anchor *anchor = &pages->anchors[i];
        if (anchor->id != NULL && anchor->page >= first &&
                anchor->page <= last &&
                !g_hash_table_contains(anchors, anchor)) {
            g_hash_table_add(anchors, anchor);
        }
    }
    return anchors;
}

const struct gs_anchor *gs_anchors_find(GHashTable *anchors, const char *id)
{
    const struct gs_anchor key = {.id = id};
    return g_hash_table_lookup(anchors, &key);
}
