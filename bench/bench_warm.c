/*
 * Renders many files in one process, through the public API, and tells what one
 * took: for the bench.
 *
 *     bench_warm WRITER FILE.xml...
 *
 * The first file warms up fonts and layouts and is told apart.  Files are in
 * memory before the clock starts, and what is made stays there.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <glib.h>

#include "api/engine.h"
#include "api/pipeline.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/heap.h"
#include "gongshi.h"
#include "layout/fragment.h"
#include "write/writer.h"

struct input {
    char *text;
    gsize size;
};

/* Of one rendered file. */
struct sample {
    int64_t time; /* microseconds */
    size_t size, pages;
};

static struct input *read_inputs(char **paths, size_t count)
{
    struct input *inputs = g_new0(struct input, count);
    for (size_t i = 0; i < count; i++) {
        GError *error = NULL;
        if (!g_file_get_contents(
                    paths[i], &inputs[i].text, &inputs[i].size, &error)) {
            fprintf(stderr, "%s\n", error->message);
            exit(EXIT_FAILURE);
        }
    }
    return inputs;
}

static struct sample render(struct gongshi_engine *engine, const char *writer,
        const struct input *input)
{
    struct sample sample = {0};
    int64_t began = g_get_monotonic_time();
    struct gongshi_result *result = gongshi_render(engine,
            &(struct gongshi_job){
                    .data = input->text,
                    .data_size = input->size,
                    .format = GONGSHI_PDF,
                    .writer = writer,
            });
    sample.time = g_get_monotonic_time() - began;
    if (gongshi_result_status(result) != GONGSHI_OK) {
        fputs(gongshi_result_messages(result), stderr);
        exit(EXIT_FAILURE);
    }
    gongshi_result_bytes(result, &sample.size);
    sample.pages = gongshi_result_pages(result);
    gongshi_result_free(result);
    return sample;
}

static int compare_times(const void *a, const void *b)
{
    int64_t x = ((const struct sample *)a)->time;
    int64_t y = ((const struct sample *)b)->time;
    return (x > y) - (x < y);
}

static double ms(int64_t microseconds)
{
    return (double)microseconds / 1000.0;
}

static void render_all(
        const char *writer, const struct input *inputs, size_t count)
{
    struct sample *samples = g_new(struct sample, count);
    struct gongshi_engine *engine = gongshi_engine_new(NULL);
    int64_t time = 0;
    size_t size = 0, pages = 0;

    for (size_t i = 0; i < count; i++) {
        samples[i] = render(engine, writer, &inputs[i]);
        time += i > 0 ? samples[i].time : 0;
        size += samples[i].size;
        pages += samples[i].pages;
    }
    gongshi_engine_free(engine);

    printf("first %.2f\n", ms(samples[0].time));
    qsort(samples + 1, count - 1, sizeof *samples, compare_times);
    printf("mean %.3f\n", ms(time) / (double)(count - 1));
    printf("median %.3f\n", ms(samples[1 + (count - 1) / 2].time));
    printf("slowest %.3f\n", ms(samples[count - 1].time));
    printf("size %zu\npages %.2f\n", size / count,
            (double)pages / (double)count);
    g_free(samples);
}

/*
 * The same once more, stage by stage, for which the public API has no word.
 * Notes the times of one file.
 */
struct stage_times {
    int64_t of[GS_STAGE_COUNT];
};

static struct stage_times run_stages(struct gs_engine *engine,
        const struct gs_writer_ops *ops, const struct input *input)
{
    struct stage_times times;
    struct gs_diag *diag = gs_diag_new();
    struct gs_pipeline *pipeline = gs_pipeline_new(engine, diag);
    struct gs_output *output = gs_output_memory();
    const struct gs_pages *pages = gs_pipeline_run(pipeline,
            &(struct gs_input){
                    .path = "data",
                    .data = input->text,
                    .data_size = input->size,
                    .outlines = ops->outlines,
            });
    if (pages != NULL) {
        gs_pipeline_write(pipeline, ops,
                &(struct gs_write_options){.format = GS_FORMAT_PDF}, 0,
                pages->count - 1, output);
    }
    for (int i = 0; i < GS_STAGE_COUNT; i++) {
        times.of[i] = gs_pipeline_time(pipeline, (enum gs_stage)i);
    }
    gs_output_free(output);
    gs_pipeline_free(pipeline);
    gs_diag_free(diag);
    return times;
}

static int compare_stage(const void *a, const void *b, void *stage)
{
    const int i = *(const int *)stage;
    const int64_t x = ((const struct stage_times *)a)->of[i];
    const int64_t y = ((const struct stage_times *)b)->of[i];
    return (x > y) - (x < y);
}

static void time_stages(
        const char *writer, const struct input *inputs, size_t count)
{
    struct stage_times *times = g_new(struct stage_times, count);
    const struct gs_writer_ops *ops = gs_writer_find(writer, GS_FORMAT_PDF);
    struct gs_engine *engine = gs_engine_new(&(struct gs_engine_options){0});

    for (size_t i = 0; i < count; i++) {
        times[i] = run_stages(engine, ops, &inputs[i]);
    }
    gs_engine_free(engine);
    for (int i = 0; i < GS_STAGE_COUNT; i++) { /* the first file warms up */
        g_qsort_with_data(times + 1, (gint)count - 1, sizeof *times,
                compare_stage, &i);
        printf("stage-%s %.3f\n", gs_stage_name((enum gs_stage)i),
                ms(times[1 + (count - 1) / 2].of[i]));
    }
    g_free(times);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fputs("usage: bench_warm WRITER FILE.xml FILE.xml...\n", stderr);
        return 2;
    }
    gs_heap_keep(); /* as the program does */
    size_t count = (size_t)argc - 2;
    struct input *inputs = read_inputs(argv + 2, count);
    render_all(argv[1], inputs, count);

    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("memory %ld\n", usage.ru_maxrss);

    time_stages(argv[1], inputs, count);
    for (size_t i = 0; i < count; i++) {
        g_free(inputs[i].text);
    }
    g_free(inputs);
    return EXIT_SUCCESS;
}
