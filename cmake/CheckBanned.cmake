# Test: base/banned.h refuses each function it bans, and nothing else.
#
#   cmake -D COMPILER=cc -D HEADER=banned.h -D SCRATCH=dir -P CheckBanned.cmake

set(calls
    "gets(s)" "strcpy(s, t)" "strcat(s, t)" "strtok(s, t)"
    "sprintf(s, \"%s\", t)" "vsprintf(s, \"%s\", args)"
    "n = atoi(t)" "n = (int)atol(t)" "n = (int)atof(t)" "n = (int)strtod(t, &s)"
    "asctime(when)" "ctime(&now)")

function(compile call result)
    file(WRITE ${SCRATCH}/call.c
        "#include <stdarg.h>\n#include <stdio.h>\n#include <stdlib.h>\n"
        "#include <string.h>\n#include <time.h>\n"
        "int f(char *s, const char *t, va_list args, struct tm *when, time_t now);\n"
        "int f(char *s, const char *t, va_list args, struct tm *when, time_t now)\n"
        "{\n    int n = 0;\n    (void)s, (void)t, (void)args, (void)when, (void)now;\n"
        "    ${call};\n    return n;\n}\n")
    execute_process(
        COMMAND ${COMPILER} -std=c17 -O2 -include ${HEADER} -c ${SCRATCH}/call.c
            -o ${SCRATCH}/call.o
        RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
    set(${result} ${status} PARENT_SCOPE)
endfunction()

compile("n = snprintf(s, 9, \"%s\", t)" status)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "snprintf is refused too")
endif()
foreach(call IN LISTS calls)
    compile("${call}" status)
    if(status EQUAL 0)
        message(SEND_ERROR "not refused: ${call}")
    endif()
endforeach()
