/*
 * The public API: from memory to memory, nothing global, results that outlive
 * their engine.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "gongshi.h"

static const char layout_text[] =
        "<layout xmlns='urn:gongshi:layout:1' name='notice'>"
        "<page name='a4' size='A4'/>"
        "<body><p>{name}</p>"
        "<section each='part'><p>{.}</p></section></body></layout>";

static const char data_text[] = "<unit><name>惠州市财政局</name>"
                                "<part>第二页</part><part>第三页</part></unit>";

static struct gongshi_engine *new_engine(void)
{
    return gongshi_engine_new(&(struct gongshi_engine_options){
            .fonts = g_getenv("GONGSHI_FONTS")});
}

static struct gongshi_job job_of(const char *data, enum gongshi_format format)
{
    return (struct gongshi_job){
            .data = data,
            .data_size = strlen(data),
            .layout_text = layout_text,
            .layout_size = strlen(layout_text),
            .format = format,
    };
}

static struct gongshi_result *render(
        struct gongshi_engine *engine, struct gongshi_job job)
{
    struct gongshi_result *result = gongshi_render(engine, &job);
    assert_non_null(result);
    return result;
}

static void assert_starts(
        const struct gongshi_result *result, const char *start)
{
    size_t size = 0;
    if (gongshi_result_status(result) != GONGSHI_OK) {
        fail_msg("%s", gongshi_result_messages(result));
    }
    const char *bytes = gongshi_result_bytes(result, &size);
    assert_non_null(bytes);
    assert_true(size > strlen(start));
    assert_memory_equal(bytes, start, strlen(start));
}

static void each_format_is_made(void **state)
{
    (void)state;
    static const struct {
        enum gongshi_format format;
        const char *start;
    } formats[] = {
            {GONGSHI_PDF, "%PDF-"},
            {GONGSHI_PNG, "\x89PNG"},
            {GONGSHI_SVG, "<?xml"},
            {GONGSHI_PAGES, "<?xml"},
    };
    struct gongshi_engine *engine = new_engine();
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        struct gongshi_job job = job_of(data_text, formats[i].format);
        job.first_page = 1;
        job.last_page = 1;
        struct gongshi_result *result = render(engine, job);
        assert_starts(result, formats[i].start);
        assert_int_equal(gongshi_result_pages(result), 3);
        assert_string_equal(gongshi_result_messages(result), "");
        gongshi_result_free(result);
    }
    gongshi_engine_free(engine);
}

static void check_makes_no_bytes(void **state)
{
    (void)state;
    struct gongshi_engine *engine = new_engine();
    struct gongshi_result *result =
            render(engine, job_of(data_text, GONGSHI_CHECK));
    size_t size = 1;
    assert_int_equal(gongshi_result_status(result), GONGSHI_OK);
    assert_null(gongshi_result_bytes(result, &size));
    assert_int_equal(size, 0);
    gongshi_result_free(result);
    gongshi_engine_free(engine);
}

static void haru_takes_truetype_faces(void **state)
{
    (void)state;
    struct gongshi_engine *engine =
            gongshi_engine_new(&(struct gongshi_engine_options){
                    .resources = g_getenv("SRC"), .truetype_only = true});
    struct gongshi_job job = job_of(data_text, GONGSHI_PDF);
    job.writer = "haru";
    struct gongshi_result *result = render(engine, job);
    assert_starts(result, "%PDF-");
    gongshi_result_free(result);
    gongshi_engine_free(engine);
}

/* A layout is compiled once, however many documents are made of it. */
static void named_layouts_are_found_and_kept(void **state)
{
    (void)state;
    char *folder = g_dir_make_tmp("gongshi-XXXXXX", NULL);
    char *file = g_build_filename(folder, "notice.xml", NULL);
    assert_true(g_file_set_contents(file, layout_text, -1, NULL));
    struct gongshi_engine *engine = gongshi_engine_new(
            &(struct gongshi_engine_options){.fonts = g_getenv("GONGSHI_FONTS"),
                    .layouts = (const char *const[]){folder, NULL}});
    struct gongshi_job job = job_of(data_text, GONGSHI_PAGES);
    job.layout_text = NULL;
    job.layout = "notice";
    struct gongshi_result *first = render(engine, job);
    assert_starts(first, "<?xml");
    g_remove(file);
    struct gongshi_result *second = render(engine, job);
    size_t first_size = 0, second_size = 0;
    const void *first_bytes = gongshi_result_bytes(first, &first_size);
    const void *second_bytes = gongshi_result_bytes(second, &second_size);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first_bytes, second_bytes, first_size);
    gongshi_result_free(first);
    gongshi_result_free(second);
    gongshi_engine_free(engine);
    g_rmdir(folder);
    g_free(file);
    g_free(folder);
}

static void errors_have_a_place_and_outlive_the_engine(void **state)
{
    (void)state;
    struct gongshi_engine *engine = new_engine();
    struct gongshi_job job = job_of("<unit>\n</units>", GONGSHI_PDF);
    job.data_name = "unit.xml";
    struct gongshi_result *result = render(engine, job);
    gongshi_engine_free(engine);

    struct gongshi_message message;
    size_t size = 1;
    assert_int_equal(gongshi_result_status(result), GONGSHI_INPUT);
    assert_null(gongshi_result_bytes(result, &size));
    assert_true(gongshi_result_message(result, 0, &message));
    assert_string_equal(message.id, "xml-syntax");
    assert_true(message.error);
    assert_string_equal(message.file, "unit.xml");
    assert_int_equal(message.line, 2);
    assert_non_null(message.text);
    assert_false(gongshi_result_message(result, 1, &message));
    assert_non_null(strstr(gongshi_result_messages(result), "[xml-syntax]"));
    gongshi_result_free(result);
}

static void an_engine_serves_again_after_an_error(void **state)
{
    (void)state;
    struct gongshi_engine *engine = new_engine();
    for (int i = 0; i < 3; i++) {
        struct gongshi_result *bad =
                render(engine, job_of("<unit/>", GONGSHI_PDF));
        assert_int_equal(gongshi_result_status(bad), GONGSHI_INPUT);
        gongshi_result_free(bad);
        struct gongshi_result *good =
                render(engine, job_of(data_text, GONGSHI_PDF));
        assert_starts(good, "%PDF-");
        gongshi_result_free(good);
    }
    gongshi_engine_free(engine);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    struct gongshi_engine *engine = new_engine();
    struct gongshi_job jobs[11];
    for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
        jobs[i] = job_of(data_text, GONGSHI_PDF);
    }
    jobs[0].data = NULL;
    jobs[1].layout = "notice"; /* and layout_text */
    jobs[2].writer = "quill";
    jobs[3].first_page = 3;
    jobs[3].last_page = 2;
    jobs[4].format = GONGSHI_PNG; /* of three pages */
    jobs[5].format = (enum gongshi_format)99;
    jobs[6].dpi = -1;
    jobs[7].password = "secret"; /* for the writer haru */
    jobs[8].writer = "haru";
    jobs[8].owner_password = "alone";
    jobs[9].writer = "haru";
    jobs[9].password = "";
    jobs[10].writer = "pdf";
    jobs[10].standard = "a-9z";
    for (size_t i = 0; i < G_N_ELEMENTS(jobs); i++) {
        struct gongshi_result *result = render(engine, jobs[i]);
        assert_int_equal(gongshi_result_status(result), GONGSHI_USAGE);
        assert_string_not_equal(gongshi_result_messages(result), "");
        gongshi_result_free(result);
    }
    gongshi_engine_free(engine);
}

static void without_fonts_the_outside_is_at_fault(void **state)
{
    (void)state;
    struct gongshi_engine *engine = gongshi_engine_new(&(
            struct gongshi_engine_options){.fonts = "/nonexistent/fonts.xml"});
    struct gongshi_result *result =
            render(engine, job_of(data_text, GONGSHI_PDF));
    assert_int_equal(gongshi_result_status(result), GONGSHI_OUTSIDE);
    gongshi_result_free(result);
    gongshi_engine_free(engine);
}

static void without_a_root_no_file_is_read(void **state)
{
    (void)state;
    static const char picture[] =
            "<layout xmlns='urn:gongshi:layout:1' name='p'>"
            "<page name='a4' size='A4'/>"
            "<body><image src='{.}' alt='' width='10mm'/></body></layout>";
    struct gongshi_engine *engine = new_engine();
    struct gongshi_job job = job_of("<a>/etc/passwd</a>", GONGSHI_PDF);
    job.layout_text = picture;
    job.layout_size = strlen(picture);
    struct gongshi_result *result = render(engine, job);
    struct gongshi_message message;
    assert_int_equal(gongshi_result_status(result), GONGSHI_INPUT);
    assert_true(gongshi_result_message(result, 0, &message));
    assert_string_equal(message.id, "path-outside-root");
    gongshi_result_free(result);

    job = job_of("<?gongshi-layout /etc/passwd?><a/>", GONGSHI_PDF);
    job.layout_text = NULL;
    result = render(engine, job);
    assert_true(gongshi_result_message(result, 0, &message));
    assert_string_equal(message.id, "path-outside-root");
    gongshi_result_free(result);
    gongshi_engine_free(engine);
}

/* Whether the command could be run and succeeded; quietly. */
static bool run(const char *words, const char *folder, const char *name)
{
    char *command = g_strdup_printf("%s %s/%s", words, folder, name);
    char *out = NULL, *err = NULL;
    int status = 1;
    bool ok = g_spawn_command_line_sync(command, &out, &err, &status, NULL);
    g_free(out);
    g_free(err);
    g_free(command);
    return ok && status == 0;
}

/* Makes a locale with a decimal comma and switches to it; false if it cannot. */
static bool enter_comma_locale(const char *folder)
{
    bool made = run("localedef -i de_DE -f UTF-8", folder, "de_DE.UTF-8");
    g_setenv("LOCPATH", folder, TRUE);
    return made && setlocale(LC_ALL, "de_DE.UTF-8") != NULL &&
            strcmp(localeconv()->decimal_point, ",") == 0;
}

/* The caller's locale is the caller's; it must not show in the bytes. */
static void bytes_do_not_depend_on_the_locale(void **state)
{
    (void)state;
    static const enum gongshi_format formats[] = {
            GONGSHI_PDF, GONGSHI_SVG, GONGSHI_PAGES};
    char *folder = g_dir_make_tmp("gongshi-XXXXXX", NULL);
    struct gongshi_engine *engine = new_engine();
    bool is_comma = false;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        struct gongshi_job job = job_of(data_text, formats[i]);
        job.first_page = 1;
        job.last_page = 1;
        struct gongshi_result *plain = render(engine, job);
        is_comma = enter_comma_locale(folder);
        struct gongshi_result *comma = render(engine, job);
        setlocale(LC_ALL, "C");
        size_t size = 0, other_size = 0;
        const void *bytes = gongshi_result_bytes(plain, &size);
        const void *other = gongshi_result_bytes(comma, &other_size);
        assert_non_null(bytes);
        assert_int_equal(size, other_size);
        assert_memory_equal(bytes, other, size);
        gongshi_result_free(plain);
        gongshi_result_free(comma);
    }
    gongshi_engine_free(engine);
    run("rm -r", folder, "");
    g_free(folder);
    if (!is_comma) {
        skip(); /* no localedef, or no sources of locales */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(each_format_is_made),
            cmocka_unit_test(check_makes_no_bytes),
            cmocka_unit_test(haru_takes_truetype_faces),
            cmocka_unit_test(named_layouts_are_found_and_kept),
            cmocka_unit_test(errors_have_a_place_and_outlive_the_engine),
            cmocka_unit_test(an_engine_serves_again_after_an_error),
            cmocka_unit_test(nonsense_is_refused),
            cmocka_unit_test(without_fonts_the_outside_is_at_fault),
            cmocka_unit_test(without_a_root_no_file_is_read),
            cmocka_unit_test(bytes_do_not_depend_on_the_locale),
    };
    return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
