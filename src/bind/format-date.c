/*
 * Dates: 2022-03-01, 2022-03, 2022, 20220301, 2022年3月1日 and its beginnings.
 */
#include "bind/format.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"

/* Day or month 0: the date does not say. */
struct date {
    unsigned year, month, day;
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
    return **text == '\0' ||
            (take_word(text, "-") && take_digits(text, 2, 2, &out->day));
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
    if (!take_digits(text, 1, 2, &out->month) || !take_word(text, "月")) {
        return false;
    }
    return **text == '\0' ||
            (take_digits(text, 1, 2, &out->day) && take_word(text, "日"));
}

/* The parts that the text named, month and day, exist in the calendar. */
static bool is_date(const struct date *date, bool has_month, bool has_day)
{
    if (date->year == 0 || (has_month && (date->month < 1 || date->month > 12))) {
        return false;
    }
    return !has_day ||
            (date->day <= 31 &&
                    g_date_valid_dmy((GDateDay)date->day,
                            (GDateMonth)date->month, (GDateYear)date->year));
}

static bool parse_date(const char *text, struct date *out)
{
    /* 99: not named; a named part that reads 0 is no date. */
    struct date date = { 0, 99, 99 };

    if (!take_digits(&text, 4, 4, &date.year)) {
        return false;
    }
    if (g_ascii_isdigit(*text)) {
        if (!take_digits(&text, 2, 2, &date.month) ||
                !take_digits(&text, 2, 2, &date.day)) {
            return false;
        }
    } else if (*text == '-' ? !parse_dashes(&text, &date)
                            : *text != '\0' && !parse_words(&text, &date)) {
        return false;
    }
    bool has_month = date.month != 99, has_day = date.day != 99;
    if (*text != '\0' || !is_date(&date, has_month, has_day)) {
        return false;
    }
    *out = (struct date){ date.year, has_month ? date.month : 0,
        has_day ? date.day : 0 };
    return true;
}

/* A field of a pattern: how long it is and what it prints. */
struct field {
    size_t size;
    unsigned value;
    int width;
};

static bool find_field(
        const char *pattern, const struct date *date, struct field *out)
{
    const struct {
        const char *name;
        unsigned value;
    } fields[] = {
        { "yyyy", date->year },
        { "MM", date->month },
        { "M", date->month },
        { "dd", date->day },
        { "d", date->day },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++) {
        size_t size = strlen(fields[i].name);
        if (strncmp(pattern, fields[i].name, size) == 0) {
            *out = (struct field){ size, fields[i].value, (int)size };
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
        if (field.value == 0) {
            drop_separators(out);
            break;
        }
        g_string_append_printf(out, "%0*u", field.width, field.value);
        pattern += field.size;
        printed++;
    }
    char *result = printed > 0 ? gs_arena_strdup(arena, out->str) : NULL;
    g_string_free(out, TRUE);
    return result;
}
