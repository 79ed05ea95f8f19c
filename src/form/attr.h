/*
 * Attribute values: reading them.  No diagnostics here: gs_attr_check() of
 * compile.h has told about every value that cannot be read, and whoever reads
 * it afterwards gets the fallback.
 */
#ifndef GS_FORM_ATTR_H
#define GS_FORM_ATTR_H

#include <stdbool.h>

#include "base/len.h"
#include "model/style.h"

struct gs_arena;
struct gs_attribute_rule;
struct gs_node;

/* Each returns false, and leaves *out alone, for text that is no such value. */
bool gs_read_word(const char *text, const char *const *words, int *out);
bool gs_read_integer(const char *text, long least, long most, long *out);
bool gs_read_color(const char *text, struct gs_color *out);
bool gs_read_background(const char *text, bool *has, struct gs_color *out);
bool gs_read_rule(const char *text, gs_len em, struct gs_rule_style *out);
bool gs_read_edges(const char *text, gs_len em, struct gs_edges *out);
bool gs_read_line_height(const char *text, gs_len size, gs_len *out);
bool gs_read_page_size(const char *text, struct gs_size *out);
bool gs_read_power(const char *text, int *out);    /* of ten */
bool gs_read_decimals(const char *text, int *out); /* -1: as entered */

/* Whether `text` can be read as what the rule wants. */
bool gs_value_is_good(
        const struct gs_attribute_rule *rule, const char *text);

/* What is expected, in words of no language: "left | center | right". */
const char *gs_value_expected(
        struct gs_arena *arena, const struct gs_attribute_rule *rule);

/* Attributes of a node; the fallback where absent or bad. */
int gs_attr_word(const struct gs_node *node, const char *name,
        const char *const *words, int fallback);
bool gs_attr_is_yes(const struct gs_node *node, const char *name, bool fallback);
long gs_attr_integer(const struct gs_node *node, const char *name, long least,
        long most, long fallback);
gs_len gs_attr_length(const struct gs_node *node, const char *name, gs_len em,
        gs_len fallback);

#endif
