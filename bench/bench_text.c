/*
 * The text stage alone, beside PangoLayout over the same strings: for the bench.
 *
 *     bench_text [--ours ROUNDS] FILE.xml...
 *
 * With --ours nothing is measured but ours, so many times: for a profiler.
 * Each file is laid out once, and what layout asks of the text room is noted
 * (the linker puts our functions before the room's: --wrap).  Then all of it is
 * asked again under the clock, form by form, and set again by PangoLayout with
 * the same face, size and measure.  Processor time, of each form the best of some
 * rounds.  `fit` is the part of ours that looks for the breaks of prose.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <glib.h>
#include <pango/pangocairo.h>

#include "api/engine.h"
#include "api/pipeline.h"
#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/adjust.h"
#include "text/paragraph.h"
#include "text/text.h"

#define ROUNDS 5
#define WARM_UP 20 /* forms */

/* One question to the text room, and where it is answered by PangoLayout. */
struct call {
    struct gs_para_style style; /* a copy: layout's own may not outlive the call */
    const struct gs_text_style *text; /* NULL: gs_text_measure */
    const struct gs_run *runs;
    size_t run_count;
    gs_len measure;
    size_t form;
    char *words; /* the runs' text */
    PangoFontDescription *font;
};

static GArray *calls; /* struct call, in order of forms */
static bool fit_timed; /* time in prose is added up */
static int64_t fit_time;
static GHashTable *known; /* font files that fontconfig has been told of */
static size_t form_at_hand;

/* --- noting what layout asks ------------------------------------------------ */

bool __real_gs_text_set_scaled(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure, const struct gs_fields *fields, struct gs_diag *diag,
        struct gs_lines *out);
bool __wrap_gs_text_set_scaled(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure, const struct gs_fields *fields, struct gs_diag *diag,
        struct gs_lines *out);
bool __real_gs_text_measure(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_run *runs, size_t run_count, struct gs_diag *diag,
        gs_len *least, gs_len *natural);
bool __wrap_gs_text_measure(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_run *runs, size_t run_count, struct gs_diag *diag,
        gs_len *least, gs_len *natural);

void __real_gs_paragraph_fill(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans);
void __wrap_gs_paragraph_fill(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans);

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void __wrap_gs_paragraph_fill(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans)
{
    const bool timed = fit_timed && setting->squeeze;
    const int64_t began = timed ? now() : 0;
    __real_gs_paragraph_fill(shaped, setting, rooms, spans);
    fit_time += timed ? now() - began : 0;
}

static void note_call(const struct call *call)
{
    struct call noted = *call;
    GString *words = g_string_new(NULL);
    for (size_t i = 0; i < call->run_count; i++) {
        if (call->runs[i].kind == GS_RUN_TEXT) {
            g_string_append_len(
                    words, call->runs[i].text, (gssize)call->runs[i].size);
        }
    }
    noted.form = form_at_hand;
    noted.words = g_string_free(words, FALSE);
    g_array_append_val(calls, noted);
}

/* The family of the face that the first words are set in. */
static PangoFontDescription *describe(
        const struct gs_lines *lines, const struct gs_text_style *text)
{
    const struct gs_line *line = &lines->lines[0];
    if (line->run_count == 0) {
        return NULL;
    }
    const struct gs_face *face = line->runs[0].face;
    const FT_FaceRec *freetype = gs_face_freetype(face);
    if (g_hash_table_add(known, g_strdup(gs_face_path(face)))) {
        FcConfigAppFontAddFile(NULL, (const FcChar8 *)gs_face_path(face));
    }
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family(font, freetype->family_name);
    pango_font_description_set_absolute_size(
            font, (double)text->size / GS_LEN_PER_PT * PANGO_SCALE);
    return font;
}

bool __wrap_gs_text_set_scaled(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure, const struct gs_fields *fields, struct gs_diag *diag,
        struct gs_lines *out)
{
    const bool ok = __real_gs_text_set_scaled(arena, fonts, style, text, runs,
            run_count, percent, measure, fields, diag, out);
    note_call(&(struct call){.style = *style,
            .text = text,
            .runs = runs,
            .run_count = run_count,
            .measure = measure,
            .font = describe(out, text)});
    return ok;
}

bool __wrap_gs_text_measure(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_run *runs, size_t run_count, struct gs_diag *diag,
        gs_len *least, gs_len *natural)
{
    note_call(&(struct call){.style = *style,
            .runs = runs,
            .run_count = run_count});
    return __real_gs_text_measure(
            arena, fonts, style, runs, run_count, diag, least, natural);
}

static struct gs_pipeline *lay_out(
        struct gs_engine *engine, const char *path, struct gs_diag *diag)
{
    struct gs_pipeline *pipeline = gs_pipeline_new(engine, diag);
    if (gs_pipeline_run(pipeline, &(struct gs_input){.path = path}) == NULL) {
        fprintf(stderr, "%s cannot be laid out\n", path);
        exit(EXIT_FAILURE);
    }
    return pipeline;
}

/* --- under the clock ---------------------------------------------------------- */

/*
 * The paragraphs of each form, and what they took.  The first of them warm up the
 * font set and are not counted.
 */
struct forms {
    const char *font_list;
    size_t count, warm_up;
    size_t *first; /* call of each; one more */
    int64_t *ours, *theirs;
    unsigned *touched;
};

static struct forms forms_new(const char *font_list, size_t count)
{
    struct forms forms = {
            .font_list = font_list,
            .count = count,
            .warm_up = MIN(WARM_UP, count / 2),
            .first = g_new0(size_t, count + 1),
            .ours = g_new(int64_t, count),
            .theirs = g_new(int64_t, count),
            .touched = g_new0(unsigned, count),
    };
    for (guint i = calls->len; i-- > 0;) {
        forms.first[g_array_index(calls, struct call, i).form] = i;
    }
    forms.first[count] = calls->len;
    for (size_t i = 0; i < count; i++) {
        forms.ours[i] = forms.theirs[i] = INT64_MAX;
    }
    return forms;
}

static void forms_free(struct forms *forms)
{
    g_free(forms->first);
    g_free(forms->ours);
    g_free(forms->theirs);
    g_free(forms->touched);
}

static void set_call(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct call *call, struct gs_diag *diag)
{
    struct gs_lines lines;
    gs_len least, natural;
    if (call->text != NULL) {
        __real_gs_text_set_scaled(arena, fonts, &call->style, call->text,
                call->runs, call->run_count, 100, call->measure, NULL, diag, &lines);
    } else {
        __real_gs_text_measure(arena, fonts, &call->style, call->runs,
                call->run_count, diag, &least, &natural);
    }
}

static unsigned sum_of(const void *object, size_t size)
{
    const unsigned char *bytes = object;
    unsigned sum = 0;
    for (size_t i = 0; i < size; i++) {
        sum += bytes[i];
    }
    return sum;
}

/*
 * What a form's paragraphs are made of has just been written when layout asks for
 * them: all of it is brought back near the processor before the clock starts.
 */
static unsigned touch(const struct call *call)
{
    unsigned sum = sum_of(call, sizeof *call) +
            sum_of(call->words, strlen(call->words)) +
            sum_of(call->runs, call->run_count * sizeof *call->runs);
    if (call->text != NULL) {
        sum += sum_of(call->text, sizeof *call->text);
    }
    for (size_t i = 0; i < call->run_count; i++) {
        const struct gs_run *run = &call->runs[i];
        sum += sum_of(run->style, sizeof *run->style);
        if (run->kind == GS_RUN_TEXT) {
            sum += sum_of(run->text, run->size);
        }
    }
    return sum;
}

static const struct call *calls_of(const size_t *first, size_t form)
{
    return &g_array_index(calls, struct call, first[form]);
}

/*
 * One round of all forms; the least time of each is kept.  The font set is a new
 * one, so that it knows no more of a form than of any that comes for the first
 * time.
 */
static void set_all(const struct forms *forms, struct gs_diag *diag)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_fonts *fonts =
            gs_fonts_load(forms->font_list, GS_OUTLINES_ANY, diag);
    for (size_t form = 0; form < forms->count; form++) {
        const struct call *call = calls_of(forms->first, form);
        const struct call *end = calls_of(forms->first, form + 1);
        for (const struct call *at = call; at < end; at++) {
            forms->touched[form] += touch(at);
        }
        const int64_t began = now();
        for (; call < end; call++) {
            set_call(arena, fonts, call, diag);
        }
        gs_arena_clear(arena); /* as an engine does between documents */
        const int64_t took = now() - began;
        forms->ours[form] = MIN(forms->ours[form], took);
    }
    gs_fonts_free(fonts);
    gs_arena_free(arena);
}

/* What is only measured by us is left out: the fewer for Pango. */
static void set_by_pango(PangoLayout *layout, const struct call *call)
{
    PangoRectangle logical;
    if (call->font == NULL) {
        return;
    }
    pango_layout_set_font_description(layout, call->font);
    pango_layout_set_width(layout,
            (int)((call->measure - call->style.left - call->style.right) *
                    PANGO_SCALE / GS_LEN_PER_PT));
    pango_layout_set_text(layout, call->words, -1);
    pango_layout_get_extents(layout, NULL, &logical);
}

static void set_all_by_pango(const struct forms *forms, PangoLayout *layout)
{
    for (size_t form = 0; form < forms->count; form++) {
        const struct call *call = calls_of(forms->first, form);
        const struct call *end = calls_of(forms->first, form + 1);
        for (const struct call *at = call; at < end; at++) {
            forms->touched[form] += touch(at);
        }
        const int64_t began = now();
        for (; call < end; call++) {
            set_by_pango(layout, call);
        }
        const int64_t took = now() - began;
        forms->theirs[form] = MIN(forms->theirs[form], took);
    }
}

static double ms_a_form(const struct forms *forms, const int64_t *times)
{
    int64_t sum = 0;
    for (size_t i = forms->warm_up; i < forms->count; i++) {
        sum += times[i];
    }
    return (double)sum / 1e6 / (double)(forms->count - forms->warm_up);
}

/* What of ours goes into the breaks of prose, over as many rounds again. */
static double fit_share(const struct forms *forms, struct gs_diag *diag)
{
    struct forms again = forms_new(forms->font_list, forms->count);
    fit_time = 0;
    fit_timed = true;
    const int64_t began = now();
    for (int round = 0; round < ROUNDS; round++) {
        set_all(&again, diag);
    }
    const int64_t took = now() - began;
    fit_timed = false;
    forms_free(&again);
    return (double)fit_time / (double)took;
}

static void measure(const struct forms *forms)
{
    struct gs_diag *diag = gs_diag_new();
    PangoContext *context =
            pango_font_map_create_context(pango_cairo_font_map_get_default());
    PangoLayout *layout = pango_layout_new(context);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_justify(layout, TRUE);

    for (int round = 0; round < ROUNDS; round++) {
        set_all(forms, diag);
        set_all_by_pango(forms, layout);
    }
    size_t bytes = 0;
    for (guint i = 0; i < calls->len; i++) {
        bytes += strlen(g_array_index(calls, struct call, i).words);
    }
    const double ours = ms_a_form(forms, forms->ours);
    const double theirs = ms_a_form(forms, forms->theirs);
    printf("paragraphs %.1f\nbytes %zu\n",
            (double)calls->len / (double)forms->count, bytes / forms->count);
    printf("text %.4f\npango %.4f\nratio %.1f\n", ours, theirs,
            theirs / ours);
    printf("fit %.3f\n", fit_share(forms, diag));
    g_object_unref(layout);
    g_object_unref(context);
    gs_diag_free(diag);
}

int main(int argc, char **argv)
{
    long only_ours = 0;
    if (argc > 3 && strcmp(argv[1], "--ours") == 0) {
        only_ours = strtol(argv[2], NULL, 10);
        argc -= 2;
        argv += 2;
    }
    if (argc < 2) {
        fputs("usage: bench_text [--ours ROUNDS] FILE.xml...\n", stderr);
        return 2;
    }
    const size_t forms = (size_t)argc - 1;
    struct gs_diag *diag = gs_diag_new();
    struct gs_engine *engine = gs_engine_new(&(struct gs_engine_options){0});
    struct gs_pipeline **pipelines = g_new0(struct gs_pipeline *, forms);
    calls = g_array_new(FALSE, FALSE, sizeof(struct call));
    known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < forms; i++) {
        form_at_hand = i;
        pipelines[i] = lay_out(engine, argv[i + 1], diag);
    }
    if (calls->len == 0) {
        fputs("bench_text: nothing was asked of the text room\n", stderr);
        return EXIT_FAILURE;
    }
    struct forms samples = forms_new(
            gs_engine_font_list(engine, GS_OUTLINES_ANY), forms);
    for (long i = 0; i < only_ours; i++) {
        set_all(&samples, diag);
        printf("text %.4f\n", ms_a_form(&samples, samples.ours));
    }
    if (only_ours == 0) {
        measure(&samples);
    }
    forms_free(&samples);
    for (guint i = 0; i < calls->len; i++) {
        struct call *call = &g_array_index(calls, struct call, i);
        pango_font_description_free(call->font);
        g_free(call->words);
    }
    g_array_free(calls, TRUE);
    g_hash_table_destroy(known);
    for (size_t i = 0; i < forms; i++) {
        gs_pipeline_free(pipelines[i]);
    }
    g_free(pipelines);
    gs_engine_free(engine);
    gs_diag_free(diag);
    return EXIT_SUCCESS;
}
