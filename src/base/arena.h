/*
 * Arena: memory that is freed all at once.
 *
 * The document arena holds form, data, model and frames and dies with the
 * document.  Memory is zeroed and aligned for any type.  Allocation never
 * returns NULL: when memory runs out the process ends with a message, so sizes
 * that come from input are bounded before they get here.
 *
 * An arena belongs to one thread at a time.
 */
#ifndef GS_BASE_ARENA_H
#define GS_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define GS_ARENA_ALIGN ((size_t)16) /* for any type */

struct gs_block;
struct gs_release;

/* For the functions below alone. */
struct gs_arena {
    char *free; /* the rest of the block at hand */
    size_t left; /* of it, a multiple of the alignment */
    size_t used;
    struct gs_block *blocks; /* latest first */
    struct gs_block *kept; /* those that are free again */
    struct gs_release *releases; /* latest first */
};

struct gs_arena *gs_arena_new(void);
void gs_arena_free(struct gs_arena *arena); /* NULL is fine */

/*
 * Frees all objects, but keeps some of the memory for those to come: fresh pages
 * of the system cost more than what is written to them.
 */
void gs_arena_clear(struct gs_arena *arena);

/* Takes what fits off the block at hand, as it comes. */
static inline void *gs_arena_cut(struct gs_arena *arena, size_t size)
{
    void *object = arena->free;
    const size_t padded =
            (size + GS_ARENA_ALIGN - 1) / GS_ARENA_ALIGN * GS_ARENA_ALIGN;
    arena->free += padded;
    arena->left -= padded;
    return object;
}

/* For what does not fit. */
void *gs_arena_alloc_elsewhere(struct gs_arena *arena, size_t size);

/* Inline, as objects are many and small, and of sizes that the compiler knows. */
static inline void *gs_arena_alloc(struct gs_arena *arena, size_t size)
{
    if (size == 0 || size > arena->left) {
        return gs_arena_alloc_elsewhere(arena, size);
    }
    arena->used += size;
    return memset(gs_arena_cut(arena, size), 0, size);
}

/* The same, but not zeroed: for what is written to as a whole at once. */
static inline void *gs_arena_take(struct gs_arena *arena, size_t size)
{
    if (size == 0 || size > arena->left) {
        return gs_arena_alloc_elsewhere(arena, size);
    }
    arena->used += size;
    return gs_arena_cut(arena, size);
}

/* What overflows is more than there is. */
static inline size_t gs_array_size(size_t count, size_t size)
{
    return size != 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size;
}

static inline void *gs_arena_alloc_array(
        struct gs_arena *arena, size_t count, size_t size)
{
    return gs_arena_alloc(arena, gs_array_size(count, size));
}

char *gs_arena_strdup(struct gs_arena *arena, const char *text);
char *gs_arena_strndup(struct gs_arena *arena, const char *text, size_t size);
char *gs_arena_printf(struct gs_arena *arena, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

/*
 * Runs `release(object)` when the arena is freed, latest first.  For the
 * library objects (compiled XPath, XML trees) that arena-owned structs hold.
 */
void gs_arena_on_free(
        struct gs_arena *arena, void (*release)(void *object), void *object);

/* Bytes handed out so far. */
size_t gs_arena_used(const struct gs_arena *arena);

#define GS_MAKE(arena, type) ((type *)gs_arena_alloc((arena), sizeof(type)))
#define GS_MAKE_ARRAY(arena, type, count) \
    ((type *)gs_arena_alloc_array((arena), (count), sizeof(type)))
#define GS_TAKE_ARRAY(arena, type, count) \
    ((type *)gs_arena_take((arena), gs_array_size((count), sizeof(type))))

#endif
