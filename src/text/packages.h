/*
 * Packages: which of Debian's fonts has a character that no listed face has.
 *
 * For messages only.  By blocks, of which the package has at least nine tenths in
 * Debian 12.  Private to the text room.
 */
#ifndef GS_TEXT_PACKAGES_H
#define GS_TEXT_PACKAGES_H

#include <stdbool.h>
#include <stdint.h>

/* NULL where none is known. */
const char *gs_package_with(uint32_t code);

/* Of private use: what it is only its office knows. */
bool gs_code_is_private(uint32_t code);

#endif
