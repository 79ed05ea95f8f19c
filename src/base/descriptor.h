/*
 * File descriptors: all of the bytes, or why not.  For this room's files.
 */
#ifndef GS_BASE_DESCRIPTOR_H
#define GS_BASE_DESCRIPTOR_H

#include <stddef.h>

/* Writes all of it; 0 or an errno. */
int gs_descriptor_write(int fd, const void *bytes, size_t size);

/*
 * Copies from where `from` stands to its end; 0 or an errno, EFBIG where that is
 * more than `limit` bytes.  *copied is how many there were.
 */
int gs_descriptor_copy(int from, int to, size_t limit, size_t *copied);

#endif
