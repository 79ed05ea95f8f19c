/*
 * Layout context: lengths, numbers and reasons in words; what more than one file
 * of the room does.
 */
#include "layout/context.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "layout/fragment.h"

const char *gs_layout_pt(struct gs_arena *arena, gs_len len)
{
    gs_len tenths = gs_len_scale(len, 10, GS_LEN_PER_PT);
    return gs_arena_printf(arena, "%s%lld.%lldpt", tenths < 0 ? "-" : "",
            (long long)(ABS(tenths) / 10), (long long)(ABS(tenths) % 10));
}

static const char *exact_pt(struct gs_arena *arena, gs_len len)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.3f", gs_len_to_pt(len));
    return gs_arena_printf(arena, "%spt", number);
}

void gs_layout_pt_pair(struct gs_arena *arena, gs_len taken, gs_len left,
        const char **taken_pt, const char **left_pt)
{
    *taken_pt = gs_layout_pt(arena, taken);
    *left_pt = gs_layout_pt(arena, left);
    if (taken != left && g_str_equal(*taken_pt, *left_pt)) {
        *taken_pt = exact_pt(arena, taken);
        *left_pt = exact_pt(arena, left);
    }
}

const char *gs_layout_number(struct gs_arena *arena, size_t number)
{
    return gs_arena_printf(arena, "%zu", number);
}

const struct gs_why *gs_layout_why(
        struct gs_arena *arena, const char *text, const char *const *args)
{
    size_t count = 0;
    while (args[count] != NULL) {
        count++;
    }
    const char **kept = GS_MAKE_ARRAY(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        kept[i] = args[i];
    }
    struct gs_why *why = GS_MAKE(arena, struct gs_why);
    *why = (struct gs_why){text, kept};
    return why;
}

void *gs_layout_copy(struct gs_arena *arena, const GArray *array)
{
    /* Asking for the size of elements does not change the array. */
    size_t size = g_array_get_element_size((GArray *)(uintptr_t)array);
    void *copy = gs_arena_alloc_array(arena, array->len + 1, size);
    if (array->len > 0) {
        memcpy(copy, array->data, array->len * size);
    }
    return copy;
}

gs_len gs_layout_align(enum gs_align align, gs_len measure, gs_len width)
{
    switch (align) {
    case GS_ALIGN_CENTER:
        return (measure - width) / 2;
    case GS_ALIGN_RIGHT:
        return measure - width;
    case GS_ALIGN_LEFT:
    case GS_ALIGN_JUSTIFY:
    case GS_ALIGN_DISTRIBUTE:
    case GS_ALIGN_DECIMAL:
        return 0;
    }
    return 0;
}
