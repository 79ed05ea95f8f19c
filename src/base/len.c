/*
 * Lengths: reading and converting.
 */
#include "base/len.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include <glib.h>

#include "base/decimal.h"

#define PT_PER_INCH 72.0
#define MM_PER_INCH 25.4

/* No number of an author needs more characters than this. */
#define NUMBER_SIZE_MAX 40

static const struct {
    const char *name;
    double pt;
} type_sizes[] = {
        {"初号", 42},
        {"小初", 36},
        {"一号", 26},
        {"小一", 24},
        {"二号", 22},
        {"小二", 18},
        {"三号", 16},
        {"小三", 15},
        {"四号", 14},
        {"小四", 12},
        {"五号", 10.5},
        {"小五", 9},
        {"六号", 7.5},
        {"小六", 6.5},
        {"七号", 5.5},
        {"八号", 5},
};

/* The text without the blanks around it. */
static const char *trim(const char *text, size_t *size)
{
    while (g_ascii_isspace(*text)) {
        text++;
    }
    size_t length = strlen(text);
    while (length > 0 && g_ascii_isspace(text[length - 1])) {
        length--;
    }
    *size = length;
    return text;
}

/*
 * Size of the plain decimal number that `text` begins with: a sign, digits, a
 * point, digits; a digit on one side of the point at least.  0 for none.
 */
static size_t number_size(const char *text, size_t size)
{
    size_t i = 0, digits = 0;
    if (i < size && (text[i] == '+' || text[i] == '-')) {
        i++;
    }
    for (; i < size && g_ascii_isdigit(text[i]); i++) {
        digits++;
    }
    if (i < size && text[i] == '.') {
        i++;
        for (; i < size && g_ascii_isdigit(text[i]); i++) {
            digits++;
        }
    }
    return digits > 0 && i <= NUMBER_SIZE_MAX ? i : 0;
}

static double read_number(const char *text, size_t size)
{
    char copy[NUMBER_SIZE_MAX + 1];
    memcpy(copy, text, size);
    copy[size] = '\0';
    return g_ascii_strtod(copy, NULL);
}

static bool is_word(const char *text, size_t size, const char *word)
{
    return strlen(word) == size && memcmp(text, word, size) == 0;
}

/* What one of the unit is in pt. */
static bool find_unit(const char *unit, size_t size, gs_len em, double *pt)
{
    if (is_word(unit, size, "pt")) {
        *pt = 1;
    } else if (is_word(unit, size, "mm")) {
        *pt = PT_PER_INCH / MM_PER_INCH;
    } else if (is_word(unit, size, "cm")) {
        *pt = 10 * PT_PER_INCH / MM_PER_INCH;
    } else if (is_word(unit, size, "in")) {
        *pt = PT_PER_INCH;
    } else if (is_word(unit, size, "em")) {
        *pt = gs_len_to_pt(em);
    } else {
        return false;
    }
    return true;
}

static bool find_type_size(const char *text, size_t size, double *pt)
{
    for (size_t i = 0; i < G_N_ELEMENTS(type_sizes); i++) {
        if (is_word(text, size, type_sizes[i].name)) {
            *pt = type_sizes[i].pt;
            return true;
        }
    }
    return false;
}

gs_len gs_len_from_pt(double pt)
{
    double units = pt * GS_LEN_PER_PT;
    if (!(fabs(units) <= (double)GS_LEN_MAX)) { /* NaN too */
        return units > 0 ? GS_LEN_MAX : units < 0 ? -GS_LEN_MAX : 0;
    }
    return llround(units);
}

gs_len gs_len_from_mm(double mm)
{
    return gs_len_from_pt(mm * PT_PER_INCH / MM_PER_INCH);
}

double gs_len_to_pt(gs_len len)
{
    return (double)len / GS_LEN_PER_PT;
}

gs_len gs_len_scale(gs_len len, int64_t num, int64_t den)
{
    gs_int128 product = (gs_int128)len * num;
    gs_int128 half = den / 2;
    return (gs_len)((product < 0 ? product - half : product + half) / den);
}

bool gs_number_parse(const char *text, double *out)
{
    size_t size;
    text = trim(text, &size);
    if (size == 0 || number_size(text, size) != size) {
        return false;
    }
    *out = read_number(text, size);
    return true;
}

/* A number and its unit, in pt. */
static bool read_length(const char *text, size_t size, gs_len em, double *pt)
{
    size_t digits = number_size(text, size);
    if (digits == 0) {
        return false;
    }
    double number = read_number(text, digits);
    if (digits == size) { /* only 0 needs no unit */
        *pt = 0;
        return number <= 0 && number >= 0;
    }
    double unit;
    if (!find_unit(text + digits, size - digits, em, &unit)) {
        return false;
    }
    *pt = number * unit;
    return fabs(*pt) <= gs_len_to_pt(GS_LEN_MAX);
}

bool gs_len_parse(const char *text, gs_len em, gs_len *out)
{
    size_t size;
    text = trim(text, &size);
    double pt;
    if (!find_type_size(text, size, &pt) && !read_length(text, size, em, &pt)) {
        return false;
    }
    *out = gs_len_from_pt(pt);
    return true;
}
