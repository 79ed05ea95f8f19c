/*
 * The writers there are; for each format the first that can make it is its
 * default.
 */
#include <string.h>

#include "write/base.h"

static const struct gs_writer_ops *const writers[] = {
        &gs_cairo_ops,
        &gs_haru_ops,
};

const struct gs_writer_ops *gs_writer_find(
        const char *name, enum gs_file_format format)
{
    for (size_t i = 0; i < G_N_ELEMENTS(writers); i++) {
        if (writers[i]->formats[format] &&
                (name == NULL || strcmp(writers[i]->name, name) == 0)) {
            return writers[i];
        }
    }
    return NULL;
}
