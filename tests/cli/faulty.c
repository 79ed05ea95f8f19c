/*
 * Faults for the program to find in itself.  The linker puts these functions in
 * place of the real ones (--wrap); FAULT says what goes wrong:
 *
 *   lost       layout loses the first line of the first page
 *   doubled    ... has it twice
 *   exchanged  ... has it in place of the second one
 *   drawn      the first text of the first page is not drawn
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "layout/pager.h"
#include "page/display.h"

bool __real_gs_running_set(const struct gs_layout_context *context,
        struct gs_page *pages, size_t count);
bool __wrap_gs_running_set(const struct gs_layout_context *context,
        struct gs_page *pages, size_t count);
const struct gs_display *__real_gs_display_make(
        struct gs_arena *arena, const struct gs_page *page, size_t first);
const struct gs_display *__wrap_gs_display_make(
        struct gs_arena *arena, const struct gs_page *page, size_t first);

static bool is_fault(const char *name)
{
    const char *fault = getenv("FAULT");
    return fault != NULL && strcmp(fault, name) == 0;
}

/* The last thing layout does but for seals and the ledger. */
bool __wrap_gs_running_set(const struct gs_layout_context *context,
        struct gs_page *pages, size_t count)
{
    struct gs_frag_block *block = &pages[0].blocks[0];
    struct gs_frag_line *lines =
            GS_MAKE_ARRAY(context->arena, struct gs_frag_line, 3);
    memcpy(lines, block->lines, 2 * sizeof *lines);
    lines[2] = lines[0];
    if (is_fault("lost")) {
        block->lines++;
        block->line_count--;
    } else if (is_fault("doubled")) {
        block->lines = lines;
        block->line_count++;
    } else if (is_fault("exchanged")) {
        block->lines[1].line = block->lines[0].line;
    }
    return __real_gs_running_set(context, pages, count);
}

const struct gs_display *__wrap_gs_display_make(
        struct gs_arena *arena, const struct gs_page *page, size_t first)
{
    const struct gs_display *real = __real_gs_display_make(arena, page, first);
    if (!is_fault("drawn")) {
        return real;
    }
    struct gs_display *display = GS_MAKE(arena, struct gs_display);
    struct gs_op *ops = GS_MAKE_ARRAY(arena, struct gs_op, real->count);
    *display = (struct gs_display){.size = real->size, .ops = ops};
    bool dropped = page->index > 0;
    for (size_t i = 0; i < real->count; i++) {
        if (dropped || real->ops[i].kind != GS_OP_GLYPHS) {
            ops[display->count++] = real->ops[i];
        } else {
            dropped = true;
        }
    }
    return display;
}
