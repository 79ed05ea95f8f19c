/*
 * Data: a data document and what it says of itself.
 */
#ifndef GS_DATA_DATA_H
#define GS_DATA_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct gs_arena;
struct gs_xml;
struct gs_xpath;

struct gs_data {
    const struct gs_xml *xml;
    struct gs_xml *unread; /* the same, before it is read */
    const char *layout; /* from <?gongshi-layout NAME?>, or NULL */
    struct gs_loc layout_loc;
};

/*
 * A long file that is not yet read but for the layout it names, so that it can be
 * read as that layout needs it.  NULL where it is to be loaded as a whole, shorter
 * than `least` bytes for example: nothing is reported.
 */
struct gs_data *gs_data_open(
        struct gs_arena *arena, const char *path, size_t least);

/*
 * Reads it, but for the records that the paths find, which come one by one
 * (xml/records.h).  False after diagnostics.
 */
bool gs_data_read(struct gs_arena *arena, struct gs_data *data,
        const struct gs_xpath *const *streams, size_t count,
        struct gs_diag *diag);

/* NULL after diagnostics. */
const struct gs_data *gs_data_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag);
const struct gs_data *gs_data_parse(struct gs_arena *arena, const char *name,
        const char *bytes, size_t size, struct gs_diag *diag);

#endif
