package library_test

const scribe = "scribe"

func scribeMain([]string) int { return 0 }
