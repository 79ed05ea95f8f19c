/*
 * Layout context: lengths in words.
 */
#include "layout/context.h"

#include <glib.h>

#include "base/arena.h"

const char *gs_layout_pt(struct gs_arena *arena, gs_len len)
{
    gs_len tenths = gs_len_scale(len, 10, GS_LEN_PER_PT);
    return gs_arena_printf(arena, "%s%lld.%lldpt", tenths < 0 ? "-" : "",
            (long long)(ABS(tenths) / 10), (long long)(ABS(tenths) % 10));
}
