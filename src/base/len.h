/*
 * Lengths and the plane: 64-bit integers of 1/1024 pt, origin at the top left,
 * y down.  Sums are exact, so borders meet.  Converted once on the way in
 * (gs_len_parse) and once on the way out (gs_len_to_pt).
 */
#ifndef GS_BASE_LEN_H
#define GS_BASE_LEN_H

#include <stdbool.h>
#include <stdint.h>

typedef int64_t gs_len;

#define GS_LEN_PER_PT 1024
#define GS_PT(n) ((gs_len)(n)*GS_LEN_PER_PT)
#define GS_LEN_MAX (GS_PT(1) * 1000000) /* a bound for lengths from input */

struct gs_point {
    gs_len x, y;
};

struct gs_size {
    gs_len width, height;
};

struct gs_rect {
    gs_len x, y, width, height;
};

struct gs_edges {
    gs_len top, right, bottom, left;
};

gs_len gs_len_from_pt(double pt);
gs_len gs_len_from_mm(double mm);
double gs_len_to_pt(gs_len len);

/* len * num / den, rounded to nearest; den > 0. */
gs_len gs_len_scale(gs_len len, int64_t num, int64_t den);

/*
 * Reads a length: a decimal number and a unit out of pt, mm, cm, in, em, or a
 * Chinese type size (初号 小初 一号 小一 … 八号), or a plain 0.  `em` is what
 * one em is worth here.  The whole text must be used up (blanks around it are
 * allowed).  Not dependent on the locale.  False leaves *out alone.
 */
bool gs_len_parse(const char *text, gs_len em, gs_len *out);

/* A plain decimal number such as 1.25, read without regard to the locale. */
bool gs_number_parse(const char *text, double *out);

#endif
