#include "support/page_check.h"

#include "base/arena.h"
#include "base/words.h"
#include "layout/fragment.h"

static void dump_rect(const struct gs_rect *rect, gs_len lift, GString *out)
{
    g_string_append_printf(out,
            " %" G_GINT64_FORMAT ",%" G_GINT64_FORMAT " %" G_GINT64_FORMAT
            "x%" G_GINT64_FORMAT,
            rect->x, rect->y - lift, rect->width, rect->height);
}

static void dump_lines(const struct gs_frag_line *lines, size_t count,
        gs_len lift, GString *out)
{
    for (size_t i = 0; i < count; i++) {
        g_string_append_printf(out,
                "\n      %" G_GINT64_FORMAT ",%" G_GINT64_FORMAT " %s",
                lines[i].x + lines[i].line->x, lines[i].y - lift,
                lines[i].line->text);
    }
}

static void dump_cell(
        const struct gs_frag_cell *cell, gs_len lift, GString *out)
{
    g_string_append_printf(out, "\n    cell %zu,%zu spans %zu,%zu part %u/%u%s",
            cell->row, cell->column, cell->row_span, cell->column_span,
            cell->part, cell->of, cell->repeated ? " again" : "");
    g_string_append_printf(
            out, " closes %d%d", cell->closes_top, cell->closes_bottom);
    dump_rect(&cell->rect, lift, out);
    dump_lines(cell->lines, cell->line_count, lift, out);
}

static void dump_table(
        const struct gs_frag_table *table, gs_len lift, GString *out)
{
    g_string_append_printf(out, " part %u/%u", table->part, table->of);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct gs_frag_row *row = &table->rows[i];
        g_string_append_printf(out,
                "\n  row %zu part %u/%u%s %" G_GINT64_FORMAT
                " high %" G_GINT64_FORMAT,
                row->index, row->part, row->of, row->repeated ? " again" : "",
                row->y - lift, row->height);
        for (size_t j = 0; j < row->cell_count; j++) {
            dump_cell(&row->cells[j], lift, out);
        }
    }
}

void page_dump(
        const struct gs_pages *pages, size_t first, gs_len lift, GString *out)
{
    for (size_t i = first; i < pages->count; i++) {
        const struct gs_page *page = &pages->pages[i];
        struct gs_arena *arena = gs_arena_new();
        g_string_append_printf(out, "page %zu: %s\n", i - first,
                gs_words(arena, NULL, page->why->text, page->why->args));
        gs_arena_free(arena);
        for (size_t j = 0; j < page->block_count; j++) {
            const struct gs_frag_block *block = &page->blocks[j];
            if (block->kind == GS_FRAG_TABLE) {
                g_string_append(out, " table");
                dump_rect(&block->rect, lift, out);
                dump_table(block->table, lift, out);
                g_string_append_c(out, '\n');
            }
        }
    }
}
