/*
 * The TrueType font list, opened for a group of tests: pass both functions to
 * cmocka_run_group_tests().
 */
#ifndef GS_TESTS_SUPPORT_FONTS_FIXTURE_H
#define GS_TESTS_SUPPORT_FONTS_FIXTURE_H

struct gs_fonts;

extern struct gs_fonts *fonts;

int open_fonts(void **state);
int close_fonts(void **state);

#endif
