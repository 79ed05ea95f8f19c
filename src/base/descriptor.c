/*
 * File descriptors, as descriptor.h describes them.
 */
#include "base/descriptor.h"

#include <errno.h>
#include <unistd.h>

#include <glib.h>

#define COPY_SIZE ((size_t)64 << 10)

int gs_descriptor_write(int fd, const void *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t put = write(fd, (const char *)bytes + done, size - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return errno;
        }
        done += (size_t)put;
    }
    return 0;
}

int gs_descriptor_copy(int from, int to, size_t limit, size_t *copied)
{
    char *bytes = g_malloc(COPY_SIZE);
    ssize_t got = 0;
    int error = 0;

    *copied = 0;
    while (error == 0 && (got = read(from, bytes, COPY_SIZE)) != 0) {
        if (got < 0) {
            error = errno == EINTR ? 0 : errno;
        } else if ((size_t)got > limit - *copied) {
            error = EFBIG;
        } else {
            error = gs_descriptor_write(to, bytes, (size_t)got);
            *copied += (size_t)got;
        }
    }
    g_free(bytes);
    return error;
}
