"""The terms of the glossary. A definition holds no figure that a new release could change."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A term, what it means, and the other names it goes by."""

    name: str
    definition: str
    aliases: tuple[str, ...] = ()


TERMS: tuple[Term, ...] = (
    Term(
        "95–95–95",
        "Three targets: this percentage of people living with HIV know it, of those are treated, "
        "and of those have a suppressed viral load.",
        ("90–90–90", "testing and treatment targets"),
    ),
    Term(
        "AIDS",
        "The stage in which untreated HIV has badly weakened the immune system. "
        "HIV is the virus; most people on treatment never reach this stage.",
    ),
    Term(
        "AIDS-related death",
        "A death from an illness that HIV made possible; deaths from other causes are left out.",
        ("AIDS-related deaths",),
    ),
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
        "ART",
        "Antiretroviral therapy: daily or long-acting medicines that stop HIV from copying itself. "
        "They do not remove the virus from the body.",
        ("antiretroviral therapy", "treatment", "ART coverage"),
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
        "Cascade",
        "The steps from infection to a suppressed virus: knowing, being treated, being suppressed. "
        "Some people are lost at each step.",
        ("treatment cascade", "care cascade"),
    ),
    Term(
        "CCR5",
        "A protein on some immune cells. Most kinds of HIV use it as a door into the cell.",
        ("R5 virus",),
    ),
    Term(
        "CD4 count",
        "How many CD4 cells are in a drop of blood. HIV attacks these immune cells, "
        "so a low count means a weak defence.",
        ("CD4",),
    ),
    Term(
        "Censored",
        "Not seen to the end. When a person is still in remission at the last report, "
        "we know the time so far, but not how long it will last.",
        ("censoring",),
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
        "Confidence interval",
        "A span, worked out from a sample, that would catch the true value in most repeats. "
        "A range published by UNAIDS comes from a model and is different.",
        ("confidence interval vs range", "interval"),
    ),
    Term(
        "Cord blood",
        "Blood left in the umbilical cord after a birth. It can be given as a transplant, "
        "and the match with the patient need not be as close.",
    ),
    Term(
        "Counterfactual",
        "What would have happened otherwise. Nobody can see it; a model can only say what follows "
        "from its own rules.",
    ),
    Term(
        "CXCR4",
        "A second protein that some kinds of HIV use as a door. "
        "A missing CCR5 does not stop a virus that uses this one.",
        ("X4 virus",),
    ),
    Term(
        "Delayed entry",
        "Counting time only from the day we first heard of a person. "
        "The time before was certain to be free of rebound, or we would not have heard.",
        ("left truncation",),
    ),
    Term(
        "Denominator",
        "The number below the line: out of how many. Two people in remission mean little "
        "until we know how many were treated.",
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
        "Held-out years",
        "Figures that a model was not shown when it was fitted. "
        "They test whether it has learnt something or only learnt by heart.",
        ("held out", "held-out data"),
    ),
    Term(
        "Heterogeneity",
        "Differences between people. Where the risk of HIV differs, those at highest risk "
        "tend to acquire it first, and the epidemic slows down.",
        ("heterogeneous risk",),
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
        "Incidence",
        "How fast new infections happen: new infections in a year for each person "
        "who could still acquire HIV. It is a rate, not a count.",
        ("incidence rate",),
    ),
    Term(
        "Incidence:prevalence ratio",
        "New infections in a year divided by the number of people living with HIV. "
        "A low ratio means that each infection lasts long and passes on rarely.",
        ("IPR", "incidence-prevalence ratio"),
    ),
    Term(
        "Model",
        "Rules in numbers for how something works. Its output is what follows from the rules; "
        "it is not data.",
        ("mathematical model", "teaching model"),
    ),
    Term(
        "Lasting remission",
        "No rebound, ever. Nobody can watch that long, so its chance comes from a model "
        "and not from a test.",
        ("probability of cure",),
    ),
    Term(
        "New infections",
        "The estimated number of people who acquired HIV in a year. "
        "Many of them are not diagnosed until later.",
    ),
    Term(
        "Peer review",
        "Other scientists check a report before a journal prints it. It finds many faults, not all.",
        ("peer-reviewed",),
    ),
    Term(
        "Person-years",
        "People times the years each was watched. "
        "Two people followed for three years each give as much as six people for one year.",
        ("person-time",),
    ),
    Term(
        "Placebo",
        "Something that looks like the medicine and does nothing. "
        "Comparing with it shows what the medicine itself does.",
    ),
    Term(
        "PLHIV",
        "People living with HIV: everyone who has HIV at a given time, diagnosed or not, "
        "treated or not.",
        ("people living with HIV",),
    ),
    Term(
        "Post-treatment control",
        "HIV is still there after treatment stops, but the body keeps it at a low level.",
        ("post-treatment controller",),
    ),
    Term(
        "PrEP",
        "Pre-exposure prophylaxis: a person without HIV takes a medicine, a pill or an injection, "
        "so as not to acquire it.",
        ("pre-exposure prophylaxis",),
    ),
    Term(
        "Press release",
        "A text that an institution gives to the press. It tells the institution's own side.",
        ("news release",),
    ),
    Term(
        "Prevalence",
        "The share of a group that is living with HIV at one time. "
        "It can rise because people live longer, which is good news.",
        ("HIV prevalence",),
    ),
    Term(
        "Primary source",
        "Where a fact was first written down: the study, the table, the hospital's own text.",
        ("primary sources",),
    ),
    Term(
        "R0",
        "How many people one person with HIV would infect, untreated, at the very start, "
        "when hardly anyone else has HIV. Below one an epidemic dies out.",
        ("basic reproduction number", "reproduction number"),
    ),
    Term(
        "Prior",
        "How likely you hold something before you look at the new facts. "
        "From the same facts, two people with different priors end in different places.",
        ("prior probability",),
    ),
    Term(
        "Range",
        "The low and high values that UNAIDS prints beside an estimate. They come from a model "
        "and show how far the truth could lie from the estimate.",
        ("UNAIDS range", "plausibility bounds"),
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
        "Release",
        "One year's set of UNAIDS estimates. Each release works out all past years anew, "
        "so two releases must not be joined into one line.",
        ("UNAIDS release",),
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
        "Rule of three",
        "If an event was never seen, its true rate can still be as high as about three "
        "divided by the time watched.",
    ),
    Term(
        "Sensitivity analysis",
        "Changing one assumption at a time to see how much the answer moves.",
        ("tornado chart",),
    ),
    Term(
        "Stem cell transplant",
        "New blood-forming cells from a donor replace those of a patient. "
        "It is a dangerous treatment, given here for cancer and not for HIV.",
        ("transplant", "HSCT", "bone marrow transplant"),
    ),
    Term(
        "Stock and flow",
        "A stock is what has gathered, like water in a tub. Flows fill it and drain it. "
        "The level rises while more comes in than goes out.",
        ("stock–flow",),
    ),
    Term(
        "Survivorship bias",
        "Judging only by those who made it onto the list. "
        "People who died or whose virus came back are missing from it.",
        ("selection bias",),
    ),
    Term(
        "Undetectable",
        "So little virus in the blood that a standard test cannot find it. "
        "On treatment this is the goal; it is not remission.",
        ("suppressed", "viral suppression"),
    ),
    Term(
        "U=U",
        "Undetectable equals untransmittable: a person with an undetectable viral load "
        "does not pass HIV on through sex.",
        ("undetectable = untransmittable",),
    ),
    Term(
        "Vaccine efficacy",
        "How much lower the rate of infection is with the vaccine than with a placebo, as a share. "
        "Its range can include zero: then no effect has been shown.",
        ("efficacy",),
    ),
    Term(
        "Vertical transmission",
        "HIV passing to a child in pregnancy, birth or breastfeeding. Treatment can prevent it.",
    ),
    Term("Viral load", "How many copies of HIV there are in a small amount of blood."),
    Term("Wild type", "The usual version of a gene. For CCR5 it means no Δ32 copy.", ("wt",)),
)
