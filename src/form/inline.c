/*
 * Inline content: what stands among the text of a paragraph.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "xml/xml.h"

static gs_len length(const struct gs_node *node, const char *name,
        const struct gs_site *site, gs_len fallback)
{
    return gs_attr_length(node, name, site->look->size, fallback);
}

static bool has_let(const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const struct gs_item *item = g_ptr_array_index(items, i);
        if (item->kind == GS_ITEM_LET) {
            return true;
        }
    }
    return false;
}

/*
 * A span is no item: its content has its look.  Only where it sets variables is
 * it a scope, so that they end with it.
 */
static void compile_span(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, GPtrArray *out)
{
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_INLINE);
    GPtrArray *content = g_ptr_array_new();
    if (gs_node_find_attribute(node, "format") != NULL) {
        inner.format = gs_format_find(compiler, node);
    }
    gs_compile_children(compiler, node, &inner, content);
    if (has_let(content)) {
        struct gs_item *item = gs_item_add(
                compiler, GS_ITEM_SCOPE, gs_node_loc(node), site, out);
        item->content = gs_items_take(compiler, content);
        return;
    }
    for (guint i = 0; i < content->len; i++) {
        g_ptr_array_add(out, g_ptr_array_index(content, i));
    }
    g_ptr_array_free(content, TRUE);
}

static void compile_value(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    struct gs_piece *piece = GS_MAKE(compiler->arena, struct gs_piece);
    piece->xpath = gs_xpath_attribute(compiler, node, "select", site);
    piece->loc = gs_node_attribute_loc(node, "select", 0);
    piece->format = gs_node_find_attribute(node, "format") != NULL
            ? gs_format_find(compiler, node)
            : site->format;
    item->u.text = (struct gs_pattern){piece, 1, piece->loc};
}

static void compile_seal(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    static const char *const at_words[] = {"start", "center", "end", NULL};
    static const char *const paper_words[] = {"keep", "transparent", NULL};
    static const char *const empty_words[] = {"none", "place", NULL};
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_INLINE);

    item->u.seal.organ = gs_pattern_attribute(compiler, node, "organ", site);
    item->u.seal.picture =
            gs_pattern_attribute(compiler, node, "picture", site);
    item->u.seal.specimen =
            gs_pattern_attribute(compiler, node, "specimen", site);
    item->u.seal.diameter =
            length(node, "diameter", site, gs_len_from_mm(42));
    item->u.seal.dx = length(node, "dx", site, 0);
    item->u.seal.dy = length(node, "dy", site, 0);
    item->u.seal.at = (enum gs_align)gs_attr_word(
            node, "at", at_words, GS_ALIGN_CENTER);
    item->u.seal.paper_transparent =
            gs_attr_word(node, "paper", paper_words, 0) == 1;
    item->u.seal.place_when_empty =
            gs_attr_word(node, "empty", empty_words, 0) == 1;
    item->content = gs_compile_content(compiler, node, &inner);
}

static void compile_link(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_INLINE);
    item->u.target = gs_pattern_attribute(compiler, node, "to", site);
    item->content = gs_compile_content(compiler, node, &inner);
}

/* The look of an element for which the cascade is not all. */
static void adjust_look(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        struct gs_site *site)
{
    if (element == GS_ELEMENT_B) {
        gs_look_set(compiler, site, GS_LOOK_BOLD, "yes");
    } else if (element == GS_ELEMENT_BLANK) {
        gs_look_set(compiler, site, GS_LOOK_UNDERLINE,
                gs_attr_is_yes(node, "underline", true) ? "yes" : "no");
    }
}

void gs_compile_inline(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, GPtrArray *out)
{
    static const enum gs_item_kind kinds[GS_ELEMENT_COUNT] = {
            [GS_ELEMENT_BR] = GS_ITEM_BREAK,
            [GS_ELEMENT_VALUE] = GS_ITEM_TEXT,
            [GS_ELEMENT_PAGE_NUMBER] = GS_ITEM_PAGE_NUMBER,
            [GS_ELEMENT_PAGE_COUNT] = GS_ITEM_PAGE_COUNT,
            [GS_ELEMENT_PAGE_OF] = GS_ITEM_PAGE_OF,
            [GS_ELEMENT_BLANK] = GS_ITEM_BLANK,
            [GS_ELEMENT_LEADER] = GS_ITEM_LEADER,
            [GS_ELEMENT_LINK] = GS_ITEM_LINK,
            [GS_ELEMENT_PICTURE] = GS_ITEM_PICTURE,
            [GS_ELEMENT_SEAL] = GS_ITEM_SEAL,
            [GS_ELEMENT_TOTAL] = GS_ITEM_TOTAL,
    };
    struct gs_site own = *site;
    adjust_look(compiler, node, element, &own);
    if (element == GS_ELEMENT_SPAN || element == GS_ELEMENT_B) {
        compile_span(compiler, node, &own, out);
        return;
    }
    struct gs_item *item = gs_item_add(
            compiler, kinds[element], gs_node_loc(node), &own, out);
    switch (item->kind) {
    case GS_ITEM_TEXT:
        compile_value(compiler, node, &own, item);
        break;
    case GS_ITEM_PAGE_OF:
        item->u.target = gs_pattern_attribute(compiler, node, "id", &own);
        break;
    case GS_ITEM_BLANK:
        item->u.blank = length(node, "width", &own, 0);
        break;
    case GS_ITEM_LINK:
        compile_link(compiler, node, &own, item);
        break;
    case GS_ITEM_PICTURE:
        gs_picture_read(compiler, node, &own, item);
        break;
    case GS_ITEM_SEAL:
        compile_seal(compiler, node, &own, item);
        break;
    case GS_ITEM_TOTAL:
        gs_total_compile(compiler, node, &own, item);
        break;
    default: /* BREAK, PAGE_NUMBER and such have nothing to them */
        break;
    }
}
