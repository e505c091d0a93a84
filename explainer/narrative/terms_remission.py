"""Terms of remission, transplants and genes. A definition holds no figure that could change."""

from __future__ import annotations

from explainer.narrative.term import Term

TERMS: tuple[Term, ...] = (
    Term(
        "Allele",
        "One version of a gene. Everybody has two copies of most genes, one from each parent.",
        ("allele frequency",),
    ),
    Term(
        "AML",
        "Acute myeloid leukaemia, a fast-growing cancer of the cells that make blood.",
        ("acute myeloid leukaemia", "leukaemia"),
    ),
    Term(
        "bNAbs",
        "Broadly neutralising antibodies: proteins that hold on to many kinds of HIV at once, "
        "so that it cannot enter cells.",
        ("broadly neutralising antibodies", "broadly neutralizing antibodies", "bNAb"),
    ),
    Term(
        "CAR-T",
        "A person's own T cells with a new receptor built in, which decides what they attack. "
        "Made for cancers; against HIV it is being tested.",
        ("CAR-T cells",),
    ),
    Term(
        "CCR5",
        "A protein on some immune cells. Most kinds of HIV use it as a door into the cell.",
        ("R5 virus",),
    ),
    Term(
        "Chimerism",
        "The share of a person's blood cells that come from the donor after a transplant.",
    ),
    Term(
        "Competing event",
        "An event after which the one you wait for can no longer be seen. "
        "A death ends the watch for a rebound.",
    ),
    Term(
        "Cord blood",
        "Blood left in the umbilical cord after a birth. It can be given as a transplant, "
        "and the match with the patient need not be as close.",
    ),
    Term(
        "CXCR4",
        "A second protein that some kinds of HIV use as a door. "
        "A missing CCR5 does not stop a virus that uses this one.",
        ("X4 virus",),
    ),
    Term(
        "Δ32",
        "A missing piece in the gene for CCR5. "
        "With two such copies, no CCR5 door reaches the surface of the cell.",
        ("delta32", "CCR5-Δ32", "Δ32/Δ32", "wt/Δ32"),
    ),
    Term(
        "Gene editing",
        "Changing a gene at a chosen place with a molecular tool such as CRISPR. "
        "It can break the CCR5 gene or cut HIV out of a cell's DNA.",
        ("CRISPR",),
    ),
    Term("Genotype", "The pair of versions a person has of one gene: two alike, or one of each."),
    Term(
        "GVHD",
        "Graft-versus-host disease: immune cells of the donor attack the body, mildly or fatally.",
        ("graft-versus-host disease",),
    ),
    Term(
        "Haplotype",
        "Versions of neighbouring genes that are inherited together, as one piece from one parent. "
        "Common haplotypes make common tissue types, which are easy to match.",
        ("haplotypes",),
    ),
    Term(
        "Hardy–Weinberg",
        "A rule that turns the share of an allele into the expected shares of genotypes, "
        "if people mix at random. A mismatch is first a warning about the data.",
        ("Hardy–Weinberg equilibrium", "HW"),
    ),
    Term(
        "Heterozygous",
        "Having one copy of a version of a gene and one copy of another version.",
        ("heterozygote", "carrier", "one copy"),
    ),
    Term(
        "HLA",
        "Markers on cells that tell the immune system what belongs to the body. "
        "Donor and patient need markers that match.",
        ("HLA match", "tissue type"),
    ),
    Term(
        "Homozygous",
        "Having two copies of the same version of a gene, one from each parent.",
        ("homozygote", "two copies"),
    ),
    Term(
        "Lasting remission",
        "No rebound, ever. Nobody can watch that long, so its chance comes from a model "
        "and not from a test.",
        ("probability of cure",),
    ),
    Term(
        "Post-treatment control",
        "HIV is still there after treatment stops, but the body keeps it at a low level.",
        ("post-treatment controller",),
    ),
    Term(
        "Prior",
        "How likely you hold something before you look at the new facts. "
        "From the same facts, two people with different priors end in different places.",
        ("prior probability",),
    ),
    Term(
        "Rebound",
        "HIV comes back to a level that tests can measure after treatment stops. "
        "In most people this takes weeks.",
        ("viral rebound",),
    ),
    Term(
        "Registry",
        "A list of people who have offered to give stem cells to a stranger. "
        "Some groups of people are much better covered than others.",
        ("donor registry",),
    ),
    Term(
        "Remission",
        "No return of the virus after treatment has stopped, while doctors keep testing. "
        "It says nothing certain about the future.",
        ("long-term remission",),
    ),
    Term(
        "Reservoir",
        "Cells in which HIV sleeps, hidden from medicines and the immune system. "
        "It is why HIV returns when treatment stops.",
        ("latent reservoir",),
    ),
    Term(
        "Stem cell transplant",
        "New blood-forming cells from a donor replace those of a patient. "
        "It is a dangerous treatment, given here for cancer and not for HIV.",
        ("transplant", "HSCT", "bone marrow transplant"),
    ),
    Term("Wild type", "The usual version of a gene. For CCR5 it means no Δ32 copy.", ("wt",)),
)
