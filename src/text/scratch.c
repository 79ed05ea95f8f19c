/*
 * Scratch: arrays that grow and stay.
 */
#include "text/scratch.h"

#include "text/fill.h"

/* What is kept of each array: enough for a page of text. */
#define KEPT_MAX ((size_t)1 << 20)

struct gs_scratch *gs_scratch_new(void)
{
    struct gs_scratch *scratch = g_new0(struct gs_scratch, 1);
    scratch->spans = g_array_new(FALSE, FALSE, sizeof(struct gs_span));
    scratch->text = g_string_new(NULL);
    scratch->forced_from = 1; /* of none */
    return scratch;
}

void gs_scratch_free(struct gs_scratch *scratch)
{
    for (size_t i = 0; i < GS_SCRATCH_COUNT; i++) {
        g_free(scratch->arrays[i].memory);
    }
    g_array_free(scratch->spans, TRUE);
    g_string_free(scratch->text, TRUE);
    g_free(scratch);
}

void gs_scratch_shrink(struct gs_scratch *scratch)
{
    for (size_t i = 0; i < GS_SCRATCH_COUNT; i++) {
        if (scratch->arrays[i].size > KEPT_MAX) {
            g_free(scratch->arrays[i].memory);
            scratch->arrays[i].memory = NULL;
            scratch->arrays[i].size = 0;
        }
    }
    if (scratch->text->allocated_len > KEPT_MAX) {
        g_string_free(scratch->text, TRUE);
        scratch->text = g_string_new(NULL);
    }
}

void *gs_scratch_grow(
        struct gs_scratch *scratch, enum gs_scratch_use use, size_t size)
{
    size += size / 2;
    scratch->arrays[use].memory =
            g_realloc(scratch->arrays[use].memory, size);
    scratch->arrays[use].size = size;
    return scratch->arrays[use].memory;
}
