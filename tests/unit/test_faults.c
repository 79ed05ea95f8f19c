/*
 * The public API when the program has a fault: here the linker puts a display
 * list without text in place of the real one (--wrap).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"
#include "gongshi.h"
#include "page/display.h"

const struct gs_display *__wrap_gs_display_make(
        struct gs_arena *arena, const struct gs_page *page, size_t first);

const struct gs_display *__wrap_gs_display_make(
        struct gs_arena *arena, const struct gs_page *page, size_t first)
{
    (void)first;
    struct gs_display *display = GS_MAKE(arena, struct gs_display);
    display->size = page->size;
    return display;
}

static struct gongshi_result *render(
        struct gongshi_engine *engine, enum gongshi_format format)
{
    static const char layout[] =
            "<layout xmlns='urn:gongshi:layout:1' name='notice'>"
            "<page name='a4' size='A4'/><body><p>{name}</p></body></layout>";
    static const char data[] = "<unit><name>惠州市财政局</name></unit>";
    return gongshi_render(engine,
            &(struct gongshi_job){.data = data,
                    .data_size = strlen(data),
                    .layout_text = layout,
                    .layout_size = strlen(layout),
                    .format = format});
}

static void nothing_is_given_out(void **state)
{
    (void)state;
    static const enum gongshi_format formats[] = {
            GONGSHI_PDF, GONGSHI_PNG, GONGSHI_SVG};
    struct gongshi_engine *engine = gongshi_engine_new(&(
            struct gongshi_engine_options){.fonts = g_getenv("GONGSHI_FONTS")});
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        struct gongshi_result *result = render(engine, formats[i]);
        size_t size = 1;
        assert_int_equal(gongshi_result_status(result), GONGSHI_INTERNAL);
        assert_null(gongshi_result_bytes(result, &size));
        assert_int_equal(size, 0);
        struct gongshi_message message;
        assert_true(gongshi_result_message(result, 0, &message));
        assert_true(message.error);
        assert_string_equal(message.id, "ledger-drawn");
        gongshi_result_free(result);
    }
    gongshi_engine_free(engine);
}

static void the_number_is_the_exit_code(void **state)
{
    (void)state;
    assert_int_equal(GONGSHI_INTERNAL, 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(nothing_is_given_out),
            cmocka_unit_test(the_number_is_the_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
