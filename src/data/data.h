/*
 * Data: a data document and what it says of itself.
 */
#ifndef GS_DATA_DATA_H
#define GS_DATA_DATA_H

#include <stddef.h>

#include "base/diag.h"

struct gs_arena;
struct gs_xml;

struct gs_data {
    const struct gs_xml *xml;
    const char *layout; /* from <?gongshi-layout NAME?>, or NULL */
    struct gs_loc layout_loc;
};

/* NULL after diagnostics. */
const struct gs_data *gs_data_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag);
const struct gs_data *gs_data_parse(struct gs_arena *arena, const char *name,
        const char *bytes, size_t size, struct gs_diag *diag);

#endif
