"""The identity guard: it fires on what identifies a person, not on medical prose."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.privacy.guard import file_name_holds_identity, holds_identity

QUIET = """
HTA
anti-MDA5
J15
2 000 mg
Cancer du sein, carcinome canalaire infiltrant
10 000 UI/mL
Charge virale 1 000 000 copies/mL
1000000 UI/mL puis 250 000 UI/mL
Ferritine 12 500 puis 45 000 puis 100 000 µg/L
CK 1200 3400 5600 UI/L
Plaquettes 45 000 38 000 12 000
IRM le 14/03/2015
Du 14/03/2015 au 20/03/2015
14/03/2015-20/03/2015
2015-03-14 : biopsie
En 2015-2016, deux poussées
Bilan de 03/2015
Hb 8,5 g/dL, PNN 0,9 G/L, CRP 120 mg/L
Anticorps anti-nucléaires 1/1280 moucheté
AAN 1/320-1/1280
TEP-TDM : hyperfixation ganglionnaire diffuse
HLA DR B1
HLA-DR4 positif
Prednisone 60-50-40-30 mg
Methylprednisolone 1 g x 3, IVIG 2 g/kg sur 2 jours
Étoposide 150 mg/m2 J1, J8, J15
Réponse partielle (RP) à J28
SAM inaugural, décès à J3 d'un choc septique
Infection à M. tuberculosis
Mycobacterium avium, sérotype 2
EBV : PCR positive à 4,2 log
Patient transféré en réanimation médicale
Docteur en charge informé
Mme sans précision
Atteinte du nerf médian droit
MR activity without damage
PR at day 28, CR at month 3
Ms. not applicable
Rituximab 375 mg/m2 par semaine, 4 cures
INR 1,2 ; TP 85 % ; fibrinogène 1,5 g/L
D-dimères 4 500 ng/mL
Nouvelle poussée née d'une infection
Née de parents consanguins
IPP 40 mg
0,05 à 0,10 mg/kg/j
LDH 1 250 UI/L (N < 250)
Splénomégalie 15 cm, ganglions 2-3 cm
T° 39,5 °C pendant 12 jours
Pas de signe de Gottron, ni de papule
mutation c.1234567 non décrite, variant p.Arg12
Score H à 245, soit 99 %
Date de naissance vérifiée, sans numéro de dossier
née le lendemain de la biopsie
Papules de Gottron et signe du châle
Maladie de Still de l'adulte évoquée puis écartée
Syndrome de Raynaud depuis 2012, capillaroscopie de type Maricq 2
Maladie de Hodgkin traitée en 1998
Syndrome de Gougerot-Sjögren, test de Schirmer à 3 mm
Thyroïdite de Hashimoto, maladie de Basedow chez la sœur
Purpura de Henoch-Schönlein dans l'enfance
Lymphome de Burkitt, EBV positif
Maladie de Crohn de la mère
Corps de Howell-Jolly au frottis
Coloration de Gram et de Ziehl négatives
Coefficient de Pearson, score de Child-Pugh B7
Signe de Babinski absent, manœuvre de Barré tenue
Hanche dr douloureuse, boiterie de Trendelenburg
Épaule dr. de mobilité normale, poumon dr libre
Phénomène de Köbner, érythème héliotrope d'Unna
Classification de Bohan et Peter : DM certaine
Histiocytose de Langerhans, cellules de Reed-Sternberg absentes
Protocole de Henter (HLH-2004), critères de Ravelli
Vu par le docteur de Médecine interne, puis en Réanimation
Suivi par la consultation de Médecine interne
m. deltoïde et m. quadriceps, biopsie du m. le plus atteint
Mère : Basedow, père : HTA, sœur de la patiente saine
Fils de 3 ans en bonne santé, fille de la patiente vaccinée
Maladie de Still chez la mère de la patiente
Sœur de lait, cousine de même âge
Suivi par Médecine Interne puis par IRM et Holter
Adressé par le médecin traitant, vu par ORL et Dermatologie
Adressée par CHU Reims pour avis, adressé par Hôpital Nord
Courrier de Médecine Interne
3 cures de Rituximab, 2 impasses, 1 place du traitement
Etoposide followed by Mycophenolate Mofetil, then followed by Rituximab
Referred by Internal Medicine, seen by Intensive Care
2 Rituximab courses, 3 Close contacts
En 2016, troubles en rue et en route
"""
LOUD = """
Vu par le Dr Martin
vu par le dr Martin
DR MARTIN
Dr. Martin
Pr Durand
Professeur Durand
professeur Durand
M. Dupont
M.Dupont
Mr Dupont
MR DUPONT
Mme Durand
Mme D.
MME DURAND
Mlle Petit
melle Petit
mr Dupont
mme le Bihan
Mme le Bihan
MME de La Tour
Dr van der Berg
monsieur d'Arc
M. du Pont
Monsieur Dupont
Madame Élise
Mrs Smith
Miss Jones
tel 06 12 34 56 78
0612345678
06.12.34.56.78
06-12-34-56-78
+33 6 12 34 56 78
+33612345678
0033 6 12 34 56 78
+33 (0)6 12 34 56 78
prenom.nom@example.org
contact : a.b@chu-exemple.example.fr
dossier 1234567
n° 12345678
A1234567
12 345 678
2015/123456
123-456-789
1 85 05 78 006 084 91
185057800608491
1 85 05 2A 006 084
née le 14/03/1950
né le 3 avril
né(e) le 3 avril
née DURAND
DDN 14/03/1950
date de naissance : 1950
nom de jeune fille DURAND
n° de dossier 1234
Nom : Durand
Prénom : Marie
domiciliée à Reims
born on 3 April
Date of birth: 03/04/1950
DOB 1950
MRN 1234
adresse : 3 rue des Lilas
fils de Paul
La fille d'Anne Durand
sœur de Claire
Sœur d’Élise
épouse de DURAND
cousine de Benoît
daughter of Claire Durandal
Her mother, wife of John
12 rue Pasteur
12 rue des Lilas
3, avenue de la République
3 bis, boulevard Foch
habite 14B chemin du Moulin
12 High Street
221B Baker Street
7 Old Mill Rd
suivi par Paul Martin
Suivie par P. Martin
adressé par Claire DURANDAL
Adressée par DURANDAL Claire
vu par Jean-Paul de Martin
referred by John Smith
Nom marital : Durand
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(QUIET))
def test_medical_prose_passes(text):
    assert not holds_identity(text, ("fr", "en"))


@pytest.mark.parametrize("text", lines(LOUD))
def test_what_identifies_a_person_is_found(text):
    assert holds_identity(text, ("fr", "en"))


@pytest.mark.parametrize("text", lines(LOUD))
def test_it_is_found_inside_a_longer_comment(text):
    assert holds_identity(f"Évolution favorable.\n{text}\nSuivi à M6.", ("fr", "en"))


def test_all_the_prose_together_passes():
    assert not holds_identity("\n".join(lines(QUIET)), ("fr", "en"))


def test_words_belong_to_a_language():
    assert holds_identity("MRN 1234", ("en",))
    assert not holds_identity("MRN 1234", ("fr",))
    assert holds_identity("MRN 1234"), "no language means all"


@pytest.mark.parametrize(
    "name",
    [
        "DUPONT Marie CRF.pdf",
        "CRF_DupontMarie.pdf",
        "fiche DU MA.pdf",
        "dm-sam-1.0.0-fr-REI-Marie.pdf",
        "scan 14031950.pdf",
        "0612345678.pdf",
        "06 12 34 56 78.pdf",
        "scan 1 85 05 78 006 084.pdf",
        "DUPONT Marie",
        "Martin.PDF",
        "marie.dupont@chu-exemple.example.fr.pdf",
        "mme dupont.pdf",
        "mme_de_la_tour.pdf",
        "m. durand.pdf",
        "m.durand.pdf",
        "fiche monsieur d'arc.pdf",
        "dr-martin-fiche.pdf",
        "patient_martin_ddn_1948.docx",
        "née durand.pdf",
        "né_le_3.pdf",
        "dob 48.pdf",
        "fille de marie.pdf",
        "Дмитрий.pdf",
        "محمد.pdf",
        "李.pdf",
    ],
)
def test_a_file_name_with_an_unknown_word_is_suspect(name):
    assert file_name_holds_identity(name, {"dm-sam", "REI"})
    assert holds_identity(name, ("fr", "en")) or "." not in name


@pytest.mark.parametrize(
    "name",
    [
        "fiche 14-03-1950.pdf",
        "fiche 5 mars 1955.pdf",
        "crf 12-03-55.pdf",
        "fiche 1950_03_14.pdf",
        "fiche 48-05-23.pdf",
        "fiche 3 mai 48.pdf",
        "fiche_3_août_48.pdf",
        "1950 mars 12.pdf",
        "1950-12-mars.pdf",
        "48 mars 12.pdf",
        "mars 12, 1950.pdf",
    ],
)
def test_so_is_a_day_on_which_somebody_may_be_born(name):
    assert file_name_holds_identity(name, {"dm-sam", "REI"})


def test_a_text_that_ends_as_a_file_s_name_is_read_for_names_with_a_capital():
    assert not holds_identity("voir le compte rendu joint.pdf", ("fr", "en"))
    assert holds_identity("voir le compte rendu de Dupont.pdf", ("fr", "en"))


@pytest.mark.parametrize(
    "name",
    [
        "dm-sam-1.0.0-fr-REI.pdf",
        "DM-SAM_1.0.0_REI_007.pdf",
        "dm-sam-1.0.0-fr-REI_copie.pdf",
        "fiche remplie (2).pdf",
        "Fiche-de-recueil_complétée.pdf",
        "scan.pdf",
        "document 1.docx",
        "form v2 final.xlsx",
        "fiche dm-sam (2).pdf",
        "CRF REI cas 3.docx",
        "Re_ fiche REI-007 corrigée v2 - copie (1).pdf",
        "Scan 2026-11-03 page 1.jpg",
        unicodedata.normalize("NFD", "fiche complétée à la main le 3 février.pdf"),
        "attachment-2.eml",
        "Copy of form, corrected.xlsx",
        "signed form.pdf.p7m",
        "winmail.dat",
        "two answers typed on the page.pdf",
        "1.pdf",
        "dupont.pdf",
        "дмитрий.pdf",
        "fiche corrigée.pdf",
        "scan 12.pdf",
        "dm-sam-1.0.0-fr-REI 01-12-26.pdf",
        "fiche du 3 mai 26, page 12.pdf",
        "2026 mai 12.pdf",
        "2 copies 14.pdf",
        "ne pas modifier.pdf",
        "docteur.pdf",
        "réponse mme.pdf",
        "date de naissance corrigée.pdf",
        "",
    ],
)
def test_a_file_name_of_form_words_is_not(name):
    assert not file_name_holds_identity(name, {"dm-sam", "REI"})


def test_a_national_number_is_found_whatever_its_key():
    for key in ("", " 91", " 90", " 9", "/90"):
        assert holds_identity(f"n° 1 85 05 78 006 084{key}"), key
    assert holds_identity("n° 1 85 05 2A 006 084 36")


@given(st.text(max_size=60))
def test_no_text_makes_the_guard_fail(text):
    holds_identity(text, ("fr", "en"))
    holds_identity(text, ("fr",))
    file_name_holds_identity(text, ("REI",))
