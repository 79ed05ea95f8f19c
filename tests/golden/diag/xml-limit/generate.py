# Elements nested 100 000 deep.
DEPTH = 100_000
with open("data.xml", "w") as f:
    f.write("<?gongshi-layout layout.xml?>\n" + "<unit>" * DEPTH + "</unit>" * DEPTH)
