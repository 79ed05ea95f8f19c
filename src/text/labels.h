/*
 * Labels: short texts that come again and again, set once for each width.
 *
 * Forms are mostly labels, the same on every unit's form.  A text, maybe with
 * breaks by force, that is asked for a second time in the same style and measure
 * is kept as it was set: its glyphs serve all later ones, and a document gets only
 * lines and runs of its own.  What has been kept stays as long as the font set;
 * when there is enough of it, nothing is added.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_LABELS_H
#define GS_TEXT_LABELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/len.h"

struct gs_arena;
struct gs_labels;
struct gs_lines;
struct gs_para_style;
struct gs_run;
struct gs_shaped;
struct gs_text_style;

/* All that the lines depend on, as the caller has it. */
struct gs_label_key {
    const struct gs_para_style *style;
    const struct gs_run *runs; /* texts and breaks by force, in one style */
    size_t run_count;
    gs_len size, measure; /* the paragraph's size of type */
    unsigned percent;
    uint64_t hash;
};

struct gs_labels *gs_labels_new(void);
void gs_labels_free(struct gs_labels *labels);

/* False for what is no label: long, of several styles, with marks to be drawn. */
bool gs_label_key_make(struct gs_label_key *key,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure);

/* Its lines, as text of the key's runs, in the arena; false: it is not kept. */
bool gs_labels_find(const struct gs_labels *labels,
        const struct gs_label_key *key, struct gs_arena *arena,
        struct gs_lines *out);

/*
 * The lines that have been set of it, nothing reported; `shaped` is what they were
 * made from, and lasting.
 */
void gs_labels_add(struct gs_labels *labels, const struct gs_label_key *key,
        const struct gs_shaped *shaped, const struct gs_lines *lines);

#endif
