/*
 * Fuzz: any bytes as a layout, over data that have a bit of everything.
 */
#include <string.h>

#include "fuzz/render.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char document[] =
        "<unit code='001'><name>惠州市财政局</name><year>2022</year>"
        "<budget>1041.50</budget><empty/><date>2022-03-01</date>"
        "<text>按照“过紧日子”的要求，压减一般性支出 5% "
        "以上（含）。\n第二段。</text>"
        "<task n='1'><name>预算编制</name><value>100</value></task>"
        "<task n='2'><name>绩效评价</name><value>-3.5</value></task>"
        "<task n='2'><name>绩效评价</name><value/></task>"
        "<level1 name='产出指标'><level2 name='数量'><level3>一</level3>"
        "<level3>二</level3></level2><level2 name='质量'/></level1>"
        "</unit>";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size <= FUZZ_SIZE_MAX) {
        fuzz_render(document, strlen(document), (const char *)data, size);
    }
    return 0;
}
