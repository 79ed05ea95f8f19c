/*
 * What `gongshi --help` says.
 */
#ifndef GS_CLI_HELP_H
#define GS_CLI_HELP_H

struct gs_lang;

void gs_help_print(const struct gs_lang *lang);

#endif
