/*
 * What Cairo writes as SVG, made the same on every run of a process.
 */
#ifndef GS_WRITE_CAIRO_SVG_H
#define GS_WRITE_CAIRO_SVG_H

#include <stdbool.h>
#include <stddef.h>

struct gs_output;

/*
 * Cairo 1.16 names groups and pictures (surface7, image12) by a count of all the
 * surfaces that the process has made.  Writes `svg` with these names counted from
 * 1 instead.  False when the output failed.
 */
bool gs_cairo_write_svg(struct gs_output *output, const char *svg, size_t size);

#endif
