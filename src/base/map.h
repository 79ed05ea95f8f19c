/*
 * Maps: a file's bytes as memory that need not all be there at once.
 *
 * The file is copied to a temporary one without a name, so that nobody changes it
 * meanwhile.  Its bytes are read like any text; what has been read can be
 * forgotten, and comes back by itself when it is looked at again.
 */
#ifndef GS_BASE_MAP_H
#define GS_BASE_MAP_H

#include <stddef.h>

struct gs_arena;
struct gs_map;

/*
 * A regular file of at least `least` and at most `limit` bytes; else, and where the
 * system refuses, NULL: nothing is reported.  It goes with the arena.
 */
struct gs_map *gs_map_open(
        struct gs_arena *arena, const char *path, size_t least, size_t limit);

/* With a NUL after the end. */
const char *gs_map_bytes(const struct gs_map *map, size_t *size);

/*
 * A walk through the bytes has come to `offset`: what lies well before it takes no
 * memory any more.  An offset before the last one begins another walk.  NULL is
 * fine.
 */
void gs_map_pass(struct gs_map *map, size_t offset);

#endif
