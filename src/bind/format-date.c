/*
 * Dates: 2022-03-01, 2022-03, 2022, 20220301, 2022年3月1日 and its beginnings.
 */
#include "bind/format.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"

/* As much of it as the text names: 1 the year, 2 with month, 3 with day. */
struct date {
    unsigned year, month, day;
    unsigned parts;
};

/* Takes least to most digits off *text. */
static bool take_digits(
        const char **text, size_t least, size_t most, unsigned *out)
{
    unsigned value = 0;
    size_t count = 0;

    for (; count < most && g_ascii_isdigit(**text); count++, (*text)++) {
        value = value * 10 + (unsigned)(**text - '0');
    }
    *out = value;
    return count >= least;
}

static bool take_word(const char **text, const char *word)
{
    if (!g_str_has_prefix(*text, word)) {
        return false;
    }
    *text += strlen(word);
    return true;
}

/* After the year: -MM and -dd. */
static bool parse_dashes(const char **text, struct date *out)
{
    if (!take_word(text, "-") || !take_digits(text, 2, 2, &out->month)) {
        return false;
    }
    out->parts = 2;
    if (**text == '\0') {
        return true;
    }
    out->parts = 3;
    return take_word(text, "-") && take_digits(text, 2, 2, &out->day);
}

/* After the year: 年, M月 and d日. */
static bool parse_words(const char **text, struct date *out)
{
    if (!take_word(text, "年")) {
        return false;
    }
    if (**text == '\0') {
        return true;
    }
    out->parts = 2;
    if (!take_digits(text, 1, 2, &out->month) || !take_word(text, "月")) {
        return false;
    }
    if (**text == '\0') {
        return true;
    }
    out->parts = 3;
    return take_digits(text, 1, 2, &out->day) && take_word(text, "日");
}

/* After the year: MMdd. */
static bool parse_digits(const char **text, struct date *out)
{
    out->parts = 3;
    return take_digits(text, 2, 2, &out->month) &&
            take_digits(text, 2, 2, &out->day);
}

/* Whether the calendar has it. */
static bool is_date(const struct date *date)
{
    if (date->year == 0) {
        return false;
    }
    if (date->parts >= 2 && (date->month < 1 || date->month > 12)) {
        return false;
    }
    return date->parts < 3 ||
            g_date_valid_dmy((GDateDay)date->day, (GDateMonth)date->month,
                    (GDateYear)date->year);
}

static bool parse_date(const char *text, struct date *out)
{
    bool ok = true;

    *out = (struct date){.parts = 1};
    if (!take_digits(&text, 4, 4, &out->year)) {
        return false;
    }
    if (*text == '-') {
        ok = parse_dashes(&text, out);
    } else if (g_ascii_isdigit(*text)) {
        ok = parse_digits(&text, out);
    } else if (*text != '\0') {
        ok = parse_words(&text, out);
    }
    return ok && *text == '\0' && is_date(out);
}

/* A field of a pattern: how long it is and what it prints. */
struct field {
    size_t size;
    unsigned value;
    bool known;
};

static bool find_field(
        const char *pattern, const struct date *date, struct field *out)
{
    const struct {
        const char *name;
        unsigned value, part;
    } fields[] = {
            {"yyyy", date->year, 1},
            {"MM", date->month, 2},
            {"M", date->month, 2},
            {"dd", date->day, 3},
            {"d", date->day, 3},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        size_t size = strlen(fields[i].name);
        if (strncmp(pattern, fields[i].name, size) == 0) {
            *out = (struct field){
                    size, fields[i].value, date->parts >= fields[i].part};
            return true;
        }
    }
    return false;
}

/* What stands between two fields goes with the one that is missing. */
static void drop_separators(GString *out)
{
    while (out->len > 0 && strchr("-/. ", out->str[out->len - 1]) != NULL) {
        g_string_truncate(out, out->len - 1);
    }
}

char *gs_format_date(
        struct gs_arena *arena, const char *text, const char *pattern)
{
    struct date date;
    size_t printed = 0;

    if (!parse_date(text, &date)) {
        return NULL;
    }
    GString *out = g_string_new(NULL);
    while (*pattern != '\0') {
        struct field field;
        if (!find_field(pattern, &date, &field)) {
            g_string_append_c(out, *pattern++);
            continue;
        }
        if (!field.known) {
            drop_separators(out);
            break;
        }
        g_string_append_printf(out, "%0*u", (int)field.size, field.value);
        pattern += field.size;
        printed++;
    }
    char *result = printed > 0 ? gs_arena_strdup(arena, out->str) : NULL;
    g_string_free(out, TRUE);
    return result;
}
