"""pdfLaTeX and biber in the folder of the build: a job -> its files, its log, the problems that the log tells."""
