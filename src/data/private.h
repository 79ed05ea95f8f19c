/*
 * Private use: what an office's own characters stand for.
 *
 * Old data hold characters that Unicode did not have yet at code points of private
 * use (U+E000 to U+F8FF and planes 15 and 16).  pua.xml beside the font list says
 * which text each of them is today; what is printed, and copied, is that.  Those it
 * does not list are printed if a face has them.
 */
#ifndef GS_DATA_PRIVATE_H
#define GS_DATA_PRIVATE_H

struct gs_arena;
struct gs_diag;
struct gs_private_use;

/* Into the arena; an empty table for a file that is not there, NULL after errors. */
const struct gs_private_use *gs_private_use_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag);

/* The text itself where nothing in it is listed; `table` may be NULL. */
const char *gs_private_use_replace(struct gs_arena *arena,
        const struct gs_private_use *table, const char *text);

#endif
