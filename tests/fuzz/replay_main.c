/*
 * Replays inputs through a fuzz target, where libFuzzer is not linked: each
 * argument is a file, or a folder of files.  An ordinary test run so passes
 * over every input that once was interesting.  A missing folder is an empty
 * corpus.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib.h>

/* For one input, also under a sanitizer; SIGALRM then ends the program. */
#define SECONDS_MAX 60

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool replay_file(const char *path)
{
    char *data = NULL;
    gsize size = 0;
    GError *error = NULL;

    if (!g_file_get_contents(path, &data, &size, &error)) {
        fprintf(stderr, "%s\n", error->message);
        g_error_free(error);
        return false;
    }
    /* A copy of just this size: reading past its end is seen by ASan. */
    uint8_t *copy = g_memdup2(data, size);
    g_free(data);
    fprintf(stderr, "%s: %zu bytes\n", path, (size_t)size);
    alarm(SECONDS_MAX);
    LLVMFuzzerTestOneInput(copy, size);
    alarm(0);
    g_free(copy);
    return true;
}

int main(int argc, char **argv)
{
    bool ok = true;
    size_t count = 0;

    for (int i = 1; i < argc; i++) {
        if (!g_file_test(argv[i], G_FILE_TEST_IS_DIR)) {
            ok = replay_file(argv[i]) && ok;
            count++;
            continue;
        }
        GDir *dir = g_dir_open(argv[i], 0, NULL);
        const char *name;
        while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
            char *path = g_build_filename(argv[i], name, NULL);
            ok = replay_file(path) && ok;
            count++;
            g_free(path);
        }
        if (dir != NULL) {
            g_dir_close(dir);
        }
    }
    printf("%zu inputs replayed\n", count);
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
