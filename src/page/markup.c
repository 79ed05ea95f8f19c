/*
 * XML as text.  Numbers are written from integers, so no locale comes in.
 */
#include "page/markup.h"

#include "base/digits.h"

static void indent(struct gs_markup *out)
{
    for (unsigned i = 0; i < out->depth; i++) {
        g_string_append_c(out->text, ' ');
    }
}

void gs_markup_open(struct gs_markup *out, const char *name)
{
    indent(out);
    g_string_append_c(out->text, '<');
    g_string_append(out->text, name);
}

void gs_markup_enter(struct gs_markup *out)
{
    g_string_append(out->text, ">\n");
    out->depth++;
}

void gs_markup_close(struct gs_markup *out)
{
    g_string_append(out->text, "/>\n");
}

void gs_markup_leave(struct gs_markup *out, const char *name)
{
    out->depth--;
    indent(out);
    g_string_append(out->text, "</");
    g_string_append(out->text, name);
    g_string_append(out->text, ">\n");
}

/* name=" — the value and its quote follow. */
static void begin_attribute(struct gs_markup *out, const char *name)
{
    g_string_append_c(out->text, ' ');
    g_string_append(out->text, name);
    g_string_append(out->text, "=\"");
}

/* Without printf: a page has thousands. */
static void append_number(GString *text, uint64_t number)
{
    char digits[GS_DIGITS_MAX], *end = digits + sizeof digits;
    const char *at = gs_digits_before(end, number);
    g_string_append_len(text, at, end - at);
}

static void append_escaped(GString *text, const char *value)
{
    for (const char *c = value; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            g_string_append(text, "&amp;");
            break;
        case '<':
            g_string_append(text, "&lt;");
            break;
        case '>':
            g_string_append(text, "&gt;");
            break;
        case '"':
            g_string_append(text, "&quot;");
            break;
        case '\t':
            g_string_append(text, "&#9;");
            break;
        case '\n':
            g_string_append(text, "&#10;");
            break;
        case '\r':
            g_string_append(text, "&#13;");
            break;
        default:
            if ((unsigned char)*c < 0x20) { /* XML 1.0 cannot say these */
                g_string_append(text, "\xEF\xBF\xBD");
            } else {
                g_string_append_c(text, *c);
            }
        }
    }
}

void gs_markup_text(struct gs_markup *out, const char *name, const char *value)
{
    if (value == NULL) {
        return;
    }
    begin_attribute(out, name);
    append_escaped(out->text, value);
    g_string_append_c(out->text, '"');
}

void gs_markup_count(struct gs_markup *out, const char *name, size_t value)
{
    begin_attribute(out, name);
    append_number(out->text, value);
    g_string_append_c(out->text, '"');
}

void gs_markup_append_length(GString *text, gs_len len)
{
    bool negative = len < 0;
    uint64_t units = negative ? 0 - (uint64_t)len : (uint64_t)len;
    uint64_t whole = units / GS_LEN_PER_PT;
    uint64_t thousandths =
            (units % GS_LEN_PER_PT * 1000 + GS_LEN_PER_PT / 2) / GS_LEN_PER_PT;

    if (thousandths == 1000) {
        whole++;
        thousandths = 0;
    }
    if (negative && (whole != 0 || thousandths != 0)) {
        g_string_append_c(text, '-');
    }
    append_number(text, whole);
    if (thousandths > 0) {
        g_string_append_c(text, '.');
    }
    for (uint64_t unit = 100; thousandths > 0; unit /= 10) {
        g_string_append_c(text, (char)('0' + thousandths / unit));
        thousandths %= unit;
    }
}

void gs_markup_length(struct gs_markup *out, const char *name, gs_len value)
{
    begin_attribute(out, name);
    gs_markup_append_length(out->text, value);
    g_string_append_c(out->text, '"');
}

void gs_markup_rect(struct gs_markup *out, struct gs_rect rect)
{
    gs_markup_length(out, "x", rect.x);
    gs_markup_length(out, "y", rect.y);
    gs_markup_length(out, "width", rect.width);
    gs_markup_length(out, "height", rect.height);
}
