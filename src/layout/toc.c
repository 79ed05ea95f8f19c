/*
 * Contents lists: an entry a heading, dots, and the number of its page.
 */
#include "base/arena.h"
#include "layout/pager.h"
#include "model/doc.h"

#include <string.h>

static struct gs_run make_run(enum gs_run_kind kind,
        const struct gs_heading *heading, const struct gs_text_style *style,
        const struct gs_block *block)
{
    return (struct gs_run){
            .kind = kind,
            .style = style,
            .link = heading->id,
            .origin = block->origin,
    };
}

static void make_entry(struct gs_arena *arena, const struct gs_block *toc,
        const struct gs_heading *heading, struct gs_block *out)
{
    const struct gs_style *style = &toc->u.toc.styles[heading->level - 1];
    struct gs_run *runs = GS_MAKE_ARRAY(arena, struct gs_run, 3);
    runs[0] = make_run(GS_RUN_TEXT, heading, &style->text, toc);
    runs[0].text = heading->title;
    runs[0].size = strlen(heading->title);
    runs[1] = make_run(GS_RUN_LEADER, heading, &style->text, toc);
    runs[2] = make_run(GS_RUN_PAGE_NUMBER, heading, &style->text, toc);
    runs[2].target = heading->id;
    *out = (struct gs_block){
            .kind = GS_BLOCK_PARA,
            .origin = toc->origin,
            .u.para = {.style = &style->para,
                    .text = &style->text,
                    .runs = runs,
                    .run_count = 3},
    };
}

bool gs_toc_make(const struct gs_layout_context *context,
        const struct gs_doc *doc, const struct gs_block *block, gs_len measure,
        struct gs_flow *out)
{
    struct gs_block *entries = GS_MAKE_ARRAY(
            context->arena, struct gs_block, doc->heading_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < doc->heading_count; i++) {
        const struct gs_heading *heading = &doc->headings[i];
        if (heading->level <= block->u.toc.levels) {
            make_entry(context->arena, block, heading, &entries[count++]);
        }
    }
    return gs_flow_make(context, entries, count, measure, out);
}
