/*
 * Trials, as trial.h describes them.
 */
#include "layout/trial.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/context.h"
#include "layout/flow.h"
#include "model/doc.h"
#include "text/text.h"

/* A cell made ready to be tried. */
struct subject {
    struct gs_layout_context context; /* its arena is cleared, no word gets out */
    const struct gs_cell *cell;
    struct gs_text_trial **texts; /* of the paragraphs, by block */
};

static void begin(struct subject *subject,
        const struct gs_layout_context *context, struct gs_arena *scratch,
        const struct gs_cell *cell)
{
    subject->context = *context;
    subject->context.arena = scratch;
    subject->context.diag = gs_diag_new();
    subject->cell = cell;
    subject->texts = g_new0(struct gs_text_trial *, cell->block_count + 1);
    for (size_t i = 0; i < cell->block_count; i++) {
        const struct gs_block *block = &cell->blocks[i];
        if (block->kind == GS_BLOCK_PARA) {
            const struct gs_para *para = &block->u.para;
            subject->texts[i] = gs_text_trial_new(subject->context.arena,
                    context->fonts, para->style, para->text, para->runs,
                    para->run_count);
        }
    }
}

static void end(struct subject *subject)
{
    for (size_t i = 0; i < subject->cell->block_count; i++) {
        if (subject->texts[i] != NULL) {
            gs_text_trial_free(subject->texts[i]);
        }
    }
    g_free(subject->texts);
    gs_diag_free(subject->context.diag);
    gs_arena_clear(subject->context.arena);
}

static gs_len block_height(
        const struct subject *subject, size_t i, gs_len measure)
{
    const struct gs_block *block = &subject->cell->blocks[i];
    if (block->kind == GS_BLOCK_PARA) {
        const struct gs_para_style *style = block->u.para.style;
        return style->space_before
                + gs_text_trial_height(subject->texts[i], measure)
                + style->space_after;
    }
    struct gs_flow flow;
    (void)gs_flow_make(&subject->context, block, 1, measure, &flow);
    return gs_flow_height(&flow, 0, flow.count);
}

static gs_len height_at(const struct subject *subject, gs_len width)
{
    const struct gs_edges *padding = &subject->cell->style->padding;
    gs_len measure = MAX(0, width - padding->left - padding->right);
    gs_len height = padding->top + padding->bottom;
    for (size_t i = 0; i < subject->cell->block_count; i++) {
        height += block_height(subject, i, measure);
    }
    return height;
}

void gs_trial_make(const struct gs_layout_context *context,
        struct gs_arena *scratch, const struct gs_cell *cell, gs_len width,
        gs_len step, size_t steps, struct gs_trial *out)
{
    struct subject subject;
    begin(&subject, context, scratch, cell);
    gs_len last = height_at(&subject, width + step * (gs_len)steps);
    gs_len *heights = g_new(gs_len, steps + 1);
    size_t count = 0;
    gs_len height;
    do {
        height = height_at(&subject, width + step * (gs_len)count);
        height = count > 0 ? MIN(height, heights[count - 1]) : height;
        heights[count++] = height;
    } while (height > last && count <= steps);
    end(&subject);
    out->count = count;
    out->heights = GS_MAKE_ARRAY(context->arena, gs_len, count);
    memcpy(out->heights, heights, count * sizeof *heights);
    g_free(heights);
}
