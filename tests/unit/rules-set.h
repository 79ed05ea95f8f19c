/*
 * For the tests of the rules of line setting: one text in one style, and where
 * its characters stand.
 *
 * Type is 10 pt; lengths are told in hundredths of an em.  The faces are the
 * project's; a full-width mark is an em wide with half of it free.
 */
#ifndef GS_TESTS_RULES_SET_H
#define GS_TESTS_RULES_SET_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/fonts.h"
#include "text/text.h"

#define EM GS_PT(10)
#define HUNDREDTHS(n) (EM * (n) / 100)

static struct gs_arena *arena;
static struct gs_diag *diag;
static struct gs_fonts *fonts;

static const struct gs_text_style song = {.font = "song", .size = EM};

static int set_up(void **state)
{
    (void)state;
    arena = gs_arena_new();
    diag = gs_diag_new();
    fonts = gs_fonts_load(g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, diag);
    return fonts == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    gs_fonts_free(fonts);
    gs_diag_free(diag);
    gs_arena_free(arena);
    return 0;
}

static inline struct gs_para_style para(enum gs_align align)
{
    return (struct gs_para_style){.line_height = GS_PT(13), .align = align};
}

static inline struct gs_lines set(
        const char *text, struct gs_para_style style, int measure)
{
    const struct gs_run run = {
            .kind = GS_RUN_TEXT,
            .text = text,
            .size = strlen(text),
            .style = &song,
    };
    struct gs_lines lines = {0};
    assert_true(gs_text_set(arena, fonts, &style, &song, &run, 1,
            HUNDREDTHS(measure), NULL, diag, &lines));
    return lines;
}

/* Lines as one string: "abc/def", with ! after an overfull one. */
static inline void assert_lines(struct gs_lines lines, const char *expected)
{
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < lines.count; i++) {
        g_string_append_printf(all, "%s%s%s", i > 0 ? "/" : "",
                lines.lines[i].text, lines.lines[i].overfull ? "!" : "");
    }
    assert_string_equal(all->str, expected);
    g_string_free(all, TRUE);
}

/* The glyph of an index in a line, each of a character here. */
static inline struct gs_glyph glyph_of(const struct gs_line *line, size_t index)
{
    for (size_t i = 0; i < line->run_count; i++) {
        const struct gs_glyph_run *run = &line->runs[i];
        if (index < run->glyph_count) {
            struct gs_glyph glyph = run->glyphs[index];
            glyph.x += run->x;
            return glyph;
        }
        index -= run->glyph_count;
    }
    fail();
    return (struct gs_glyph){0};
}

/* What a character takes up in its line, in hundredths of an em. */
static inline int advance(struct gs_lines lines, size_t line, size_t index)
{
    const gs_len width = glyph_of(&lines.lines[line], index).advance;
    return (int)((width * 100 + EM / 2) / EM);
}

static inline int width(struct gs_lines lines, size_t line)
{
    return (int)((lines.lines[line].width * 100 + EM / 2) / EM);
}

#endif
