/*
 * Arena: objects are cut from large zeroed blocks; what does not fit a block
 * gets one of its own.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
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

struct block {
    struct block *next;
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
    block->next = arena->blocks;
    arena->blocks = block;
    return (char *)block->start;
}

struct gs_arena *gs_arena_new(void)
{
    return allocate_zeroed(sizeof(struct gs_arena));
}

void gs_arena_free(struct gs_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    /* A release may itself register another: take them off one by one. */
    while (arena->releases != NULL) {
        struct release *release = arena->releases;
        arena->releases = release->next;
        release->call(release->object);
    }
    struct block *block = arena->blocks;
    while (block != NULL) {
        struct block *next = block->next;
        free(block);
        block = next;
    }
    free(arena);
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
        arena->free = add_block(arena, BLOCK_SIZE);
        arena->left = BLOCK_SIZE;
    }
    void *object = arena->free;
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
