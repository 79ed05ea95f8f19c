# 200 records, each with all of them, each with all of them: 8 000 000 rows.
with open("data.xml", "w") as f:
    f.write("<?gongshi-layout layout.xml?>\n<unit>" + "<r/>" * 200 + "</unit>\n")
