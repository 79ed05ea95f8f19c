/*
 * Arena: objects are cut from large blocks and zeroed when they are handed out, as
 * many arenas fill but a part of their last block; what does not fit a block gets
 * one of its own.
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

/* What is larger gets a block of its own. */
#define LARGE (BLOCK_SIZE / 4)

/* Blocks that an arena keeps when it is cleared. */
#define KEPT_MAX 64

struct block {
    struct block *next;
    size_t size;
    max_align_t start[]; /* malloc aligns the block, ALIGN divides its head */
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
    struct block *kept; /* of BLOCK_SIZE */
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

static char *add_block(
        struct gs_arena *arena, size_t size, void *(*allocate)(size_t size))
{
    if (size > SIZE_MAX - sizeof(struct block)) {
        out_of_memory(size);
    }
    struct block *block = allocate(sizeof *block + size);
    if (block == NULL) {
        out_of_memory(size);
    }
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    return (char *)block->start;
}

static void *allocate_zeroed(size_t size)
{
    return calloc(1, size);
}

/* Begins to cut another block. */
static void begin_block(struct gs_arena *arena)
{
    struct block *block = arena->kept;
    arena->left = BLOCK_SIZE;
    if (block == NULL) {
        arena->free = add_block(arena, BLOCK_SIZE, malloc);
        return;
    }
    arena->kept = block->next;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->free = (char *)block->start;
}

struct gs_arena *gs_arena_new(void)
{
    struct gs_arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL) {
        out_of_memory(sizeof *arena);
    }
    return arena;
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

/* What an object takes of a block.  Every one has an address of its own. */
static size_t pad(size_t size)
{
    if (size > SIZE_MAX - ALIGN) {
        out_of_memory(size);
    }
    return (MAX(size, 1) + ALIGN - 1) / ALIGN * ALIGN;
}

/* An object of padded size, as it comes. */
static void *cut(struct gs_arena *arena, size_t padded)
{
    if (padded > arena->left) {
        begin_block(arena);
    }
    void *object = arena->free;
    arena->free += padded;
    arena->left -= padded;
    return object;
}

void *gs_arena_alloc(struct gs_arena *arena, size_t size)
{
    const size_t padded = pad(size);
    arena->used += size;
    /* The system gives zeroed pages for large ones. */
    return padded > LARGE ? add_block(arena, MAX(size, 1), allocate_zeroed)
                          : memset(cut(arena, padded), 0, padded);
}

char *gs_arena_strndup(struct gs_arena *arena, const char *text, size_t size)
{
    const size_t padded = pad(size < SIZE_MAX ? size + 1 : size);
    arena->used += size + 1;
    char *copy = padded > LARGE ? add_block(arena, size + 1, malloc)
                                : cut(arena, padded);
    if (size > 0) {
        memcpy(copy, text, size);
    }
    copy[size] = '\0';
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
