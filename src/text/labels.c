/*
 * Labels: a hash table that only grows, and a filter before it.
 */
#include "text/labels.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "model/doc.h"
#include "text/ink.h"
#include "text/reading.h"
#include "text/shape.h"
#include "text/text.h"

#define TEXT_SIZE_MAX 96
#define RUNS_MAX 8
#define BUCKETS 1024 /* a power of two */
#define KEPT_MAX ((size_t)2 << 20) /* bytes */

/* Where the text of a glyph run lies. */
struct origin {
    size_t run, offset;
};

struct label {
    const struct label *next; /* of its bucket */
    struct gs_label_key key; /* of copies */
    struct gs_lines lines; /* their glyph runs without text and source */
    const struct origin *origins; /* of all glyph runs, in order */
};

struct gs_labels {
    struct gs_arena *arena;
    const struct label *buckets[BUCKETS];
    uint64_t seen[BUCKETS]; /* hashes of what came once, the last of each bucket */
};

struct gs_labels *gs_labels_new(void)
{
    struct gs_labels *labels = g_new0(struct gs_labels, 1);
    labels->arena = gs_arena_new();
    return labels;
}

void gs_labels_free(struct gs_labels *labels)
{
    gs_arena_free(labels->arena);
    g_free(labels);
}

/* --- keys ------------------------------------------------------------------ */

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* A text that has nothing but glyphs, or a break by force. */
static bool is_bare(const struct gs_run *run)
{
    return ((run->kind == GS_RUN_TEXT && run->size > 0) ||
                   run->kind == GS_RUN_BREAK) &&
            run->seal == NULL && run->link == NULL;
}

bool gs_label_key_make(struct gs_label_key *key,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure)
{
    if (run_count == 0 || run_count > RUNS_MAX || runs->style->underline ||
            style->align == GS_ALIGN_DECIMAL) {
        return false;
    }
    size_t size = 0;
    uint64_t hash = mix((uint64_t)measure, (uint64_t)runs->style->size);
    for (size_t i = 0; i < run_count; i++) {
        const struct gs_run *run = &runs[i];
        if (!is_bare(run) || run->style != runs->style) {
            return false;
        }
        if (run->kind == GS_RUN_TEXT) {
            size += run->size;
            if (size > TEXT_SIZE_MAX) {
                return false;
            }
            hash = mix(hash, gs_ink_hash(run->text, run->size));
        }
    }
    *key = (struct gs_label_key){
            .style = style,
            .runs = runs,
            .run_count = run_count,
            .size = text->size,
            .measure = measure,
            .percent = percent,
            .hash = hash,
    };
    return true;
}

static bool are_same_runs(
        const struct gs_run *a, const struct gs_run *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i].kind != b[i].kind) {
            return false;
        }
        if (a[i].kind == GS_RUN_TEXT &&
                (a[i].size != b[i].size ||
                        memcmp(a[i].text, b[i].text, a[i].size) != 0)) {
            return false;
        }
    }
    return true;
}

/* Neither is underlined. */
static bool is_same_type(
        const struct gs_text_style *a, const struct gs_text_style *b)
{
    return a->size == b->size && a->bold == b->bold &&
            a->letter_spacing == b->letter_spacing &&
            memcmp(&a->color, &b->color, sizeof a->color) == 0 &&
            strcmp(a->font, b->font) == 0 && g_strcmp0(a->latin, b->latin) == 0;
}

static bool is_same(const struct gs_label_key *a, const struct gs_label_key *b)
{
    return a->hash == b->hash && a->run_count == b->run_count &&
            a->size == b->size && a->measure == b->measure &&
            a->percent == b->percent &&
            memcmp(a->style, b->style, sizeof *a->style) == 0 &&
            is_same_type(a->runs->style, b->runs->style) &&
            are_same_runs(a->runs, b->runs, a->run_count);
}

/* --- lending ---------------------------------------------------------------- */

static const struct label *find(
        const struct gs_labels *labels, const struct gs_label_key *key)
{
    const struct label *label = labels->buckets[key->hash % BUCKETS];
    while (label != NULL && !is_same(&label->key, key)) {
        label = label->next;
    }
    return label;
}

/* Glyph runs of a line for other texts; what is in them is shared. */
static const struct gs_glyph_run *lend_runs(struct gs_arena *arena,
        const struct gs_line *line, const struct origin *origins,
        const struct gs_run *sources)
{
    struct gs_glyph_run *runs =
            GS_TAKE_ARRAY(arena, struct gs_glyph_run, line->run_count);
    for (size_t i = 0; i < line->run_count; i++) {
        const struct gs_run *source = &sources[origins[i].run];
        runs[i] = line->runs[i];
        runs[i].text = source->text + origins[i].offset;
        runs[i].source = source;
    }
    return runs;
}

bool gs_labels_find(const struct gs_labels *labels,
        const struct gs_label_key *key, struct gs_arena *arena,
        struct gs_lines *out)
{
    const struct label *label = find(labels, key);
    if (label == NULL) {
        return false;
    }
    const struct origin *origins = label->origins;
    struct gs_line *lines =
            GS_TAKE_ARRAY(arena, struct gs_line, label->lines.count);
    for (size_t i = 0; i < label->lines.count; i++) {
        lines[i] = label->lines.lines[i];
        lines[i].runs = lend_runs(arena, &lines[i], origins, key->runs);
        origins += lines[i].run_count;
    }
    *out = (struct gs_lines){.lines = lines, .count = label->lines.count};
    return true;
}

/* --- keeping ---------------------------------------------------------------- */

static void *copy(
        struct gs_arena *arena, const void *from, size_t count, size_t size)
{
    void *to = gs_arena_alloc_array(arena, count, size);
    return count == 0 ? to : memcpy(to, from, count * size);
}

static struct gs_label_key keep_key(
        struct gs_arena *arena, const struct gs_label_key *key)
{
    struct gs_label_key kept = *key;
    struct gs_text_style *type = copy(arena, key->runs->style, 1, sizeof *type);
    struct gs_run *runs = GS_MAKE_ARRAY(arena, struct gs_run, key->run_count);
    type->font = gs_arena_strdup(arena, type->font);
    if (type->latin != NULL) {
        type->latin = gs_arena_strdup(arena, type->latin);
    }
    for (size_t i = 0; i < key->run_count; i++) {
        const struct gs_run *run = &key->runs[i];
        runs[i].kind = run->kind;
        runs[i].style = type;
        if (run->kind == GS_RUN_TEXT) {
            runs[i].text = gs_arena_strndup(arena, run->text, run->size);
            runs[i].size = run->size;
        }
    }
    kept.style = copy(arena, key->style, 1, sizeof *key->style);
    kept.runs = runs;
    return kept;
}

static struct gs_line keep_line(
        struct gs_arena *arena, const struct gs_line *line)
{
    struct gs_line kept = *line;
    struct gs_glyph_run *runs = copy(
            arena, line->runs, line->run_count, sizeof(struct gs_glyph_run));
    for (size_t i = 0; i < line->run_count; i++) {
        struct gs_glyph_run *run = &runs[i];
        run->glyphs = copy(arena, run->glyphs, run->glyph_count,
                sizeof(struct gs_glyph));
        run->clusters = copy(arena, run->clusters, run->cluster_count,
                sizeof(struct gs_cluster));
        run->text = NULL;
        run->source = NULL;
    }
    kept.runs = runs;
    kept.text = gs_arena_strdup(arena, line->text);
    return kept;
}

static const struct origin *keep_origins(struct gs_arena *arena,
        const struct gs_shaped *shaped, const struct gs_lines *lines)
{
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        count += lines->lines[i].run_count;
    }
    struct origin *origins = GS_MAKE_ARRAY(arena, struct origin, count);
    count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct gs_line *line = &lines->lines[i];
        for (size_t k = 0; k < line->run_count; k++) {
            const size_t run = (size_t)(line->runs[k].source - shaped->runs);
            const size_t at = (size_t)(line->runs[k].text - shaped->text);
            origins[count++] = (struct origin){
                    .run = run, .offset = at - shaped->pieces[run].offset};
        }
    }
    return origins;
}

void gs_labels_add(struct gs_labels *labels, const struct gs_label_key *key,
        const struct gs_shaped *shaped, const struct gs_lines *lines)
{
    uint64_t *seen = &labels->seen[key->hash % BUCKETS];
    if (*seen != key->hash || gs_arena_used(labels->arena) > KEPT_MAX) {
        *seen = key->hash;
        return;
    }
    struct gs_arena *arena = labels->arena;
    struct label *label = GS_MAKE(arena, struct label);
    struct gs_line *kept = GS_MAKE_ARRAY(arena, struct gs_line, lines->count);
    for (size_t i = 0; i < lines->count; i++) {
        kept[i] = keep_line(arena, &lines->lines[i]);
    }
    label->key = keep_key(arena, key);
    label->lines = (struct gs_lines){.lines = kept, .count = lines->count};
    label->origins = keep_origins(arena, shaped, lines);
    label->next = labels->buckets[key->hash % BUCKETS];
    labels->buckets[key->hash % BUCKETS] = label;
}
