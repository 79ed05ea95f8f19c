/*
 * Shaping: runs to text, text to segments of one face, segments to atoms.
 *
 * A segment of plain characters (plain.h) is set from the face's table of widths
 * as it is read; one with any other character goes to HarfBuzz as a whole
 * (segment.h).
 */
#include "text/shape.h"

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/fontset.h"
#include "text/itemize.h"
#include "text/marks.h"
#include "text/plain.h"
#include "text/reading.h"
#include "text/scratch.h"
#include "text/segment.h"

struct shaper {
    struct gs_shaped *out;
    const struct gs_fonts *fonts;
    struct gs_shrink shrink;
    struct gs_diag *diag;
    struct gs_reading in;
    /* The segment at hand: atoms of one face and run, not yet shaped. */
    struct gs_choice choice;
    size_t first_atom;
    size_t first_glyph;
    bool plain; /* so far: its atoms have their glyphs already */
    size_t plain_count; /* of all atoms */
    gs_len size, spacing; /* of the run at hand */
    size_t piece_end; /* its last character, and one */
    bool leaders; /* there are some */
};

/* --- segments ---------------------------------------------------------------- */

/* Bytes before character `index`, or of all. */
static uint32_t offset_of(const struct shaper *shaper, size_t index)
{
    return index < shaper->in.count ? shaper->in.chars[index].offset
                                    : (uint32_t)shaper->in.size;
}

static gs_len shrunk(const struct shaper *shaper, gs_len length)
{
    const struct gs_shrink shrink = shaper->shrink;
    return shrink.num == shrink.den ? length : length * shrink.num / shrink.den;
}

static void begin_segment(struct shaper *shaper)
{
    shaper->first_atom = shaper->out->count;
    shaper->first_glyph = shaper->out->glyph_count;
    shaper->plain = true;
}

/* What has been set of the segment is set again, by HarfBuzz. */
static void shape_segment(struct shaper *shaper)
{
    struct gs_shaped *out = shaper->out;
    const struct gs_segment segment = {
            .face = shaper->choice.face,
            .first_atom = shaper->first_atom,
            .spacing = shaper->spacing,
            .more_glyphs = shaper->in.count,
    };
    out->glyph_count = shaper->first_glyph;
    for (size_t i = shaper->first_atom; i < out->count; i++) {
        struct gs_atom *atom = &out->atoms[i];
        shaper->plain_count -= atom->plain;
        atom->plain = atom->joined = false;
        atom->glyph = atom->glyph_count = 0;
    }
    gs_segment_shape(out, &segment);
}

static void end_segment(struct shaper *shaper)
{
    if (shaper->first_atom < shaper->out->count &&
            shaper->choice.face != NULL && !shaper->plain) {
        shape_segment(shaper);
    }
    begin_segment(shaper);
}

/* --- atoms ------------------------------------------------------------------- */

/* The last one, or a new one. */
static const struct gs_look *look_of(struct shaper *shaper, uint32_t run,
        const struct gs_face *face, bool embolden)
{
    struct gs_shaped *out = shaper->out;
    struct gs_look *look = &out->looks[out->look_count];
    if (out->look_count > 0 && look[-1].run == run && look[-1].face == face &&
            look[-1].embolden == embolden) {
        return look - 1;
    }
    *look = (struct gs_look){.face = face,
            .size = shaper->size,
            .run = run,
            .embolden = embolden};
    out->look_count++;
    return look;
}

static struct gs_atom *add_atom(struct shaper *shaper, enum gs_atom_kind kind,
        const struct gs_look *look, uint32_t offset, uint32_t bytes)
{
    const struct gs_atom atom = {
            .look = look,
            .free = shaper->out->frees,
            .kind = (uint8_t)kind,
            .offset = offset,
            .bytes = bytes,
            .klass = GS_CLASS_OTHER,
    };
    shaper->out->forced |= kind == GS_ATOM_BREAK;
    shaper->out->atoms[shaper->out->count] = atom;
    return &shaper->out->atoms[shaper->out->count++];
}

/* What is no text: `first` is its stand-in's character. */
static void add_object(struct shaper *shaper, const struct gs_piece *piece,
        const struct gs_char *first)
{
    static const enum gs_atom_kind kinds[] = {
            [GS_RUN_BLANK] = GS_ATOM_BLANK,
            [GS_RUN_IMAGE] = GS_ATOM_IMAGE,
            [GS_RUN_LEADER] = GS_ATOM_LEADER,
            [GS_RUN_BREAK] = GS_ATOM_BREAK,
    };
    const struct gs_run *run = &shaper->out->runs[piece->run];
    const struct gs_face *face = NULL;
    if (run->kind == GS_RUN_LEADER) {
        const struct gs_char dot = {.code = '.'};
        face = gs_choose_face(shaper->fonts, run, &dot, 1, shaper->diag).face;
    }
    struct gs_atom *atom = add_atom(shaper, kinds[run->kind],
            look_of(shaper, piece->run, face, false), piece->offset,
            piece->bytes);
    atom->before = first->before;
    atom->klass = GS_CLASS_OBJECT;
    if (atom->kind == GS_ATOM_LEADER) {
        shaper->leaders = true;
        atom->width = atom->look->size;
        atom->before = GS_BREAK_FREE;
    } else if (atom->kind != GS_ATOM_BREAK) {
        atom->width = CLAMP(run->width, 0, GS_LEN_MAX);
    }
}

static void choose(struct shaper *shaper, const struct gs_choice *choice)
{
    if (choice->face != shaper->choice.face ||
            choice->embolden != shaper->choice.embolden) {
        end_segment(shaper);
        shaper->choice = *choice;
    }
}

/*
 * The plain character at `at`, which is of the segment's face, and those that go on
 * with it, all of one advance; where they end.  Most text is long stretches of
 * ideographs and marks: nothing is called in the loop.
 */
static size_t add_stretch(
        struct shaper *shaper, const struct gs_piece *piece, size_t at)
{
    struct gs_shaped *out = shaper->out;
    const size_t first = at, piece_end = shaper->piece_end;
    const struct gs_char *chars = shaper->in.chars;
    const struct gs_ready *const *ready = shaper->in.ready;
    const struct gs_chain_face *chosen = ready[at]->chosen;
    const int32_t advance = ready[at]->advance;
    const gs_len width = shaper->spacing +
            gs_face_scale(shaper->choice.face, advance, shaper->size);
    const bool goes_on = shaper->first_atom < out->count;
    struct gs_atom *atom = &out->atoms[out->count];
    struct gs_shaped_glyph *glyph = &out->glyphs[out->glyph_count];
    uint32_t glyph_index = (uint32_t)out->glyph_count;
    const struct gs_atom like = { /* all of them */
            .look = look_of(shaper, piece->run, shaper->choice.face,
                    shaper->choice.embolden),
            .free = out->frees,
            .width = MAX(width, 0),
            .glyph_count = 1,
            .kind = GS_ATOM_TEXT,
            .plain = true,
            .joined = true,
    };
    do {
        *atom = like;
        atom->offset = chars[at].offset;
        atom->bytes = chars[at + 1].offset - chars[at].offset;
        atom->before = chars[at].before;
        atom->klass = chars[at].klass;
        atom->wide = chars[at].wide;
        atom->glyph = glyph_index++;
        *glyph = (struct gs_shaped_glyph){
                .id = ready[at]->glyph, .advance = advance};
        atom++, glyph++, at++;
    } while (at < piece_end && ready[at]->chosen == chosen &&
            ready[at]->advance == advance &&
            (chars[at + 1].grapheme || at + 1 == piece_end));
    out->atoms[out->count].joined = goes_on;
    out->count += at - first;
    out->glyph_count += at - first;
    shaper->plain_count += at - first;
    return at;
}

/* One grapheme, or what of it lies in one run and one face. */
static size_t add_text(struct shaper *shaper, const struct gs_piece *piece,
        const struct gs_char *chars, size_t count)
{
    const struct gs_run *run = &shaper->out->runs[piece->run];
    const struct gs_choice choice =
            gs_choose_face(shaper->fonts, run, chars, count, shaper->diag);
    if (choice.missing) {
        shaper->out->complete = false;
    }
    choose(shaper, &choice);
    shaper->plain = false;
    const size_t end = (size_t)(chars - shaper->in.chars) + choice.used;
    const uint32_t end_offset = offset_of(shaper, end);
    struct gs_atom *atom = add_atom(shaper, GS_ATOM_TEXT,
            look_of(shaper, piece->run, choice.face, choice.embolden),
            chars[0].offset, end_offset - chars[0].offset);
    atom->before = chars[0].before;
    atom->klass = chars[0].klass;
    if (gs_atom_is_space(atom) && choice.used > 1) {
        atom->klass = GS_CLASS_OTHER; /* a mark on it must not vanish */
    }
    atom->wide = gs_code_is_wide(chars[0].code);
    return choice.used;
}

/* A grapheme that may be of several characters; where it ends. */
static size_t add_grapheme(
        struct shaper *shaper, const struct gs_piece *piece, size_t at)
{
    const struct gs_char *chars = shaper->in.chars;
    size_t next = at + 1;
    while (next < shaper->piece_end && !chars[next].grapheme) {
        next++;
    }
    if (gs_code_is_break(chars[at].code)) {
        const uint32_t offset = chars[at].offset;
        end_segment(shaper);
        add_atom(shaper, GS_ATOM_BREAK,
                look_of(shaper, piece->run, NULL, false), offset,
                offset_of(shaper, next) - offset);
        begin_segment(shaper);
        return next;
    }
    const struct gs_ready *ready = shaper->in.ready[at];
    if (next == at + 1 && ready->chosen != NULL) { /* plain: its face */
        const struct gs_choice choice = {
                .face = ready->chosen->face,
                .embolden = ready->chosen->embolden,
                .used = 1,
        };
        choose(shaper, &choice);
        if (shaper->plain) {
            return add_stretch(shaper, piece, at);
        }
    }
    while (at < next) {
        at += add_text(shaper, piece, &chars[at], next - at);
    }
    return next;
}

static void add_piece(
        struct shaper *shaper, const struct gs_piece *piece, size_t *at)
{
    const uint32_t end = piece->offset + piece->bytes;
    const struct gs_char *chars = shaper->in.chars;
    shaper->piece_end = shaper->in.count;
    if (end < shaper->in.size) {
        for (shaper->piece_end = *at; chars[shaper->piece_end].offset < end;) {
            shaper->piece_end++;
        }
    }
    while (*at < shaper->piece_end) {
        *at = add_grapheme(shaper, piece, *at);
    }
    end_segment(shaper);
}

static void add_run(
        struct shaper *shaper, const struct gs_piece *piece, size_t *at)
{
    const struct gs_run *run = &shaper->out->runs[piece->run];
    shaper->size = shrunk(shaper, run->style->size);
    shaper->spacing = shrunk(shaper, run->style->letter_spacing);
    switch (run->kind) {
    case GS_RUN_TEXT:
    case GS_RUN_PAGE_NUMBER:
    case GS_RUN_PAGE_COUNT:
    case GS_RUN_TOTAL:
        if (piece->bytes > 0) {
            add_piece(shaper, piece, at);
            break;
        }
        add_atom(shaper, GS_ATOM_EMPTY,
                look_of(shaper, piece->run, NULL, false), piece->offset, 0)
                ->before = GS_BREAK_NEVER;
        break;
    case GS_RUN_BREAK:
    case GS_RUN_BLANK:
    case GS_RUN_IMAGE:
    case GS_RUN_LEADER:
        add_object(shaper, piece, &shaper->in.chars[*at]);
        *at += 1;
        break;
    }
    begin_segment(shaper);
}

/* --- all of it ---------------------------------------------------------------- */

/* What follows a leader stays on its line. */
static void hold_after_leaders(struct gs_shaped *shaped)
{
    for (size_t i = 1; i < shaped->count; i++) {
        struct gs_atom *atom = &shaped->atoms[i];
        if (atom[-1].kind == GS_ATOM_LEADER && atom->kind != GS_ATOM_BREAK) {
            atom->before = GS_BREAK_NEVER;
        }
    }
}

/* For an atom and a glyph a character, and an atom for each empty run. */
static void make_room(struct shaper *shaper)
{
    struct gs_shaped *out = shaper->out;
    const size_t most = shaper->in.count + out->run_count;
    out->atoms =
            GS_SCRATCH(out->scratch, GS_SCRATCH_ATOMS, struct gs_atom, most);
    out->glyphs = GS_SCRATCH(out->scratch, GS_SCRATCH_GLYPHS,
            struct gs_shaped_glyph, shaper->in.count);
    out->looks = GS_SCRATCH(
            out->scratch, GS_SCRATCH_LOOKS, struct gs_look, most + 1);
    out->frees = GS_SCRATCH(
            out->scratch, GS_SCRATCH_FREES, struct gs_free, most + 1);
    out->frees[0] = (struct gs_free){0};
    out->free_count = 1;
}

void gs_shape(struct gs_shaped *shaped, struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_run *runs,
        size_t run_count, const struct gs_fields *fields,
        struct gs_shrink shrink, struct gs_diag *diag)
{
    *shaped = (struct gs_shaped){
            .runs = runs,
            .run_count = run_count,
            .complete = true,
            .fonts = fonts,
            .scratch = gs_fonts_take_scratch(fonts),
    };
    const size_t errors = gs_diag_errors(diag);
    struct shaper shaper = {
            .out = shaped,
            .fonts = fonts,
            .shrink = shrink,
            .diag = diag,
            .plain = true,
            .in = gs_read(arena, fonts, shaped->scratch, runs, run_count,
                    fields, diag),
    };
    shaped->text = shaper.in.text;
    shaped->size = shaper.in.size;
    shaped->pieces = shaper.in.pieces;
    shaped->lasting = (shaper.in.kinds & GS_KIND_PASSING) == 0;
    make_room(&shaper);
    size_t at = 0;
    for (size_t i = 0; i < run_count; i++) {
        add_run(&shaper, &shaper.in.pieces[i], &at);
    }
    if ((shaper.in.kinds & GS_KIND_FREE) != 0) {
        gs_marks_settle(shaped);
    }
    if (shaper.leaders) {
        hold_after_leaders(shaped);
    }
    shaped->plain = shaper.plain_count == shaped->count;
    shaped->complete = shaped->complete && gs_diag_errors(diag) == errors;
}

void gs_shaped_release(struct gs_shaped *shaped)
{
    gs_fonts_return_scratch(shaped->fonts, shaped->scratch);
}
