/*
 * Links: from marks in lines to tags around text, with the areas that can be
 * clicked inside of them.  A link that is broken over lines is one.
 */
#include <string.h>

#include "page/list.h"

GArray *gs_link_areas_new(const struct gs_frag_line *frag)
{
    GArray *areas = NULL;
    for (size_t i = 0; i < frag->line->mark_count; i++) {
        const struct gs_mark *mark = &frag->line->marks[i];
        if (mark->kind != GS_MARK_LINK || mark->run == NULL ||
                mark->run->link == NULL) {
            continue;
        }
        struct gs_link_area area = {
                .target = mark->run->link,
                .rect = {frag->x + frag->line->x + mark->x, frag->y,
                        mark->width, frag->line->height},
        };
        if (areas == NULL) {
            areas = g_array_new(FALSE, FALSE, sizeof(struct gs_link_area));
        }
        struct gs_link_area *last = areas->len == 0
                ? NULL
                : &g_array_index(areas, struct gs_link_area, areas->len - 1);
        if (last != NULL && strcmp(last->target, area.target) == 0 &&
                last->rect.x + last->rect.width == area.rect.x) {
            last->rect.width += area.rect.width;
        } else {
            g_array_append_val(areas, area);
        }
    }
    return areas;
}

static void use(struct gs_list *list, struct gs_link_area *area)
{
    if (list->link == NULL || strcmp(list->link, area->target) != 0) {
        gs_link_close(list);
        gs_list_begin_tag(list,
                &(struct gs_tag){.kind = GS_TAG_LINK, .target = area->target});
        list->link = area->target;
    }
    if (!area->used) {
        g_array_append_val(list->areas, area->rect);
        area->used = true;
    }
}

void gs_link_at(struct gs_list *list, GArray *areas, gs_len x)
{
    for (guint i = 0; areas != NULL && i < areas->len; i++) {
        struct gs_link_area *area =
                &g_array_index(areas, struct gs_link_area, i);
        if (x >= area->rect.x && x < area->rect.x + area->rect.width) {
            use(list, area);
            return;
        }
    }
    gs_link_close(list);
}

void gs_link_rest(struct gs_list *list, GArray *areas)
{
    for (guint i = 0; areas != NULL && i < areas->len; i++) {
        struct gs_link_area *area =
                &g_array_index(areas, struct gs_link_area, i);
        if (!area->used) {
            use(list, area);
        }
    }
}

void gs_link_close(struct gs_list *list)
{
    if (list->link == NULL) {
        return;
    }
    for (guint i = 0; i < list->areas->len; i++) {
        struct gs_op *op = gs_list_add(list, GS_OP_LINK);
        op->u.link.rect = g_array_index(list->areas, struct gs_rect, i);
        op->u.link.target = list->link;
    }
    g_array_set_size(list->areas, 0);
    list->link = NULL;
    gs_list_end_tag(list);
}
