/*
 * Reach: what of the data an expression can look at, told from its text alone.
 *
 * The answers are cautious: where it is not plain, an expression reaches more.
 */
#include "xml/xpath.h"

#include <assert.h>
#include <string.h>

#include <glib.h>

#include "xml/expression.h"

/* A walk over the text of an expression, literals left out. */
struct reader {
    const char *at;
    char before; /* the last character that is not blank; '\0' at first */
    const char *name; /* the last name, up to here; or NULL */
    size_t name_size;
};

static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '_' || c == '-'
            || ((unsigned char)c & 0x80) != 0;
}

/* Skips blanks and literals; false at the end. */
static bool find_token(struct reader *reader)
{
    for (;;) {
        char c = *reader->at;
        if (c == '\0') {
            return false;
        }
        if (c == '"' || c == '\'') {
            const char *close = strchr(reader->at + 1, c);
            if (close == NULL) {
                return false;
            }
            reader->at = close + 1;
            reader->before = '"';
            reader->name = NULL;
        } else if (g_ascii_isspace(c)) {
            reader->at++;
        } else {
            return true;
        }
    }
}

/* Takes a name, or one sign; "//" is one. */
static void take_token(struct reader *reader)
{
    const char *begin = reader->at;
    while (is_name_byte(*reader->at)) {
        reader->at++;
    }
    reader->name = reader->at > begin ? begin : NULL;
    reader->name_size = (size_t)(reader->at - begin);
    if (reader->at == begin) {
        reader->at += g_str_has_prefix(begin, "//") ? 2 : 1;
    }
    reader->before = reader->at[-1];
}

static bool is_word(const struct reader *reader, const char *word)
{
    return reader->name != NULL && strlen(word) == reader->name_size
            && memcmp(reader->name, word, reader->name_size) == 0;
}

/* "/" at the begin of a path, not between two steps. */
static bool is_absolute(const struct reader *reader)
{
    static const char *const operators[] = {"and", "or", "div", "mod", "-"};
    if (*reader->at != '/') {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(operators); i++) {
        if (is_word(reader, operators[i])) {
            return true;
        }
    }
    return !is_name_byte(reader->before)
            && (reader->before == '\0'
                    || strchr(")].", reader->before) == NULL);
}

/* Whether a name just taken is that of a call; with no arguments, if `bare`. */
static bool is_call(const struct reader *reader, const char *word, bool bare)
{
    const char *at = reader->at + strspn(reader->at, " \t\r\n");
    if (!is_word(reader, word) || *at != '(') {
        return false;
    }
    at++;
    return !bare || at[strspn(at, " \t\r\n")] == ')';
}

/* Takes a token; false where it leads up, sideways or to who knows what. */
static bool take_below(struct reader *reader)
{
    if (is_absolute(reader) || g_str_has_prefix(reader->at, "..")
            || g_str_has_prefix(reader->at, "::")) {
        return false;
    }
    take_token(reader);
    return !is_call(reader, "id", false) && !is_call(reader, "last", false);
}

bool gs_xpath_stays_below(const struct gs_xpath *xpath)
{
    struct reader reader = {.at = xpath->text};
    if (xpath->kind == GS_XPATH_PATH) {
        return true;
    }
    while (find_token(&reader)) {
        if (!take_below(&reader)) {
            return false;
        }
        if (is_word(&reader, "count") && reader.at - xpath->text > 5
                && reader.at[-6] == '$') {
            return false; /* how many records there are */
        }
    }
    return true;
}

bool gs_xpath_is_records(const struct gs_xpath *xpath)
{
    return xpath->kind == GS_XPATH_PATH && xpath->attribute == NULL
            && xpath->step_count > 0;
}

bool gs_xpath_is_within(
        const struct gs_xpath *xpath, const struct gs_xpath *records)
{
    assert(gs_xpath_is_records(xpath) && gs_xpath_is_records(records));
    for (size_t i = 0; i < records->step_count; i++) {
        if (i >= xpath->step_count
                || strcmp(xpath->steps[i], records->steps[i]) != 0) {
            return false;
        }
    }
    return true;
}

int gs_xpath_follow(const struct gs_xpath *xpath,
        const struct gs_xpath *records, int depth)
{
    assert(gs_xpath_is_records(records));
    if (depth == GS_REACH_ASIDE || xpath->kind != GS_XPATH_PATH) {
        return depth == GS_REACH_ASIDE && gs_xpath_stays_below(xpath)
                ? GS_REACH_ASIDE
                : GS_REACH_RECORDS;
    }
    size_t at = (size_t)depth;
    for (size_t i = 0; i < xpath->step_count; i++) {
        if (strcmp(xpath->steps[i], records->steps[at++]) != 0) {
            return GS_REACH_ASIDE;
        }
        if (at == records->step_count) {
            return GS_REACH_RECORDS;
        }
    }
    return xpath->attribute != NULL ? GS_REACH_ASIDE : (int)at;
}

/* What a path of no known begin may find, by its names. */
static bool names_records(
        const struct reader *reader, const struct gs_xpath *records)
{
    size_t last = records->step_count - 1;
    if (is_word(reader, records->steps[last])) {
        return true;
    }
    for (size_t i = 0; i < last; i++) {
        if (is_word(reader, records->steps[i]) && *reader->at != '/') {
            return true;
        }
    }
    return false;
}

/* Calls that find nodes by no name, just taken. */
static bool is_open_call(const struct reader *reader)
{
    static const char *const tests[] = {
            "node", "text", "comment", "processing-instruction"};
    static const char *const of_here[] = {
            "string", "normalize-space", "string-length", "number"};
    bool open = false;
    for (size_t i = 0; i < 4; i++) {
        open = open || is_call(reader, tests[i], false)
                || is_call(reader, of_here[i], true);
    }
    return open;
}

/* Signs that do. */
static bool is_open_sign(const struct reader *reader)
{
    const char *at = reader->at;
    bool decimal = *at == '.'
            && (g_ascii_isdigit(at[1]) || g_ascii_isdigit(reader->before));
    return *at == '*' || g_str_has_prefix(at, "//")
            || (*at == '.' && !decimal);
}

bool gs_xpath_may_see(const struct gs_xpath *xpath,
        const struct gs_xpath *records, int depth)
{
    if (xpath->kind == GS_XPATH_VARIABLE) {
        return false; /* its value was looked at where it was bound */
    }
    if (xpath->kind == GS_XPATH_PATH || depth == GS_REACH_ASIDE) {
        return gs_xpath_follow(xpath, records, depth) != GS_REACH_ASIDE;
    }
    struct reader reader = {.at = xpath->text};
    while (find_token(&reader)) {
        if (is_open_sign(&reader) || !take_below(&reader)
                || is_open_call(&reader)) {
            return true;
        }
        if (names_records(&reader, records)) {
            return true;
        }
    }
    return false;
}
