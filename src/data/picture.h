/*
 * Pictures named by the data: PNG and JPEG files under the root folder.
 *
 * Bounds: 64 MiB of file, 40 000 000 pixels, checked before anything is
 * allocated.  Each is a diagnostic, as are a missing file, one outside the root
 * one that is of another kind or broken.
 */
#ifndef GS_DATA_PICTURE_H
#define GS_DATA_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct gs_arena;
struct gs_image;

#define GS_PICTURE_SIZE_MAX ((size_t)64 << 20)
#define GS_PICTURE_PIXELS_MAX 40000000u

/*
 * `path` is relative to `base` (the data file's folder) and must lie under
 * `root`.  With `white_to_transparent` the paper's white goes: alpha falls off
 * as a pixel's lightness nears white.  NULL after a diagnostic at `loc`.
 */
const struct gs_image *gs_picture_load(struct gs_arena *arena, const char *root,
        const char *base, const char *path, bool white_to_transparent,
        struct gs_loc loc, struct gs_diag *diag);

#endif
