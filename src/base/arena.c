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

/* What is larger gets a block of its own. */
#define LARGE (BLOCK_SIZE / 4)

/* Blocks that an arena keeps when it is cleared. */
#define KEPT_MAX 64

struct gs_block {
    struct gs_block *next;
    size_t size;
    max_align_t start[]; /* malloc aligns the block, the alignment divides its head */
};

struct gs_release {
    struct gs_release *next;
    void (*call)(void *object);
    void *object;
};

static_assert(GS_ARENA_ALIGN % alignof(max_align_t) == 0 &&
                GS_ARENA_ALIGN % alignof(gs_int128) == 0,
        "gs_int128 is no standard type to max_align_t");
static_assert(offsetof(struct gs_block, start) % GS_ARENA_ALIGN == 0 &&
                BLOCK_SIZE % GS_ARENA_ALIGN == 0,
        "objects in a block are aligned");

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "gongshi: out of memory (%zu bytes)\n", size);
    exit(3);
}

static char *add_block(
        struct gs_arena *arena, size_t size, void *(*allocate)(size_t size))
{
    if (size > SIZE_MAX - sizeof(struct gs_block)) {
        out_of_memory(size);
    }
    struct gs_block *block = allocate(sizeof *block + size);
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
    struct gs_block *block = arena->kept;
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
        struct gs_release *release = arena->releases;
        arena->releases = release->next;
        release->call(release->object);
    }
}

static void free_blocks(struct gs_block *block)
{
    while (block != NULL) {
        struct gs_block *next = block->next;
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
    struct gs_block *kept = arena->kept, *block = arena->blocks;
    for (struct gs_block *at = kept; at != NULL; at = at->next) {
        count++;
    }
    while (block != NULL) {
        struct gs_block *next = block->next;
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

/* Memory as it comes. */
static void *take(struct gs_arena *arena, size_t size)
{
    if (size > arena->left) {
        if (size > LARGE) {
            return add_block(arena, size, malloc);
        }
        begin_block(arena);
    }
    return gs_arena_cut(arena, size);
}

void *gs_arena_alloc_elsewhere(struct gs_arena *arena, size_t size)
{
    arena->used += size;
    size = MAX(size, 1); /* every object has an address of its own */
    return size > LARGE ? add_block(arena, size, allocate_zeroed)
                        : memset(take(arena, size), 0, size);
}

char *gs_arena_strndup(struct gs_arena *arena, const char *text, size_t size)
{
    if (size == SIZE_MAX) {
        out_of_memory(size);
    }
    char *copy = take(arena, size + 1);
    arena->used += size + 1;
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
    struct gs_release *entry = GS_MAKE(arena, struct gs_release);
    entry->call = release;
    entry->object = object;
    entry->next = arena->releases;
    arena->releases = entry;
}

size_t gs_arena_used(const struct gs_arena *arena)
{
    return arena->used;
}
