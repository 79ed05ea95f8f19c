/*
 * Classes of characters, by table.
 */
#include "text/breaks.h"

#include <glib.h>

struct class_range {
    uint32_t first, last;
    enum gs_class klass;
};

/* Sorted; what is not in it goes by its Unicode category. */
static const struct class_range class_ranges[] = {
        {0x0009, 0x000D, GS_CLASS_SPACE},
        {0x0020, 0x0020, GS_CLASS_SPACE},
        {'!', '!', GS_CLASS_STOP},
        {'$', '$', GS_CLASS_CURRENCY},
        {'%', '%', GS_CLASS_POSTFIX},
        {'(', '(', GS_CLASS_OPEN},
        {')', ')', GS_CLASS_CLOSE},
        {'+', '+', GS_CLASS_SIGN},
        {',', ',', GS_CLASS_PAUSE},
        {'-', '-', GS_CLASS_SIGN},
        {'.', '.', GS_CLASS_STOP},
        {'/', '/', GS_CLASS_SOLIDUS},
        {'0', '9', GS_CLASS_DIGIT},
        {':', ';', GS_CLASS_PAUSE},
        {'<', '>', GS_CLASS_SIGN},
        {'?', '?', GS_CLASS_STOP},
        {'A', 'Z', GS_CLASS_LETTER},
        {'[', '[', GS_CLASS_OPEN},
        {']', ']', GS_CLASS_CLOSE},
        {'a', 'z', GS_CLASS_LETTER},
        {'{', '{', GS_CLASS_OPEN},
        {'}', '}', GS_CLASS_CLOSE},
        {'~', '~', GS_CLASS_SIGN},
        {0x0085, 0x0085, GS_CLASS_SPACE},
        {0x00A3, 0x00A3, GS_CLASS_CURRENCY},
        {0x00A5, 0x00A5, GS_CLASS_CURRENCY},
        {0x00B0, 0x00B0, GS_CLASS_POSTFIX},
        {0x00B1, 0x00B1, GS_CLASS_SIGN},
        {0x00B7, 0x00B7, GS_CLASS_CONNECT},
        {0x2000, 0x2006, GS_CLASS_SPACE},
        {0x2008, 0x200A, GS_CLASS_SPACE},
        {0x200B, 0x200F, GS_CLASS_JOINER},
        {0x2013, 0x2013, GS_CLASS_CONNECT},
        {0x2014, 0x2014, GS_CLASS_DASH},
        {0x2018, 0x2018, GS_CLASS_OPEN},
        {0x2019, 0x2019, GS_CLASS_CLOSE},
        {0x201C, 0x201C, GS_CLASS_OPEN},
        {0x201D, 0x201D, GS_CLASS_CLOSE},
        {0x2022, 0x2022, GS_CLASS_CONNECT},
        {0x2026, 0x2026, GS_CLASS_ELLIPSIS},
        {0x2027, 0x2027, GS_CLASS_CONNECT},
        {0x2028, 0x2029, GS_CLASS_SPACE},
        {0x2030, 0x2033, GS_CLASS_POSTFIX},
        {0x203C, 0x203C, GS_CLASS_STOP},
        {0x2047, 0x2049, GS_CLASS_STOP},
        {0x205F, 0x205F, GS_CLASS_SPACE},
        {0x2060, 0x2064, GS_CLASS_JOINER},
        {0x20AC, 0x20AC, GS_CLASS_CURRENCY},
        {0x2103, 0x2103, GS_CLASS_POSTFIX},
        {0x2109, 0x2109, GS_CLASS_POSTFIX},
        {0x2116, 0x2116, GS_CLASS_CURRENCY},
        {0x2212, 0x2213, GS_CLASS_SIGN},
        {0x2248, 0x2248, GS_CLASS_SIGN},
        {0x2260, 0x2260, GS_CLASS_SIGN},
        {0x2264, 0x2267, GS_CLASS_SIGN},
        {0x226E, 0x2271, GS_CLASS_SIGN},
        {0x2E3A, 0x2E3B, GS_CLASS_DASH},
        {0x3000, 0x3000, GS_CLASS_SPACE},
        {0x3001, 0x3001, GS_CLASS_PAUSE},
        {0x3002, 0x3002, GS_CLASS_STOP},
        {0x3008, 0x3008, GS_CLASS_OPEN},
        {0x3009, 0x3009, GS_CLASS_CLOSE},
        {0x300A, 0x300A, GS_CLASS_OPEN},
        {0x300B, 0x300B, GS_CLASS_CLOSE},
        {0x300C, 0x300C, GS_CLASS_OPEN},
        {0x300D, 0x300D, GS_CLASS_CLOSE},
        {0x300E, 0x300E, GS_CLASS_OPEN},
        {0x300F, 0x300F, GS_CLASS_CLOSE},
        {0x3010, 0x3010, GS_CLASS_OPEN},
        {0x3011, 0x3011, GS_CLASS_CLOSE},
        {0x3014, 0x3014, GS_CLASS_OPEN},
        {0x3015, 0x3015, GS_CLASS_CLOSE},
        {0x3016, 0x3016, GS_CLASS_OPEN},
        {0x3017, 0x3017, GS_CLASS_CLOSE},
        {0x3018, 0x3018, GS_CLASS_OPEN},
        {0x3019, 0x3019, GS_CLASS_CLOSE},
        {0x301A, 0x301A, GS_CLASS_OPEN},
        {0x301B, 0x301B, GS_CLASS_CLOSE},
        {0x301C, 0x301C, GS_CLASS_CONNECT},
        {0x301D, 0x301D, GS_CLASS_OPEN},
        {0x301E, 0x301F, GS_CLASS_CLOSE},
        {0x30FB, 0x30FB, GS_CLASS_CONNECT},
        {0xFEFF, 0xFEFF, GS_CLASS_JOINER},
        {0xFF01, 0xFF01, GS_CLASS_STOP},
        {0xFF04, 0xFF04, GS_CLASS_CURRENCY},
        {0xFF05, 0xFF05, GS_CLASS_POSTFIX},
        {0xFF08, 0xFF08, GS_CLASS_OPEN},
        {0xFF09, 0xFF09, GS_CLASS_CLOSE},
        {0xFF0B, 0xFF0B, GS_CLASS_SIGN},
        {0xFF0C, 0xFF0C, GS_CLASS_PAUSE},
        {0xFF0D, 0xFF0D, GS_CLASS_SIGN},
        {0xFF0E, 0xFF0E, GS_CLASS_STOP},
        {0xFF0F, 0xFF0F, GS_CLASS_SOLIDUS},
        {0xFF10, 0xFF19, GS_CLASS_DIGIT},
        {0xFF1A, 0xFF1B, GS_CLASS_PAUSE},
        {0xFF1C, 0xFF1E, GS_CLASS_SIGN},
        {0xFF1F, 0xFF1F, GS_CLASS_STOP},
        {0xFF21, 0xFF3A, GS_CLASS_LETTER},
        {0xFF3B, 0xFF3B, GS_CLASS_OPEN},
        {0xFF3D, 0xFF3D, GS_CLASS_CLOSE},
        {0xFF41, 0xFF5A, GS_CLASS_LETTER},
        {0xFF5B, 0xFF5B, GS_CLASS_OPEN},
        {0xFF5D, 0xFF5D, GS_CLASS_CLOSE},
        {0xFF5E, 0xFF5E, GS_CLASS_CONNECT},
        {0xFF5F, 0xFF5F, GS_CLASS_OPEN},
        {0xFF60, 0xFF60, GS_CLASS_CLOSE},
        {0xFF61, 0xFF61, GS_CLASS_STOP},
        {0xFF62, 0xFF62, GS_CLASS_OPEN},
        {0xFF63, 0xFF63, GS_CLASS_CLOSE},
        {0xFF64, 0xFF64, GS_CLASS_PAUSE},
        {0xFFE0, 0xFFE0, GS_CLASS_POSTFIX},
        {0xFFE1, 0xFFE1, GS_CLASS_CURRENCY},
        {0xFFE5, 0xFFE5, GS_CLASS_CURRENCY},
        {GS_OBJECT_CHARACTER, GS_OBJECT_CHARACTER, GS_CLASS_OBJECT},
};

enum gs_class gs_class_of(uint32_t code)
{
    if (code >= 0x3400 && code <= 0x9FFF) {
        return GS_CLASS_HAN;
    }
    size_t low = 0, high = G_N_ELEMENTS(class_ranges);
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (code > class_ranges[middle].last) {
            low = middle + 1;
        } else if (code < class_ranges[middle].first) {
            high = middle;
        } else {
            return class_ranges[middle].klass;
        }
    }
    if (gs_code_is_wide(code)) {
        return GS_CLASS_HAN;
    }
    return g_unichar_isalpha(code) ? GS_CLASS_LETTER : GS_CLASS_OTHER;
}

bool gs_class_never_begins(enum gs_class klass)
{
    return klass == GS_CLASS_CLOSE || klass == GS_CLASS_PAUSE ||
            klass == GS_CLASS_STOP || klass == GS_CLASS_CONNECT ||
            klass == GS_CLASS_POSTFIX;
}

bool gs_class_never_ends(enum gs_class klass)
{
    return klass == GS_CLASS_OPEN || klass == GS_CLASS_CURRENCY;
}

bool gs_code_is_wide(uint32_t code)
{
    if (code < 0x2010) {
        return false;
    }
    if (code >= 0x4E00 && code <= 0x9FFF) {
        return true;
    }
    return g_unichar_iswide(code) || code == 0x2014 || code == 0x2026 ||
            (code >= 0x2018 && code <= 0x201D);
}

bool gs_code_is_break(uint32_t code)
{
    return (code >= 0x0A && code <= 0x0D) || code == 0x85 || code == 0x2028 ||
            code == 0x2029;
}
