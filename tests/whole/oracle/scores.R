# HScore and the two classifications of dermatomyositis, from the tables of the papers.
# Another language and another hand than the form's schema: a check of it, not a part of it.
# Reads a CSV of answers on stdin (empty: not known), writes a CSV of results on stdout.

d <- read.csv(file("stdin"), colClasses = "character", na.strings = "")
number <- function(name) as.numeric(d[[name]])
yes <- function(name) ifelse(is.na(d[[name]]), NA, d[[name]] == "1")

# --- HScore: Fardet 2014, table 3. Each part as its lowest and highest points.
known_or <- function(points, most) {
  list(low = ifelse(is.na(points), 0, points), high = ifelse(is.na(points), most, points))
}
step <- function(x, cuts, points) points[1 + rowSums(outer(x, cuts, ">="))]
temperature <- number("mas_temp_max")
by_temperature <- ifelse(temperature < 38.4, 0, ifelse(temperature <= 39.4, 33, 49))
no_fever <- !is.na(yes("mas_fever")) & !yes("mas_fever")
by_temperature[is.na(temperature) & no_fever] <- 0

between <- function(flags, points) {
  sure <- rowSums(flags, na.rm = TRUE)
  open <- rowSums(is.na(flags))
  list(low = points[1 + sure], high = points[1 + sure + open])
}
organs <- cbind(yes("mas_hepatomegaly"), yes("mas_splenomegaly"))
lineages <- cbind(
  number("lab_hb_dx") <= 9.2, number("lab_wbc_dx") <= 5, number("lab_plt_dx") <= 110
)
ferritin <- number("lab_ferritin_dx")
by_ferritin <- ifelse(ferritin < 2000, 0, ifelse(ferritin <= 6000, 35, 50))
tg <- number("lab_tg_dx")
unit <- d$lab_tg_unit
cut <- function(mmol, gl, mgdl) ifelse(unit == "mmol", mmol, ifelse(unit == "gl", gl, mgdl))
by_tg <- ifelse(
  tg < cut(1.5, 1.327, 132.7), 0, ifelse(tg <= cut(4, 3.54, 354), 44, 64)
)
parts <- list(
  known_or(ifelse(yes("mas_immunosupp"), 18, 0), 18),
  known_or(by_temperature, 49),
  between(organs, c(0, 23, 38)),
  between(lineages, c(0, 0, 24, 34)),
  known_or(by_ferritin, 50),
  known_or(by_tg, 64),
  known_or(ifelse(number("lab_fib_dx") <= 2.5, 30, 0), 30),
  known_or(ifelse(number("lab_asat_dx") >= 30, 19, 0), 19),
  known_or(ifelse(yes("bm_hphago"), 35, 0), 35)
)
lowest <- Reduce(`+`, lapply(parts, `[[`, "low"))
highest <- Reduce(`+`, lapply(parts, `[[`, "high"))
settled <- sapply(parts, function(part) part$low == part$high)
settled <- matrix(settled, nrow = nrow(d))
others <- rowSums(settled[, 1:8, drop = FALSE]) == 8
marrow_not_studied <- !is.na(d$bm_done) & d$bm_done == "nd"
bedside <- ifelse(others & (settled[, 9] | marrow_not_studied), lowest, NA)

# --- EULAR/ACR 2017: Lundberg 2017, table 2, in tenths. What is not known counts nothing.
born <- as.Date(d$birth_date)
onset <- as.Date(d$dm_first_sign_date)
passed <- function(part) as.integer(format(onset, part)) - as.integer(format(born, part))
age <- passed("%Y") - ifelse(
  passed("%m") < 0 | (passed("%m") == 0 & passed("%d") < 0), 1, 0
)
biopsy <- d$dm_muscle_biopsy %in% c("pos", "oth", "nor") &
  !is.na(d$dm_biopsy_features) & d$dm_biopsy_features != "unk"
sum_of <- function(flag, without, with) {
  ifelse(!is.na(flag) & flag, ifelse(biopsy, with, without), 0)
}
has <- function(code) grepl(paste0("(^|;)", code, "(;|$)"), d$dm_biopsy_features)
tenths <- sum_of(age >= 18 & age < 40, 13, 15) + sum_of(age >= 40, 21, 22) +
  sum_of(yes("dm_weak_upper"), 7, 7) + sum_of(yes("dm_weak_lower"), 8, 5) +
  sum_of(yes("dm_weak_neckflex"), 19, 16) + sum_of(yes("dm_weak_leg_prox"), 9, 12) +
  sum_of(yes("dm_heliotrope"), 31, 32) + sum_of(yes("dm_gottron_papules"), 21, 27) +
  sum_of(yes("dm_gottron_sign"), 33, 37) + sum_of(yes("dm_dysphagia"), 7, 6) +
  sum_of(!is.na(d$ab_jo1) & d$ab_jo1 == "pos", 39, 38) +
  sum_of(yes("dm_enzymes_elevated"), 13, 14) +
  sum_of(has("endo"), 0, 17) + sum_of(has("peri"), 0, 12) +
  sum_of(has("pfa"), 0, 19) + sum_of(has("rim"), 0, 31)
probability <- plogis(tenths / 10 - ifelse(biopsy, 6.49, 5.33))
truly <- function(flag) !is.na(flag) & flag
skin <- truly(yes("dm_heliotrope")) | truly(yes("dm_gottron_papules")) |
  truly(yes("dm_gottron_sign"))
limit <- function(without, with) ifelse(biopsy, with, without)
class <- ifelse(
  tenths < limit(53, 65), "no",
  ifelse(!skin & !biopsy, "biopsy required",
    ifelse(tenths >= limit(75, 87), "definite",
      ifelse(tenths >= limit(55, 67), "probable", "possible")
    )
  )
)

# --- Bohan and Peter 1975.
rash <- yes("dm_heliotrope") | yes("dm_gottron_papules") | yes("dm_gottron_sign")
weak <- yes("dm_weak_upper") | yes("dm_weak_lower")
criteria <- truly(weak) + truly(yes("dm_enzymes_elevated")) + truly(d$dm_emg == "myo") +
  truly(d$dm_muscle_biopsy %in% c("pos", "oth"))
bohan <- c("not classified", "possible", "probable", "definite", "definite")[1 + criteria]
bohan <- ifelse(criteria == 0, "not classified", ifelse(rash, bohan, "not classified"))

write.csv(
  data.frame(lowest, highest, bedside, tenths, probability, class, bohan),
  row.names = FALSE, na = ""
)
