"""
What an English denial takes for granted, sentence by sentence: calcifications that are there, and near misses.

Written to provoke: 27 of these were read as denied, gone, past or asked about when they were first read. The last
forty have no punctuation, or the shorthand of notes.
"""

import pytest

from tests.core.narrative_help import birads_of, read
from worker.core.rules import Rules

THERE = (
    "The calcifications seen on the prior mammogram are no longer the only finding; "
    "there is a new cluster at 3 o'clock in the left breast.",
    "No significant interval change in the pleomorphic calcifications in the left breast.",
    "Calcifications in the left breast, not definitely benign.",
    "I cannot call these left breast calcifications benign.",
    "Left breast calcifications, not previously biopsied.",
    "The left breast calcifications have not been sampled.",
    "No masses. Left breast: grouped calcifications without associated mass.",
    "There is no mass associated with the left breast calcifications at 2 o'clock.",
    "Other than the calcifications at 2 o'clock, the left breast is normal.",
    "Mammogram is negative apart from pleomorphic calcifications in the left breast.",
    "The clustered calcifications in the left breast do not have a benign appearance.",
    "Calcifications left breast which were not there in 2019.",
    "Rule out DCIS: fine linear calcifications left breast.",
    "Biopsy of the left breast calcifications was unsuccessful and they remain.",
    "The biopsied calcifications in the left breast have not been completely removed.",
    "Ultrasound shows no correlate for the left breast calcifications.",
    "There is no ultrasound abnormality to explain the left breast calcifications.",
    "No evidence that the left breast calcifications layer.",
    "The possibility of malignancy in the left breast calcifications cannot be excluded.",
    "The left breast calcifications were negative on MRI but remain suspicious.",
    "Calcifications are seen in the left breast and nowhere else.",
    "Neither the mass nor the calcifications in the left breast have changed.",
    "No longer stable calcifications in the left breast.",
    "Without prior films, the left breast calcifications cannot be considered stable.",
    "The left breast calcifications, never before described, are pleomorphic.",
    "If anything the left breast calcifications have increased.",
    "History of left breast calcifications, today increased in number.",
    "Residual calcifications remain in the left breast after biopsy.",
    "Few if any of the left breast calcifications were removed.",
    "Not all of the calcifications in the left breast were excised.",
    "There is nothing to suggest malignancy but the calcifications in the left breast are new.",
    "Although not seen on the CC view, the calcifications are seen on the MLO view of the left breast.",
    "Calcifications left breast: no change.",
    "Calcifications left breast: not benign.",
    "Calcifications: yes, left. Masses: no.",
    "Left breast calcifications, denied by the outside reader, are confirmed.",
    "Patient denies lump. Calcs left breast.",
    "The absence of a mass does not lessen concern for the calcifications in the left breast.",
    "Suspicious calcifications have not resolved in the left breast.",
    "No improvement in left breast calcifications.",
    "Excluding the vascular ones, there are grouped calcifications in the left breast.",
    "The lack of ultrasound correlate does not obviate biopsy of the calcifications in the left breast.",
    "I do not agree that the left breast calcifications are benign.",
    "I see no reason to doubt that these left breast calcifications are malignant.",
    "Unless proven otherwise, the left breast calcifications are DCIS.",
    "The calcifications are not in the right but in the left breast.",
    "No suspicious finding right. Left: calcs, clustered.",
    "Cannot rule out calcifications in the left breast.",
    "Left breast calcs not amenable to stereo.",
    "Left breast calcifications could not be targeted.",
    "Left breast calcifications do not persist as a mass.",
    "These calcifications in the left breast should not be regarded as stable.",
    "It is not possible to characterize the left breast calcifications without magnification.",
    "The left breast calcifications, while not pleomorphic, are grouped.",
    "Grouped calcifications left breast with no benign features.",
    "Left breast calcifications without the features of milk of calcium.",
    "No biopsy has been performed of the left breast calcifications.",
    "The left breast calcifications have never been biopsied.",
    "No definite change in left breast calcifications since 2019.",
    "There has been no biopsy of the grouped calcifications in the left breast.",
    "The patient has not returned for follow-up of the left breast calcifications.",
    "Follow-up of the left breast calcifications was not performed.",
    "Left breast calcifications: magnification views not done.",
    "The calcifications at 3 o'clock on the left were not included on the magnification views.",
    "One of the two groups of calcifications in the left breast is no longer seen; the other persists.",
    "Most of the calcifications in the left breast were removed at biopsy.",
    "The clip lies away from the calcifications in the left breast, which were not sampled.",
    "In contrast to the right, which shows none, the left breast has clustered calcifications.",
    "No new mass; calcifications in the left breast as before.",
    "Unlike the prior study, calcifications are now seen in the left breast.",
    "Calcifications not typical of vascular disease are present in the left breast.",
    "A cluster of calcifications left breast that I do not recall from 2020.",
    "Left breast calcifications are not entirely round.",
    "There are no features to distinguish these left breast calcifications from malignancy.",
    "The left breast calcifications cannot be dismissed.",
    "Nothing has changed about the left breast calcifications.",
    "I am not convinced the left breast calcifications are benign.",
    "Left breast calcifications, absent on the right.",
    "The calcifications do not involve the nipple; they occupy the upper left breast.",
    "The left breast calcifications were not appreciated by ultrasound.",
    "Not only a mass but also calcifications are seen in the left breast.",
    "The magnification views do not change my impression of the left breast calcifications.",
    "There is no need to compare; the left breast calcifications are obvious.",
    "The previously noted calcifications in the left breast are not significantly changed.",
    "Barely visible calcifications left breast, not seen on synthesized views.",
)

NOT_THERE = (
    "No calcifications are seen in the left breast.",
    "The left breast shows neither mass nor calcification.",
    "I do not see any calcifications in the left breast.",
    "The left breast does not contain calcifications.",
    "The calcifications described on the prior exam are not seen in the left breast today.",
    "No calcifications, masses or distortion.",
    "There is no mass and there are no calcifications in the left breast.",
    "The left breast is free of calcifications.",
    "No definite or suspicious calcifications in the left breast.",
    "Without evidence of calcifications in the left breast.",
    "Calcifications: none.",
    "Calcifications are absent.",
    "The mass does not contain calcifications.",
    "No sign of calcifications in the left breast.",
    "No grouped, pleomorphic or linear calcifications.",
    "Neither the mass nor the calcifications are seen today in the left breast.",
    "None of the calcifications described earlier are seen in the left breast.",
    "No obvious microcalcifications in the left breast.",
    "We did not find calcifications in the left breast.",
    "Negative for calcifications.",
    "No radiographic evidence of microcalcifications in the left breast.",
    "No visible calcifications.",
    "The specimen has no calcifications.",
    "No convincing calcifications on the left.",
    "Left breast: calcifications not present.",
    "There were not any calcifications in the left breast.",
    "The mammogram does not demonstrate the calcifications described by the referring physician.",
    "No microcalcifications seen in either breast.",
    "No malignant type calcifications are identified.",
    "The calcifications have completely resolved.",
    "If calcifications develop in the left breast, biopsy.",
    "Should any calcifications appear in the left breast, she must return.",
    "To exclude the calcifications described elsewhere, views were taken.",
    "All calcifications were removed.",
)

RUN_ON = (
    "no mass no distortion grouped calcifications left breast",
    "no suspicious mass left breast calcifications new",
    "there is no mass there are calcifications in the left breast",
    "no sonographic correlate impression suspicious calcifications left breast birads 4",
    "no prior films calcifications are seen in the left breast",
    "no lump felt mammogram shows clustered calcifications in the left breast",
    "no family history grouped calcifications left breast",
    "skin and nipple normal calcifications left breast 3 oclock pleomorphic",
    "axilla normal no nodes clustered microcalcifications left upper outer",
    "without mass calcifications are noted left breast",
    "masses none calcifications left grouped amorphous distortion none",
    "NO MASS. CALCS LEFT UOQ. NO NODES",
    "no dominant mass seen left breast amorphous calcifications upper outer",
    "not palpable calcifications left breast grouped",
    "no change in masses new calcifications left breast",
    "negative right breast left breast calcifications grouped",
    "mass absent calcifications present left breast",
    "no evidence of malignancy right left grouped calcifications need biopsy",
    "comparison none calcifications left breast linear",
    "implants intact no rupture calcifications left breast clustered",
    "history lumpectomy right now calcifications left breast",
    "status post left lumpectomy 2015 new pleomorphic calcifications at the lumpectomy site",
    "prior benign biopsy left calcifications have increased since",
    "previously seen calcifications left breast now more numerous",
    "rule out cancer clustered calcifications left breast seen",
    "evaluate calcifications left breast magnification views show them to be pleomorphic",
    "r/o dcis calcs left uoq pleomorphic clustered",
    "HISTORY: Left breast calcifications on screening. FINDINGS: Magnification confirms a 5 mm group.",
    "INDICATION: callback for left calcifications. FINDINGS: These are amorphous and grouped. BI-RADS 4.",
    "REASON FOR EXAM: abnormal screening, left breast calcs. RESULT: Confirmed on mag views, fine pleomorphic, 12 mm.",
    "CLINICAL: calcifications. LEFT MAMMOGRAM: Pleomorphic, segmental. BI-RADS 5.",
    "LEFT BREAST: Amorphous grouped, 2 o'clock. RIGHT BREAST: None. (Calcifications)",
    "Calcifications: present. Type: amorphous. Side: left. Masses: absent.",
    "Calcification(s): Yes - L - grouped - pleomorphic",
    "Microcalcs + L UOQ, mass -, AD -",
    "Ca++ L 2 o'clock; no mass",
    "Left breast: ca2+ cluster 2 o'clock",
    "Findings - calcs (L), amorphous; mass (-)",
    "L: cluster of calc'ns UOQ",
)
THEN_AND_NOW = (
    "FINDINGS: Left breast: 5 mm group, amorphous calcifications; differential includes DCIS and fibrocystic change.",
    "Left breast calcifications which may represent DCIS.",
    "Possible calcifications in the left breast.",
    "Questionable calcifications in the left breast.",
    "Probable calcifications in the left breast at 3 o'clock.",
    "There may be calcifications in the left breast.",
    "Calcifications in the left breast should be evaluated with magnification views.",
    "Should the left breast calcifications increase, biopsy is advised.",
    "The left breast calcifications would be amenable to biopsy.",
    "History of DCIS. Now calcifications in the left breast.",
    "Patient with a history of left lumpectomy, in whom calcifications have developed in the left breast.",
    "Known calcifications in the left breast.",
    "Long-standing calcifications in the left breast.",
    "Left breast calcifications dating back to 2015.",
    "Left breast calcifications biopsied in 2018 have increased.",
    "Left breast calcifications, biopsy proven fibroadenoma, stable.",
    "The left breast calcifications seen in 2019 are again seen.",
    "Comparison: 2019. The left breast calcifications persist.",
    "Calcifications in the left breast were first seen 2 years ago.",
    "Prior study showed no calcifications; now the left breast has a cluster of calcifications.",
    "Previously there were 3, now there are 10 calcifications in the left breast.",
    "The patient returns for calcifications in the left breast.",
    "Calcifications left breast s/p biopsy 2020.",
    "For evaluation of calcifications in the left breast seen on screening: they are pleomorphic.",
    "Calcifications, left breast, remote biopsy benign, unchanged.",
    "DCIS calcifications in the left breast.",
    "Calcified mass in the left breast.",
    "Mass with calcification in the left breast.",
    "Partially calcified fibroadenoma in the left breast.",
    "A few calcs left.",
    "Single calcification in the left breast.",
    "Tiny calcium deposits are seen in the left breast.",
    "Calcific densities left breast, clustered.",
)
RATED_NOW = (
    ("4", "Compared with the prior mammogram, the cluster has increased and is now classified as BI-RADS 4."),
    ("4", "Compared to the previous exam the calcifications are new: BI-RADS 4."),
    ("4", "Previously BI-RADS 3, now BI-RADS 4."),
    ("4", "BI-RADS 4 (previously 3)."),
    ("4", "On comparison with the previous mammogram a new cluster was noted, which was assessed as BI-RADS 4."),
    ("4", "Last year this was read as benign. Today it was classified as BI-RADS 4."),
    ("4", "In the absence of prior films this must be BI-RADS 4."),
)
RATED_BEFORE = (
    "The calcifications were visible on the prior mammogram of the right breast, where they were fewer "
    "and were classified as BI-RADS 2.",
    "On the previous study of the left breast, performed elsewhere in another state, they were assessed as BI-RADS 3.",
)


@pytest.mark.parametrize("text", THERE + RUN_ON + THEN_AND_NOW)
def test_a_denial_takes_nothing_that_it_takes_for_granted(text: str, rules: Rules) -> None:
    """INV-1: what the radiologist saw is read as there."""
    assert "present" in {finding.status for finding in read(rules, text, language="en").findings}


@pytest.mark.parametrize("text", NOT_THERE)
def test_what_is_not_seen_is_not_there(text: str, rules: Rules) -> None:
    assert "present" not in {finding.status for finding in read(rules, text, language="en").findings}


@pytest.mark.parametrize(("category", "text"), RATED_NOW)
def test_a_category_of_this_exam_is_not_taken_for_the_one_it_is_compared_with(
    category: str, text: str, rules: Rules
) -> None:
    """INV-1."""
    assert birads_of(read(rules, text, language="en")) == category


@pytest.mark.parametrize("text", RATED_BEFORE)
def test_a_category_of_an_earlier_exam_is_that_exams(text: str, rules: Rules) -> None:
    assert birads_of(read(rules, text, language="en")) is None
