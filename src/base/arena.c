/*
 * Arena: objects are cut from large zeroed blocks; what does not fit a block
 * gets one of its own.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "base/decimal.h"

/*
 * Under AddressSanitizer every object is a block, so that writing past its end
 * is seen.
 */
#if defined(__SANITIZE_ADDRESS__)
#define BLOCK_SIZE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK_SIZE 0
#endif
#endif
#ifndef BLOCK_SIZE
#define BLOCK_SIZE ((size_t)64 << 10)
#endif

/* The wider of the two: gs_int128 is no standard type to max_align_t. */
#define ALIGN \
    (alignof(max_align_t) > alignof(gs_int128) ? alignof(max_align_t) \
                                               : alignof(gs_int128))

/* Blocks that an arena keeps when it is cleared. */
#define KEPT_MAX 64

struct block {
    struct block *next;
    size_t size;
    max_align_t start[]; /* calloc aligns the block, ALIGN divides its head */
};

struct release {
    struct release *next;
    void (*call)(void *object);
    void *object;
};

struct gs_arena {
    struct block *blocks; /* latest first */
    char *free; /* the rest of the block being cut */
    size_t left;
    bool zeroed; /* the block being cut is */
    struct block *kept; /* of BLOCK_SIZE, with what was in them */
    size_t used;
    struct release *releases; /* latest first */
};

static_assert(offsetof(struct block, start) % ALIGN == 0,
        "objects in a block are aligned");

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "gongshi: out of memory (%zu bytes)\n", size);
    exit(3);
}

static void *allocate_zeroed(size_t size)
{
    void *memory = calloc(1, size);
    if (memory == NULL) {
        out_of_memory(size);
    }
    return memory;
}

static char *add_block(struct gs_arena *arena, size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block)) {
        out_of_memory(size);
    }
    struct block *block = allocate_zeroed(sizeof *block + size);
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    return (char *)block->start;
}

/* Begins to cut another block. */
static void begin_block(struct gs_arena *arena)
{
    struct block *block = arena->kept;
    arena->zeroed = block == NULL;
    arena->left = BLOCK_SIZE;
    if (block == NULL) {
        arena->free = add_block(arena, BLOCK_SIZE);
        return;
    }
    arena->kept = block->next;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->free = (char *)block->start;
}

struct gs_arena *gs_arena_new(void)
{
    return allocate_zeroed(sizeof(struct gs_arena));
}

/* A release may itself register another: they are taken off one by one. */
static void release_all(struct gs_arena *arena)
{
    while (arena->releases != NULL) {
        struct release *release = arena->releases;
        arena->releases = release->next;
        release->call(release->object);
    }
}

static void free_blocks(struct block *block)
{
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
}

void gs_arena_free(struct gs_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    release_all(arena);
    free_blocks(arena->blocks);
    free_blocks(arena->kept);
    free(arena);
}

void gs_arena_clear(struct gs_arena *arena)
{
    size_t count = 0;
    release_all(arena);
    struct block *kept = arena->kept, *block = arena->blocks;
    for (struct block *at = kept; at != NULL; at = at->next) {
        count++;
    }
    while (block != NULL) {
        struct block *next = block->next;
        if (BLOCK_SIZE > 0 && block->size == BLOCK_SIZE && count < KEPT_MAX) {
            block->next = kept;
            kept = block;
            count++;
        } else {
            free(block);
        }
        block = next;
    }
    *arena = (struct gs_arena){.kept = kept};
}

void *gs_arena_alloc(struct gs_arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGN) {
        out_of_memory(size);
    }
    arena->used += size;
    size_t padded = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (padded == 0) {
        padded = ALIGN; /* every object has an address of its own */
    }
    if (padded > BLOCK_SIZE / 4) {
        return add_block(arena, size == 0 ? 1 : size);
    }
    if (padded > arena->left) {
        begin_block(arena);
    }
    void *object = arena->free;
    if (!arena->zeroed) {
        memset(object, 0, padded);
    }
    arena->free += padded;
    arena->left -= padded;
    return object;
}

void *gs_arena_alloc_array(struct gs_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        out_of_memory(SIZE_MAX);
    }
    return gs_arena_alloc(arena, count * size);
}

char *gs_arena_strndup(struct gs_arena *arena, const char *text, size_t size)
{
    if (size == SIZE_MAX) {
        out_of_memory(size);
    }
    char *copy = gs_arena_alloc(arena, size + 1);
    if (size > 0) {
        memcpy(copy, text, size);
    }
    return copy;
}

char *gs_arena_strdup(struct gs_arena *arena, const char *text)
{
    return gs_arena_strndup(arena, text, strlen(text));
}

char *gs_arena_printf(struct gs_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *made = g_strdup_vprintf(format, args);
    va_end(args);
    char *text = gs_arena_strdup(arena, made);
    g_free(made);
    return text;
}

void gs_arena_on_free(
        struct gs_arena *arena, void (*release)(void *object), void *object)
{
    struct release *entry = GS_MAKE(arena, struct release);
    entry->call = release;
    entry->object = object;
    entry->next = arena->releases;
    arena->releases = entry;
}

size_t gs_arena_used(const struct gs_arena *arena)
{
    return arena->used;
}
