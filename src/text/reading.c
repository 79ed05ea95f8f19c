/*
 * Reading: joins the runs, then decodes and looks up each character once.
 */
#include "text/reading.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "model/doc.h"
#include "text/scratch.h"
#include "text/text.h"

#define UNCOUNTED_MAX 4096

struct reader {
    const struct gs_fonts *fonts;
    const struct gs_run *runs;
    size_t run_count;
    const struct gs_fields *fields;
    struct gs_diag *diag;
    struct gs_scratch *scratch;
    struct gs_piece *pieces;
    struct gs_reading out;
};

/* --- joining --------------------------------------------------------------- */

static const char *field_text(
        const struct gs_run *run, const struct gs_fields *fields)
{
    const char *text = NULL;
    if (fields == NULL) {
        return "0";
    }
    if (run->kind == GS_RUN_PAGE_COUNT) {
        text = fields->page_count;
    } else if (run->target == NULL) {
        text = fields->page_number;
    } else if (fields->page_of != NULL) {
        text = fields->page_of(fields->user, run->target);
    }
    return text != NULL ? text : "0";
}

/* What is no UTF-8 is replaced, where `mend` says that there is any. */
static void append_text(
        GString *text, const char *bytes, size_t size, bool mend)
{
    if (!mend) {
        g_string_append_len(text, bytes, (gssize)size);
        return;
    }
    char *valid = g_utf8_make_valid(bytes, (gssize)size);
    g_string_append(text, valid);
    g_free(valid);
}

static void append_run(struct reader *reader, GString *text,
        const struct gs_run *run, bool mend)
{
    switch (run->kind) {
    case GS_RUN_TEXT:
        if (run->size > 0) {
            append_text(text, run->text, run->size, mend);
        }
        break;
    case GS_RUN_PAGE_NUMBER:
    case GS_RUN_PAGE_COUNT: {
        const char *field = field_text(run, reader->fields);
        append_text(text, field, strlen(field), mend);
        break;
    }
    case GS_RUN_TOTAL:
        append_text(
                text, run->total->widest, strlen(run->total->widest), mend);
        break;
    case GS_RUN_BREAK:
        g_string_append_unichar(text, 0x2028);
        break;
    case GS_RUN_BLANK:
    case GS_RUN_IMAGE:
    case GS_RUN_LEADER:
        g_string_append_unichar(text, GS_OBJECT_CHARACTER);
        break;
    }
}

static void join(struct reader *reader, struct gs_arena *arena, bool mend)
{
    GString *text = reader->scratch->text;
    g_string_truncate(text, 0);
    for (size_t i = 0; i < reader->run_count; i++) {
        const uint32_t offset = (uint32_t)text->len;
        append_run(reader, text, &reader->runs[i], mend);
        reader->pieces[i] = (struct gs_piece){
                .offset = offset,
                .bytes = (uint32_t)text->len - offset,
                .run = (uint32_t)i,
        };
    }
    reader->out.size = text->len;
    reader->out.text = gs_arena_strndup(arena, text->str, text->len);
}

/* The text of one run need not be joined. */
static void borrow(struct reader *reader)
{
    const struct gs_run *run = &reader->runs[0];
    reader->out.text = run->text;
    reader->out.size = run->size;
    reader->pieces[0] = (struct gs_piece){.bytes = (uint32_t)run->size};
}

/* --- decoding -------------------------------------------------------------- */

/* Bytes of the character at `at`, 0 where there is no valid one. */
static inline size_t decode(
        const unsigned char *at, const unsigned char *end, uint32_t *code)
{
    if (at[0] < 0x80) {
        *code = at[0];
        return at[0] != 0;
    }
    *code = g_utf8_get_char_validated((const char *)at, end - at);
    return *code >= 0x110000 ? 0 : (size_t)g_utf8_skip[at[0]];
}

/*
 * What is known of the character of three bytes at `at`, as Chinese ones are; NULL
 * where it is another or not known yet.  Only valid ones are ever learnt, so a look
 * at the palette says that it is valid, but for what ASCII would be in three bytes.
 */
static inline const struct gs_ready *find_chinese(const struct gs_palette *palette,
        const unsigned char *at, const unsigned char *end)
{
    if ((at[0] & 0xF0) != 0xE0 || end - at < 3) {
        return NULL;
    }
    const unsigned second = at[1] ^ 0x80u, third = at[2] ^ 0x80u;
    const unsigned number = (at[0] & 0x0Fu) << 6 | second;
    if ((second | third) >= GS_PALETTE_BLOCK_SIZE ||
            number < 0x800 / GS_PALETTE_BLOCK_SIZE) {
        return NULL;
    }
    const struct gs_ready *block = palette->bmp[number];
    return block != NULL && block[third].known ? &block[third] : NULL;
}

static bool is_text(const struct gs_run *run)
{
    return run->kind == GS_RUN_TEXT || run->kind == GS_RUN_PAGE_NUMBER ||
            run->kind == GS_RUN_PAGE_COUNT || run->kind == GS_RUN_TOTAL;
}

/* The stand-in of what is no text. */
static void read_object(struct reader *reader, const struct gs_piece *piece)
{
    struct gs_reading *out = &reader->out;
    const uint32_t code = reader->runs[piece->run].kind == GS_RUN_BREAK
            ? 0x2028
            : GS_OBJECT_CHARACTER;
    out->ready[out->count] = NULL;
    gs_seams_note(&out->seams, out->count, false);
    out->chars[out->count] = gs_char_of(code);
    out->chars[out->count++].offset = piece->offset;
    reader->out.kinds |= gs_kinds_of(code, gs_class_of(code));
}

/* False where it is no UTF-8. */
static bool read_piece(struct reader *reader, const struct gs_piece *piece)
{
    struct gs_reading *out = &reader->out;
    struct gs_diag *diag = reader->diag;
    struct gs_palette *palette =
            gs_palette_of(reader->fonts, reader->runs[piece->run].style);
    const unsigned char *start = (const unsigned char *)out->text;
    const unsigned char *at = start + piece->offset;
    const unsigned char *end = at + piece->bytes;
    struct gs_char *chars = out->chars + out->count;
    const struct gs_ready **readies = out->ready + out->count;
    struct gs_seams seams = out->seams;
    bool han = out->count > 0 && chars[-1].han;
    unsigned kinds = 0;
    while (at < end) {
        size_t bytes = 3;
        const struct gs_ready *ready = find_chinese(palette, at, end);
        if (ready == NULL) {
            uint32_t code;
            bytes = decode(at, end, &code);
            if (bytes == 0) {
                return false;
            }
            ready = gs_palette_find(palette, code, diag);
        }
        *readies++ = ready;
        gs_seams_note(&seams, (size_t)(chars - out->chars),
                han & ready->character.han);
        han = ready->character.han;
        *chars = ready->character;
        chars->offset = (uint32_t)(at - start);
        chars++;
        kinds |= ready->kinds;
        at += bytes;
    }
    out->count = (size_t)(chars - out->chars);
    out->seams = seams;
    reader->out.kinds |= kinds;
    return true;
}

/* A short text needs no counting to be given enough room. */
static size_t most_characters(const char *text, size_t size)
{
    size_t count = 0;
    if (size <= UNCOUNTED_MAX) {
        return size;
    }
    for (size_t i = 0; i < size; i++) {
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return count;
}

static bool read_pieces(struct reader *reader)
{
    struct gs_reading *out = &reader->out;
    const size_t most = most_characters(out->text, out->size) + 1;
    out->chars = GS_SCRATCH(
            reader->scratch, GS_SCRATCH_CHARS, struct gs_char, most);
    out->ready = GS_SCRATCH(reader->scratch, GS_SCRATCH_READY,
            const struct gs_ready *, most);
    out->seams = (struct gs_seams){.at = GS_SCRATCH(reader->scratch,
                                           GS_SCRATCH_SEAMS, uint32_t, most)};
    out->count = 0;
    reader->out.kinds = 0;
    for (size_t i = 0; i < reader->run_count; i++) {
        const struct gs_piece *piece = &reader->pieces[i];
        if (!is_text(&reader->runs[i])) {
            read_object(reader, piece);
        } else if (piece->bytes > 0 && !read_piece(reader, piece)) {
            return false;
        }
    }
    out->chars[out->count] = (struct gs_char){
            .offset = (uint32_t)out->size, .grapheme = true};
    return true;
}

struct gs_reading gs_read(struct gs_arena *arena, const struct gs_fonts *fonts,
        struct gs_scratch *scratch, const struct gs_run *runs, size_t run_count,
        const struct gs_fields *fields, struct gs_diag *diag)
{
    struct reader reader = {
            .fonts = fonts,
            .runs = runs,
            .run_count = run_count,
            .fields = fields,
            .diag = diag,
            .scratch = scratch,
            .pieces = GS_SCRATCH(scratch, GS_SCRATCH_PIECES, struct gs_piece,
                    run_count + 1),
    };
    if (run_count == 1 && runs[0].kind == GS_RUN_TEXT && runs[0].size > 0) {
        borrow(&reader);
    } else {
        join(&reader, arena, false);
    }
    if (!read_pieces(&reader)) {
        join(&reader, arena, true);
        (void)read_pieces(&reader);
        reader.out.kinds |= GS_KIND_PASSING; /* in its runs are other bytes */
    }
    reader.out.pieces = reader.pieces;
    gs_breaks_judge(reader.out.text, reader.out.size, reader.out.chars,
            reader.out.count, &reader.out.seams, reader.out.kinds);
    return reader.out;
}
