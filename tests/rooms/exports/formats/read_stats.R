# Reads Stata or SPSS files by haven and writes every cell as its label, else as it stands.
folder <- commandArgs(trailingOnly = TRUE)[1]
shown <- function(cells) {
  if (is.character(cells)) return(ifelse(is.na(cells), "", cells))
  labels <- attr(cells, "labels")
  tags <- haven::na_tag(cells)
  numbers <- as.numeric(cells)
  out <- ifelse(is.na(numbers), "", format(numbers, digits = 15, scientific = FALSE, trim = TRUE))
  for (name in seq_along(labels)) {
    tag <- haven::na_tag(labels[name])
    same <- if (is.na(tag)) !is.na(numbers) & numbers == as.numeric(labels[name])
            else !is.na(tags) & tags == tag
    out[same] <- names(labels)[name]
  }
  out
}
for (path in list.files(folder, "\\.(dta|sav)$", full.names = TRUE)) {
  data <- if (grepl("dta$", path)) haven::read_dta(path) else haven::read_sav(path, user_na = TRUE)
  stopifnot(!vapply(data, function(x) is.null(attr(x, "label")), TRUE))
  told <- as.data.frame(lapply(data, shown), check.names = FALSE)
  write.csv(told, paste0(path, ".csv"), row.names = FALSE, fileEncoding = "UTF-8")
}
