/*
 * Labels: a hash table that only grows, and a filter before it.
 */
#include "text/labels.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "model/doc.h"
#include "text/text.h"

#define TEXT_SIZE_MAX 96
#define BUCKETS 1024 /* a power of two */
#define KEPT_MAX ((size_t)2 << 20) /* bytes */

struct label {
    const struct label *next; /* of its bucket */
    uint64_t hash;
    size_t key_size;
    const char *key;
    struct gs_lines lines; /* texts of runs point into `text` */
    const char *text;
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

static void append(struct gs_label_key *key, const void *bytes, size_t size)
{
    memcpy(key->bytes + key->size, bytes, size);
    key->size += size;
}

/* With its end: one role must not run into the next. */
static void append_name(struct gs_label_key *key, const char *name)
{
    append(key, name, strlen(name) + 1);
}

static uint64_t hash_of(const char *bytes, size_t size)
{
    uint64_t hash = size, word = 0;
    size_t i = 0;
    for (; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 32;
    }
    word = 0;
    memcpy(&word, bytes + i, size - i);
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

bool gs_label_key_make(struct gs_label_key *key,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure)
{
    if (run_count != 1 || runs->kind != GS_RUN_TEXT || runs->size == 0 ||
            runs->size > TEXT_SIZE_MAX || runs->seal != NULL ||
            runs->link != NULL || runs->style->underline ||
            style->align == GS_ALIGN_DECIMAL) {
        return false;
    }
    const struct gs_text_style *own = runs->style;
    const char *latin = own->latin != NULL ? own->latin : "";
    if (sizeof *style + 6 * sizeof(gs_len) + strlen(own->font) +
                    strlen(latin) + runs->size + 2 >
            GS_LABEL_KEY_MAX) {
        return false;
    }
    const gs_len lengths[] = {measure, percent, text->size, own->size,
            own->letter_spacing,
            own->bold | own->color.red << 8 | own->color.green << 16 |
                    (gs_len)own->color.blue << 24};
    key->size = 0;
    append(key, style, sizeof *style);
    append(key, lengths, sizeof lengths);
    append_name(key, own->font);
    append_name(key, latin);
    append(key, runs->text, runs->size);
    key->hash = hash_of(key->bytes, key->size);
    return true;
}

/* --- the table ------------------------------------------------------------- */

static const struct label *find(
        const struct gs_labels *labels, const struct gs_label_key *key)
{
    const struct label *label = labels->buckets[key->hash % BUCKETS];
    while (label != NULL &&
            (label->hash != key->hash || label->key_size != key->size ||
                    memcmp(label->key, key->bytes, key->size) != 0)) {
        label = label->next;
    }
    return label;
}

/* Runs of a line for another text and source; what is in them is shared. */
static const struct gs_glyph_run *lend_runs(struct gs_arena *arena,
        const struct gs_line *line, const char *from, const char *to,
        const struct gs_run *source)
{
    struct gs_glyph_run *runs =
            GS_MAKE_ARRAY(arena, struct gs_glyph_run, line->run_count);
    for (size_t i = 0; i < line->run_count; i++) {
        runs[i] = line->runs[i];
        runs[i].text = to + (line->runs[i].text - from);
        runs[i].source = source;
    }
    return runs;
}

bool gs_labels_find(const struct gs_labels *labels,
        const struct gs_label_key *key, struct gs_arena *arena,
        const struct gs_run *run, struct gs_lines *out)
{
    const struct label *label = find(labels, key);
    if (label == NULL) {
        return false;
    }
    struct gs_line *lines =
            GS_MAKE_ARRAY(arena, struct gs_line, label->lines.count);
    for (size_t i = 0; i < label->lines.count; i++) {
        lines[i] = label->lines.lines[i];
        lines[i].runs =
                lend_runs(arena, &lines[i], label->text, run->text, run);
    }
    *out = (struct gs_lines){.lines = lines, .count = label->lines.count};
    return true;
}

static void *copy(
        struct gs_arena *arena, const void *from, size_t count, size_t size)
{
    void *to = gs_arena_alloc_array(arena, count, size);
    return count == 0 ? to : memcpy(to, from, count * size);
}

static struct gs_line keep_line(struct gs_arena *arena,
        const struct gs_line *line, const char *from, const char *to)
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
        run->text = to + (run->text - from);
        run->source = NULL;
    }
    kept.runs = runs;
    kept.text = gs_arena_strdup(arena, line->text);
    return kept;
}

/* Whether it has marks, or says what its run does not: mended text. */
static bool is_own(const struct gs_line *line, const struct gs_run *run)
{
    for (size_t i = 0; i < line->run_count; i++) {
        const char *text = line->runs[i].text;
        if (text < run->text || text >= run->text + run->size) {
            return false;
        }
    }
    return line->mark_count == 0;
}

void gs_labels_add(struct gs_labels *labels, const struct gs_label_key *key,
        const struct gs_run *run, const struct gs_lines *lines)
{
    uint64_t *seen = &labels->seen[key->hash % BUCKETS];
    if (*seen != key->hash || gs_arena_used(labels->arena) > KEPT_MAX) {
        *seen = key->hash;
        return;
    }
    for (size_t i = 0; i < lines->count; i++) {
        if (!is_own(&lines->lines[i], run)) {
            return;
        }
    }
    struct gs_arena *arena = labels->arena;
    struct label *label = GS_MAKE(arena, struct label);
    struct gs_line *kept = GS_MAKE_ARRAY(arena, struct gs_line, lines->count);
    label->key = copy(arena, key->bytes, key->size, 1);
    label->key_size = key->size;
    label->hash = key->hash;
    label->text = gs_arena_strndup(arena, run->text, run->size);
    for (size_t i = 0; i < lines->count; i++) {
        kept[i] = keep_line(arena, &lines->lines[i], run->text, label->text);
    }
    label->lines = (struct gs_lines){.lines = kept, .count = lines->count};
    label->next = labels->buckets[key->hash % BUCKETS];
    labels->buckets[key->hash % BUCKETS] = label;
}
