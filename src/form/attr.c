/*
 * Attribute values, as attr.h describes them.
 */
#include "form/attr.h"

#include <math.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "form/grammar.h"
#include "form/near.h"
#include "xml/xml.h"

#define EDGES_MAX 4
#define PAGE_SIDE_MIN GS_PT(28)
#define PAGE_SIDE_MAX GS_PT(14400)
#define LINE_FACTOR_MAX 100

/* --- pieces ---------------------------------------------------------------- */

/* At most `max` words between blanks; their count, or max + 1 for more. */
static size_t split(const char *text, char **words, size_t max)
{
    char **parts = g_strsplit_set(text, " \t\r\n", -1);
    size_t count = 0;
    for (size_t i = 0; parts[i] != NULL; i++) {
        if (parts[i][0] != '\0' && count <= max) {
            if (count < max) {
                words[count] = g_strdup(parts[i]);
            }
            count++;
        }
    }
    g_strfreev(parts);
    return count;
}

static void free_words(char **words, size_t count, size_t max)
{
    for (size_t i = 0; i < count && i < max; i++) {
        g_free(words[i]);
    }
}

static bool read_bounded(const char *text, gs_len em, gs_len least, gs_len most,
        gs_len *out)
{
    gs_len value;
    if (!gs_len_parse(text, em, &value) || value < least || value > most) {
        return false;
    }
    *out = value;
    return true;
}

/* --- values ---------------------------------------------------------------- */

bool gs_read_word(const char *text, const char *const *words, int *out)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (strcmp(text, words[i]) == 0) {
            *out = i;
            return true;
        }
    }
    return false;
}

bool gs_read_integer(const char *text, long least, long most, long *out)
{
    gint64 value;
    if (!g_ascii_string_to_signed(text, 10, least, most, &value, NULL)) {
        return false;
    }
    *out = (long)value;
    return true;
}

bool gs_read_color(const char *text, struct gs_color *out)
{
    static const struct {
        const char *name;
        struct gs_color color;
    } names[] = {
            {"black", {0, 0, 0}},
            {"white", {255, 255, 255}},
            {"red", {255, 0, 0}},
            {"gray", {128, 128, 128}},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(text, names[i].name) == 0) {
            *out = names[i].color;
            return true;
        }
    }
    guint64 value;
    if (text[0] != '#' || strlen(text) != 7 || !g_ascii_isxdigit(text[1])
            || !g_ascii_string_to_unsigned(
                    text + 1, 16, 0, 0xffffff, &value, NULL)) {
        return false;
    }
    *out = (struct gs_color){(uint8_t)(value >> 16),
            (uint8_t)(value >> 8 & 0xff), (uint8_t)(value & 0xff)};
    return true;
}

bool gs_read_background(const char *text, bool *has, struct gs_color *out)
{
    if (strcmp(text, "none") == 0) {
        *has = false;
        return true;
    }
    if (!gs_read_color(text, out)) {
        return false;
    }
    *has = true;
    return true;
}

/* The words after a rule's width: a kind, a colour, or both in this order. */
static bool read_rule_words(
        char *const *words, size_t count, struct gs_rule_style *out)
{
    size_t i = 0;
    if (i < count && strcmp(words[i], "solid") == 0) {
        i++;
    } else if (i < count && strcmp(words[i], "dashed") == 0) {
        out->kind = GS_RULE_DASHED;
        i++;
    }
    if (i < count && gs_read_color(words[i], &out->color)) {
        i++;
    }
    return i == count;
}

bool gs_read_rule(const char *text, gs_len em, struct gs_rule_style *out)
{
    char *words[3];
    size_t count = split(text, words, G_N_ELEMENTS(words));
    struct gs_rule_style rule = {GS_RULE_NONE, 0, {0, 0, 0}};
    bool good = false;

    if (count == 1 && strcmp(words[0], "none") == 0) {
        good = true;
    } else if (count >= 1 && count <= G_N_ELEMENTS(words)
            && read_bounded(words[0], em, 0, GS_PT(100), &rule.width)) {
        rule.kind = GS_RULE_SOLID;
        good = read_rule_words(words + 1, count - 1, &rule);
    }
    if (good) {
        if (rule.width == 0) {
            rule.kind = GS_RULE_NONE;
        }
        *out = rule;
    }
    free_words(words, count, G_N_ELEMENTS(words));
    return good;
}

bool gs_read_edges(const char *text, gs_len em, struct gs_edges *out)
{
    char *words[EDGES_MAX];
    gs_len edges[EDGES_MAX];
    size_t count = split(text, words, EDGES_MAX);
    bool good = count >= 1 && count <= EDGES_MAX;

    for (size_t i = 0; good && i < count; i++) {
        good = read_bounded(words[i], em, 0, PAGE_SIDE_MAX, &edges[i]);
    }
    if (good) { /* CSS: what is missing is as its opposite, or as the first */
        gs_len right = count > 1 ? edges[1] : edges[0];
        *out = (struct gs_edges){
                .top = edges[0],
                .right = right,
                .bottom = count > 2 ? edges[2] : edges[0],
                .left = count > 3 ? edges[3] : right,
        };
    }
    free_words(words, count, EDGES_MAX);
    return good;
}

bool gs_read_line_height(const char *text, gs_len size, gs_len *out)
{
    double factor;
    if (gs_number_parse(text, &factor)) {
        if (!(factor > 0 && factor <= LINE_FACTOR_MAX)) {
            return false;
        }
        *out = gs_len_scale(size, (int64_t)lround(factor * 10000), 10000);
        return true;
    }
    return read_bounded(text, size, 1, PAGE_SIDE_MAX, out);
}

bool gs_read_page_size(const char *text, struct gs_size *out)
{
    static const struct {
        const char *name;
        double width, height; /* mm */
    } sizes[] = {{"A3", 297, 420}, {"A4", 210, 297}, {"A5", 148, 210}};

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        if (strcmp(text, sizes[i].name) == 0) {
            out->width = gs_len_from_mm(sizes[i].width);
            out->height = gs_len_from_mm(sizes[i].height);
            return true;
        }
    }
    char *words[2];
    struct gs_size size;
    size_t count = split(text, words, 2);
    bool good = count == 2
            && read_bounded(
                    words[0], 0, PAGE_SIDE_MIN, PAGE_SIDE_MAX, &size.width)
            && read_bounded(
                    words[1], 0, PAGE_SIDE_MIN, PAGE_SIDE_MAX, &size.height);
    if (good) {
        *out = size;
    }
    free_words(words, count, 2);
    return good;
}

bool gs_read_power(const char *text, int *out)
{
    size_t size = strlen(text);
    if (size == 0 || size > 19 || text[0] != '1'
            || strspn(text + 1, "0") != size - 1) {
        return false;
    }
    *out = (int)size - 1;
    return true;
}

bool gs_read_decimals(const char *text, int *out)
{
    long value;
    if (strcmp(text, "as-entered") == 0) {
        *out = -1;
        return true;
    }
    if (!gs_read_integer(text, 0, 18, &value)) {
        return false;
    }
    *out = (int)value;
    return true;
}

/* --- by rule --------------------------------------------------------------- */

/* A name that XPath takes after its '$'. */
static bool is_variable(const char *text)
{
    if (!g_ascii_isalpha(text[0]) && text[0] != '_'
            && (unsigned char)text[0] < 0x80) {
        return false;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x80 && !g_ascii_isalnum(*at)
                && strchr("-_.", *at) == NULL) {
            return false;
        }
    }
    return true;
}

/*
 * The form of a language tag, as PDF/A-2 (6.7.4) and xs:language have it: parts
 * of 1 to 8 letters or digits with '-' between them, the first of letters alone.
 */
static bool is_language(const char *text)
{
    const char *begin = text;
    for (const char *at = text;; at++) {
        if (*at == '-' || *at == '\0') {
            if (at == begin || at - begin > 8) {
                return false;
            }
            if (*at == '\0') {
                return true;
            }
            begin = at + 1;
        } else if (!g_ascii_isalpha(*at)
                && !(begin > text && g_ascii_isdigit(*at))) {
            return false;
        }
    }
}

static bool is_length(const struct gs_attribute_rule *rule, const char *text)
{
    gs_len value;
    return read_bounded(
            text, GS_PT(12), GS_PT(rule->least), GS_PT(rule->most), &value);
}

bool gs_value_is_good(const struct gs_attribute_rule *rule, const char *text)
{
    union {
        int word;
        long integer;
        gs_len length;
        bool has;
        struct gs_edges edges;
        struct gs_rule_style rule;
        struct gs_size size;
    } value;
    struct gs_color color;

    switch (rule->type) {
    case GS_TYPE_TEXT:
    case GS_TYPE_REFERENCE:
    case GS_TYPE_XPATH:
    case GS_TYPE_PATTERN:
    case GS_TYPE_COLUMNS:
        return true;
    case GS_TYPE_NAME:
        return text[strspn(text, " \t\r\n")] != '\0';
    case GS_TYPE_VARIABLE:
        return is_variable(text);
    case GS_TYPE_LANGUAGE:
        return is_language(text);
    case GS_TYPE_WORD:
        return gs_read_word(text, rule->words, &value.word);
    case GS_TYPE_INTEGER:
        return gs_read_integer(text, rule->least, rule->most, &value.integer);
    case GS_TYPE_LENGTH:
        return is_length(rule, text);
    case GS_TYPE_LINE:
        return gs_read_line_height(text, GS_PT(12), &value.length);
    case GS_TYPE_EDGES:
        return gs_read_edges(text, GS_PT(12), &value.edges);
    case GS_TYPE_RULE:
        return gs_read_rule(text, GS_PT(12), &value.rule);
    case GS_TYPE_COLOR:
        return gs_read_color(text, &color);
    case GS_TYPE_BACKGROUND:
        return gs_read_background(text, &value.has, &color);
    case GS_TYPE_PAGE_SIZE:
        return gs_read_page_size(text, &value.size);
    case GS_TYPE_POWER:
        return gs_read_power(text, &value.word);
    case GS_TYPE_DECIMALS:
        return gs_read_decimals(text, &value.word);
    }
    return false;
}

const char *gs_value_expected(
        struct gs_arena *arena, const struct gs_attribute_rule *rule)
{
    size_t count = 0;

    switch (rule->type) {
    case GS_TYPE_WORD:
        while (rule->words[count] != NULL) {
            count++;
        }
        return gs_join(arena, rule->words, count, " | ");
    case GS_TYPE_INTEGER:
        return gs_arena_printf(arena, "%ld … %ld", rule->least, rule->most);
    case GS_TYPE_LENGTH:
        return gs_arena_printf(arena,
                "18mm, 1.5cm, 12pt, 2em, 小四 … (%ldpt … %ldpt)", rule->least,
                rule->most);
    case GS_TYPE_LINE:
        return "1.3 | 20pt";
    case GS_TYPE_EDGES:
        return "2mm | 2mm 1mm | 2mm 1mm 3mm | 2mm 1mm 3mm 1mm";
    case GS_TYPE_RULE:
        return "none | 0.5pt | 1pt dashed | 0.5pt solid #808080";
    case GS_TYPE_COLOR:
        return "#rrggbb | black | red | white | gray";
    case GS_TYPE_BACKGROUND:
        return "#rrggbb | black | red | white | gray | none";
    case GS_TYPE_PAGE_SIZE:
        return "A3 | A4 | A5 | 210mm 297mm";
    case GS_TYPE_POWER:
        return "1 | 10 | 100 | 1000 | 10000 …";
    case GS_TYPE_DECIMALS:
        return "as-entered | 0 … 18";
    case GS_TYPE_VARIABLE:
        return "a-z A-Z 0-9 - _ .";
    case GS_TYPE_LANGUAGE:
        return "zh-CN | zh-Hans | bo-CN | en …";
    case GS_TYPE_NAME:
    case GS_TYPE_TEXT:
    case GS_TYPE_REFERENCE:
    case GS_TYPE_XPATH:
    case GS_TYPE_PATTERN:
    case GS_TYPE_COLUMNS:
        return NULL;
    }
    return NULL;
}

/* --- of a node ------------------------------------------------------------- */

int gs_attr_word(const struct gs_node *node, const char *name,
        const char *const *words, int fallback)
{
    const char *text = gs_node_find_attribute(node, name);
    int value = fallback;
    if (text != NULL) {
        gs_read_word(text, words, &value);
    }
    return value;
}

bool gs_attr_is_yes(const struct gs_node *node, const char *name, bool fallback)
{
    return gs_attr_word(node, name, gs_yes_no, fallback ? 0 : 1) == 0;
}

long gs_attr_integer(const struct gs_node *node, const char *name, long least,
        long most, long fallback)
{
    const char *text = gs_node_find_attribute(node, name);
    long value = fallback;
    if (text != NULL) {
        gs_read_integer(text, least, most, &value);
    }
    return value;
}

gs_len gs_attr_length(const struct gs_node *node, const char *name, gs_len em,
        gs_len fallback)
{
    const char *text = gs_node_find_attribute(node, name);
    gs_len value = fallback;
    if (text != NULL) {
        gs_len_parse(text, em, &value);
    }
    return value;
}
