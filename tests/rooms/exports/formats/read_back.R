# Reads an export into R by its own script and writes every cell again, codes for factors.
folder <- commandArgs(trailingOnly = TRUE)[1]
source(file.path(folder, "import.R"), chdir = TRUE)
for (.file in .tables) {
  data <- get(sub("\\.csv$", "", .file))
  stopifnot(!vapply(data, function(x) is.null(attr(x, "label")), TRUE))
  for (column in names(data)) {
    cells <- data[[column]]
    if (is.factor(cells)) cells <- codes(data, column)
    if (is.numeric(cells) && !inherits(cells, "Date"))
      cells <- ifelse(is.na(cells), NA, format(cells, digits = 15, scientific = FALSE, trim = TRUE))
    data[[column]] <- as.character(cells)
  }
  write.csv(data, file.path(folder, paste0("again-", .file)), row.names = FALSE, na = "",
            fileEncoding = "UTF-8")
}
