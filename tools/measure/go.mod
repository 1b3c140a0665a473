module verbatim/tools/measure

go 1.26.0
