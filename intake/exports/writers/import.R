# Reads the dataset that lies beside this script. Base R alone is enough.
#
#   source("import.R", chdir = TRUE)
#   str(records)                          # one row a patient
#   table(records$COLUMN, useNA = "ifany")
#   attr(records$COLUMN, "label")         # the question
#   reasons("COLUMN")                     # why cells of it are empty, by patient
#
# Choices are factors with their words as levels; codes(records, "COLUMN") gives the codes back.

language <- "@LANGUAGE@"

.text <- function(file) {
  read.csv(file, colClasses = "character", na.strings = "", encoding = "UTF-8",
           check.names = FALSE, quote = "\"", comment.char = "", strip.white = FALSE)
}

codebook <- .text("codebook.csv")

.numbers <- c("integer", "decimal", "number", "days", "0/1")

# The codes of a column and their words, in the order of the form.
.pairs <- function(line) {
  listed <- codebook[[paste0("codes_", language)]][line]
  if (length(listed) != 1 || is.na(listed)) return(NULL)
  pairs <- strsplit(listed, " | ", fixed = TRUE)[[1]]
  words <- sub(" \\[[A-Z]+\\]$", "", sub("^[^=]*=", "", pairs))
  codes <- sub("=.*$", "", pairs)
  shared <- words %in% words[duplicated(words)]
  words[shared] <- paste0(words[shared], " (", codes[shared], ")")
  list(codes = codes, words = words)
}

.column <- function(cells, line) {
  type <- codebook$type[line]
  pairs <- .pairs(line)
  typed <-
    if (type %in% .numbers) as.numeric(cells)
    else if (type == "date") as.Date(cells, format = "%Y-%m-%d")
    else if (!is.null(pairs) && type %in% c("single_choice", "string") &&
             all(is.na(cells) | cells %in% pairs$codes))
      structure(factor(cells, levels = pairs$codes, labels = pairs$words), codes = pairs$codes)
    else cells
  if (any(is.na(typed) & !is.na(cells))) stop("cannot read ", codebook$column[line], call. = FALSE)
  structure(typed, label = codebook[[paste0("label_", language)]][line])
}

dataset <- function(file) {
  data <- .text(file)
  for (column in names(data)) {
    line <- which(codebook$file == file & codebook$column == column)
    data[[column]] <- .column(data[[column]], line)
  }
  data
}

codes <- function(data, column) attr(data[[column]], "codes")[as.integer(data[[column]])]

.tables <- setdiff(unique(codebook$file), "codebook.csv")
for (.file in .tables) assign(sub("\\.csv$", "", .file), dataset(.file))

reasons <- function(item) {
  values[values$item == item & !is.na(values$missing), c("record_id", "row", "missing")]
}
