/*
 * Pictures for the Cairo writer.
 */
#ifndef GS_WRITE_CAIRO_IMAGE_H
#define GS_WRITE_CAIRO_IMAGE_H

#include <cairo.h>

struct gs_image;

/*
 * A surface with the picture, never NULL: look at its status.  The number is
 * unique among the pictures of a document and makes Cairo embed it once, however
 * often it is drawn.  The caller destroys it.
 */
cairo_surface_t *gs_cairo_image(const struct gs_image *image, unsigned number);

#endif
