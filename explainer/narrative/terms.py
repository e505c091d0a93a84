"""The terms of the glossary. A definition holds no figure that a new release could change."""

from __future__ import annotations

from explainer.narrative import terms_remission
from explainer.narrative.term import Term

TERMS: tuple[Term, ...] = (
    *terms_remission.TERMS,
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
        "ART",
        "Antiretroviral therapy: daily or long-acting medicines that stop HIV from copying itself. "
        "They do not remove the virus from the body.",
        ("antiretroviral therapy", "treatment", "ART coverage"),
    ),
    Term(
        "Cascade",
        "The steps from infection to a suppressed virus: knowing, being treated, being suppressed. "
        "Some people are lost at each step.",
        ("treatment cascade", "care cascade"),
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
        "Confidence interval",
        "A span, worked out from a sample, that would catch the true value in most repeats. "
        "A range published by UNAIDS comes from a model and is different.",
        ("confidence interval vs range", "interval"),
    ),
    Term(
        "Counterfactual",
        "What would have happened otherwise. Nobody can see it; a model can only say what follows "
        "from its own rules.",
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
        "New infections",
        "The estimated number of people who acquired HIV in a year. "
        "Many of them are not diagnosed until later.",
    ),
    Term(
        "Peer review",
        "Other scientists check a report before a journal prints it. It finds many faults, "
        "not all.",
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
        "How many people one person with HIV would pass it on to, untreated, at the start, "
        "when hardly anyone else has HIV. Below one an epidemic dies out.",
        ("basic reproduction number", "reproduction number"),
    ),
    Term(
        "Range",
        "The low and high values that UNAIDS prints beside an estimate. They come from a model "
        "and show how far the truth could lie from the estimate.",
        ("UNAIDS range", "plausibility bounds"),
    ),
    Term(
        "Release",
        "One year's set of UNAIDS estimates. Each release works out all past years anew, "
        "so two releases must not be joined into one line.",
        ("UNAIDS release",),
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
)
